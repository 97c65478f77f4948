#pragma once

#include <ios>
#include <iosfwd>
#include <string>
#include <string_view>

/// What every SVG of ours has.
namespace tercet::results {

inline constexpr double kSheetWidth = 1200, kSheetHeight = 800;

/// Text of an XML document; control characters, which it cannot hold, are left out.
[[nodiscard]] std::string escaped(std::string_view text);

/// Numbers with one digit after the point, while it lives.
class OneDigit {
public:
    explicit OneDigit(std::ostream& out);
    ~OneDigit();
    OneDigit(const OneDigit&) = delete;
    OneDigit& operator=(const OneDigit&) = delete;

private:
    std::ostream& out_;
    std::streamsize precision_;
    std::ios_base::fmtflags flags_;
};

}  // namespace tercet::results
