#include "loaders/input/file_iri.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "engine/model/percent_encoding.hpp"
#include "tercet/error.hpp"

namespace tercet::input {
namespace {

bool is_allowed_in_path(char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
           std::string_view("<>\"{}|^`\\%?#[]").find(c) == std::string_view::npos;
}

}  // namespace

std::string path_of_file_iri(std::string_view iri) {
    std::string_view path = iri.substr(std::string_view("file:").size());
    if (path.starts_with("//")) {
        const std::size_t root = std::min(path.find('/', 2), path.size());
        const std::string_view host = path.substr(2, root - 2);
        if (!host.empty() && host != "localhost") throw Error(ErrorCode::InvalidArgument, "<" + std::string(iri) + "> lies on another machine");
        path.remove_prefix(root);
    }
    return percent_decoded(path.substr(0, path.find_first_of("?#")));
}

std::string file_iri(const std::string& path) {
    if (path == "-") return {};
    std::error_code failed;
    std::filesystem::path canonical = std::filesystem::weakly_canonical(path, failed);
    if (failed) canonical = std::filesystem::path(path).lexically_normal();
    return "file://" + percent_encoded(canonical.string(), is_allowed_in_path);
}

}  // namespace tercet::input
