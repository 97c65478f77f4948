#include "loaders/input/file_iri.hpp"

#include <filesystem>
#include <string_view>

#include "engine/model/percent_encoding.hpp"

namespace tercet::input {
namespace {

bool is_allowed_in_path(char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
           std::string_view("<>\"{}|^`\\%?#[]").find(c) == std::string_view::npos;
}

}  // namespace

std::string file_iri(const std::string& path) {
    if (path == "-") return {};
    std::error_code failed;
    std::filesystem::path canonical = std::filesystem::weakly_canonical(path, failed);
    if (failed) canonical = std::filesystem::path(path).lexically_normal();
    return "file://" + percent_encoded(canonical.string(), is_allowed_in_path);
}

}  // namespace tercet::input
