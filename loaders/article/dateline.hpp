#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet::article {

/// Bytes at the start of a paragraph that tell place, date and agency ("KYIV, May 3 (Agency) - ",
/// "Place/03.05.24/Agency:"); 0 if it starts with prose.
[[nodiscard]] std::size_t dateline_length(std::string_view paragraph);

/// Bytes before an agency's credit at the end of a paragraph (", the Agency's correspondent reports."); its full
/// length if there is none.
[[nodiscard]] std::size_t length_without_credit(std::string_view paragraph);

/// The first calendar date in a line, as ISO 8601: 26.09.23, 2023-09-26, 26 September 2023, September 26, 2023.
/// Empty if there is none, or no year. Of two-digit fields the day comes first, as in most of the world.
[[nodiscard]] std::string find_date(std::string_view line);

}  // namespace tercet::article
