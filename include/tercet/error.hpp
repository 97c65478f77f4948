#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tercet {

/// What went wrong, coarse enough to act on. The command's exit status follows from it.
enum class ErrorCode {
    InvalidArgument,  ///< the call itself is wrong
    Syntax,           ///< a query or document does not follow its grammar
    Data,             ///< well-formed input that means nothing: a relative IRI without base, bad UTF-8
    Query,            ///< a query that parses and cannot be run: unknown function, variable in the wrong place
    Unsupported,      ///< part of the language that is not evaluated yet
    NotFound,         ///< no such file, store, document
    Io,               ///< disk, permission, network
    Locked,           ///< another process writes to this store
    Version,          ///< made by another, incompatible version
    Damaged,          ///< stored bytes are not what was written
    Cancelled,
    Timeout,
    Memory,           ///< the memory budget of the call is used up
};

/// The code's name in snake_case, for logs and bindings.
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// A place in a text. Lines and columns count from 1, columns in Unicode code points; 0 means unknown.
struct TextPosition {
    std::string source;       ///< file name, or empty for a text given in memory
    std::size_t line = 0;
    std::size_t column = 0;
    std::string line_text;    ///< the whole line, for the caret; may be empty
};

/// The one exception of the library, thrown when a call cannot keep its promise.
///
/// message() is one sentence; what() adds the place in front and, where the line is known, the line with a
/// caret below it.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, std::string message, TextPosition position = {});

    [[nodiscard]] ErrorCode code() const noexcept { return code_; }
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    [[nodiscard]] const TextPosition& position() const noexcept { return position_; }

private:
    ErrorCode code_;
    std::string message_;
    TextPosition position_;
};

}  // namespace tercet
