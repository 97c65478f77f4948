#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parser/sparql/messages.hpp"

namespace tercet::sparql {

/// What was probably meant, or what to write instead.
[[nodiscard]] std::optional<std::string> hint_for(const Stuck& stuck);

[[nodiscard]] std::string quoted(std::string_view word);

}  // namespace tercet::sparql
