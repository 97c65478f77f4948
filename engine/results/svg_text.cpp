#include "engine/results/svg_text.hpp"

#include <iomanip>
#include <ostream>

namespace tercet::results {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            out += c;
    }
    return out;
}

OneDigit::OneDigit(std::ostream& out) : out_(out), precision_(out.precision()), flags_(out.flags()) { out << std::fixed << std::setprecision(1); }

OneDigit::~OneDigit() {
    out_.precision(precision_);
    out_.flags(flags_);
}

}  // namespace tercet::results
