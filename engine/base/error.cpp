#include "tercet/error.hpp"

#include <array>
#include <utility>

namespace tercet {
namespace {

struct CodeName {
    ErrorCode code;
    std::string_view name;
};

constexpr std::array kCodeNames{
    CodeName{ErrorCode::InvalidArgument, "invalid_argument"}, CodeName{ErrorCode::Syntax, "syntax"},
    CodeName{ErrorCode::Data, "data"},                        CodeName{ErrorCode::Query, "query"},
    CodeName{ErrorCode::Unsupported, "unsupported"},          CodeName{ErrorCode::NotFound, "not_found"},
    CodeName{ErrorCode::Io, "io"},                            CodeName{ErrorCode::Locked, "locked"},
    CodeName{ErrorCode::Version, "version"},                  CodeName{ErrorCode::Damaged, "damaged"},
    CodeName{ErrorCode::Cancelled, "cancelled"},              CodeName{ErrorCode::Timeout, "timeout"},
    CodeName{ErrorCode::Memory, "memory"},
};

std::string place(const TextPosition& position) {
    std::string text = position.source;
    if (position.line == 0) return text.empty() ? text : text + ": ";
    if (!text.empty()) text += ':';
    else text += "line ";
    text += std::to_string(position.line);
    if (position.column != 0) text += (position.source.empty() ? ", column " : ":") + std::to_string(position.column);
    return text + ": ";
}

/// The line and a caret under its column; tabs are kept so that the caret stays below its character.
std::string caret(const TextPosition& position) {
    if (position.line_text.empty() || position.column == 0) return {};
    std::string pad;
    std::size_t column = 1;
    for (const char c : position.line_text) {
        if (column == position.column) break;
        const bool continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        if (continuation) continue;
        pad += c == '\t' ? '\t' : ' ';
        ++column;
    }
    pad.append(position.column - column, ' ');
    return "\n  " + position.line_text + "\n  " + pad + "^";
}

}  // namespace

std::string_view to_string(ErrorCode code) noexcept {
    for (const auto& [known, name] : kCodeNames) {
        if (known == code) return name;
    }
    return "unknown";
}

Error::Error(ErrorCode code, std::string message, TextPosition position)
    : std::runtime_error(place(position) + message + caret(position)),
      code_(code),
      message_(std::move(message)),
      position_(std::move(position)) {}

}  // namespace tercet
