#pragma once

#include <cstddef>
#include <string>

namespace tercet::cli {

/// Whether a person looks at this stream (and NO_COLOR is not set, for colours).
[[nodiscard]] bool is_terminal(int file_descriptor);
[[nodiscard]] bool wants_colour(int file_descriptor);
/// Columns and rows of the terminal on standard output; 0 when it is none.
[[nodiscard]] std::size_t terminal_width();
[[nodiscard]] std::size_t terminal_height();

/// Prints the text, through $PAGER (or less) if it is longer than the screen and a person looks at it.
void print_paged(const std::string& text);

}  // namespace tercet::cli
