#pragma once

#include <optional>
#include <string>

#include "parser/sparql/messages.hpp"

namespace tercet::sparql {

/// What to write instead of something that SQL, Cypher, Turtle or a word processor would have taken.
[[nodiscard]] std::optional<std::string> foreign_habit(const Stuck& stuck);

}  // namespace tercet::sparql
