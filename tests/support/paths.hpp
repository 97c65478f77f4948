#pragma once

#include <string>

namespace tercet::support {

/// The root of the repository.
[[nodiscard]] std::string source_dir();
/// Where development data may lie (the CMake variable TERCET_SHARED_DATA); whoever needs it looks whether it is there.
[[nodiscard]] std::string shared_data();

}  // namespace tercet::support
