#include "engine/exec/session.hpp"

#include <filesystem>
#include <system_error>

#include "engine/model/date_time.hpp"

namespace tercet::exec {
namespace {

/// Empty if there is none: who needs it says so.
std::string system_directory() {
    std::error_code ignored;
    return std::filesystem::temp_directory_path(ignored).string();
}

}  // namespace

Session::Session()
    : now(current_date_time()), temporary_directory(system_directory()), random(std::random_device{}()) {}

}  // namespace tercet::exec
