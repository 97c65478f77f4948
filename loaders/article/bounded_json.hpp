#pragma once

#include <cstddef>
#include <string_view>

namespace tercet::article {

/// More than anybody's line needs, names included; each takes some thirty bytes of memory and more, however short it is.
inline constexpr std::size_t kMostJsonValues = 100'000;

/// Whether JSON has more values than that. Keeps nothing of it; what is no JSON has as many as stand before the mistake.
[[nodiscard]] bool has_too_many_values(std::string_view json);

}  // namespace tercet::article
