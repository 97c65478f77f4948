#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tercet::sparql {

/// Where the grammar got stuck.
struct Stuck {
    std::string_view text;  ///< the whole request
    std::size_t offset = 0;
    std::vector<std::string_view> expected;  ///< labels of what would have fitted

    [[nodiscard]] std::string_view rest() const { return text.substr(offset); }
    [[nodiscard]] std::string_view before() const { return text.substr(0, offset); }
    [[nodiscard]] bool at_end() const { return offset == text.size(); }
    [[nodiscard]] bool expects(std::string_view label) const;
};

/// One sentence: what was expected, what stands there, and what was probably meant.
[[nodiscard]] std::string message_for(const Stuck& stuck);

/// Whether the text from here on is a string that is not closed before its end.
[[nodiscard]] bool is_open_string(std::string_view rest);

}  // namespace tercet::sparql
