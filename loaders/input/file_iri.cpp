#include "loaders/input/file_iri.hpp"

#include <filesystem>
#include <string_view>

namespace tercet::input {
namespace {

bool is_allowed_in_path(unsigned char c) {
    return c > 0x20 && c != 0x7F &&
           std::string_view("<>\"{}|^`\\%?#[]").find(static_cast<char>(c)) == std::string_view::npos;
}

}  // namespace

std::string file_iri(const std::string& path) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    if (path == "-") return {};
    std::error_code failed;
    std::filesystem::path canonical = std::filesystem::weakly_canonical(path, failed);
    if (failed) canonical = std::filesystem::path(path).lexically_normal();
    std::string iri = "file://";
    for (const char c : canonical.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_allowed_in_path(byte))
            iri += c;
        else
            iri.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
    return iri;
}

}  // namespace tercet::input
