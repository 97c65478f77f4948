#pragma once

#include "engine/exec/value.hpp"

namespace tercet::exec {

/// What a term is joined by where a condition asks for equal values: the same for any two terms that ValueReader::equal() holds for
/// equal, and mostly another for others. No term by itself; only good for being compared. Undefined for the undefined id.
[[nodiscard]] TermId value_key(TermId id, TermPool& pool);

}  // namespace tercet::exec
