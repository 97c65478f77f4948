#pragma once

#include <functional>
#include <map>
#include <string>

namespace tercet::storage {

/// By name, sorted.
using Prefixes = std::map<std::string, std::string, std::less<>>;

}  // namespace tercet::storage
