#pragma once

#include <array>
#include <string>
#include <string_view>

#include "engine/model/term_view.hpp"

namespace tercet::rdf {

/// Reads statements of N-Triples and N-Quads straight from the bytes, where they are written as programs write them.
///
/// What it takes means exactly what the grammar would make of it. It leaves to the grammar what is rare (comments, triple
/// terms, base directions, labels beyond ASCII) and everything that is wrong, so that there is one place for messages.
class StatementScanner {
public:
    StatementScanner(std::string_view blank_prefix, bool with_graphs)
        : with_graphs_(with_graphs), labels_{std::string(blank_prefix), std::string(blank_prefix), std::string(blank_prefix)},
          prefix_(blank_prefix.size()) {}

    /// Reads one statement and the line end behind it. Returns where the next one starts, or nullptr if this is not for us.
    ///
    /// Precondition: a zero byte follows the text, which ends at `end`.
    [[nodiscard]] const char* scan(const char* at, const char* end);

    /// What scan() has read: views of the text, or of this, valid until the next call.
    [[nodiscard]] const QuadView& quad() const noexcept { return quad_; }

private:
    [[nodiscard]] bool statement();
    [[nodiscard]] bool line_end(const char* end);
    void gap() noexcept;
    [[nodiscard]] bool resource(TermView& term, std::string& label);
    [[nodiscard]] bool object(TermView& term);
    [[nodiscard]] bool iri(std::string_view& text);
    [[nodiscard]] bool blank_node(std::string_view& text, std::string& label);
    [[nodiscard]] bool quoted(std::string_view& text);
    [[nodiscard]] bool escape();
    [[nodiscard]] bool language(std::string_view& tag);

    bool with_graphs_;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    QuadView quad_;
    std::array<std::string, 3> labels_;  ///< of subject, object and graph, behind the prefix
    std::size_t prefix_;
    std::string unescaped_;
    std::string language_;
};

}  // namespace tercet::rdf
