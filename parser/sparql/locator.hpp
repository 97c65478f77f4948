#pragma once

#include <string>
#include <string_view>

#include "parser/sparql/syntax_tree.hpp"
#include "tercet/error.hpp"

namespace tercet::sparql {

/// Turns places in a text into lines and columns. It remembers the last place asked for, so that asking along the
/// text costs the length of the text once, whatever the length of its lines.
class Locator {
public:
    explicit Locator(std::string_view text) noexcept : text_(text) {}

    [[nodiscard]] Position at(const char* place);
    /// The same with the source line, for an error.
    [[nodiscard]] TextPosition describe(const char* place, std::string source);

private:
    void forward_to(std::size_t offset);
    void backward_to(std::size_t offset);

    std::string_view text_;
    std::size_t offset_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

}  // namespace tercet::sparql
