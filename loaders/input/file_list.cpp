#include "loaders/input/file_list.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "tercet/error.hpp"

namespace tercet::input {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const std::string& directory, const std::function<bool(std::string_view)>& is_wanted) {
    std::vector<std::string> files;
    std::error_code failed;
    fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied, failed);
    for (const fs::recursive_directory_iterator end; !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        const bool hidden = at->path().filename().string().starts_with('.');
        if (hidden && at->is_directory(ignored)) at.disable_recursion_pending();
        if (!hidden && at->is_regular_file(ignored) && is_wanted(at->path().string())) files.push_back(at->path().string());
    }
    if (failed) throw Error(ErrorCode::Io, "cannot list " + directory + ": " + failed.message());
    std::ranges::sort(files);
    return files;
}

std::vector<std::string> files_like(const std::string& pattern) {
    glob_t found{};
    std::vector<std::string> files;
    if (glob(pattern.c_str(), 0, nullptr, &found) == 0) files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    globfree(&found);
    return files;
}

}  // namespace

std::vector<std::string> expand_paths(const std::vector<std::string>& paths, const std::function<bool(std::string_view name)>& is_wanted) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code failed;
        const fs::file_status status = fs::status(path, failed);
        const bool is_url = path.find("://") != path.npos;
        const bool is_pattern = !is_url && !fs::exists(status) && path.find_first_of("*?[") != path.npos;
        if (!is_pattern && !fs::is_directory(status)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> found = is_pattern ? files_like(path) : files_below(path, is_wanted);
        if (found.empty()) throw Error(ErrorCode::NotFound, is_pattern ? "no file matches " + path : "there is nothing to read in " + path);
        std::ranges::move(found, std::back_inserter(files));
    }
    return files;
}

}  // namespace tercet::input
