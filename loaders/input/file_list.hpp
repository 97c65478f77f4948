#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::input {

/// The files that paths name. A directory stands for the files below it whose names `is_wanted`, hidden ones left out, in
/// the order of their names; a pattern (`news/*.txt`) for what it matches; anything else, a URL
/// too, for itself, whether it is there or not. Throws Error (NotFound) for a directory or pattern with nothing to read.
[[nodiscard]] std::vector<std::string> expand_paths(const std::vector<std::string>& paths,
                                                    const std::function<bool(std::string_view name)>& is_wanted);

}  // namespace tercet::input
