#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parser/sparql/messages.hpp"

namespace tercet::sparql {

/// What was probably meant, or what to write instead.
[[nodiscard]] std::optional<std::string> hint_for(const Stuck& stuck);

[[nodiscard]] std::string quoted(std::string_view word);
/// Letters at the start of the rest, unless they are the prefix of a name.
[[nodiscard]] std::string_view word_at(std::string_view rest);

}  // namespace tercet::sparql
