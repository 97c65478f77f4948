#pragma once

#include <cstdint>

#include "engine/algebra/algebra.hpp"
#include "engine/model/quad_source.hpp"

namespace tercet::plan {

/// The constants of a triple pattern; anything for the rest. A constant that the store does not know is the undefined id.
[[nodiscard]] QuadPattern constants_of(const QuadSource& source, const algebra::TriplePattern& triple);

/// About how many quads match a triple pattern by itself.
[[nodiscard]] std::uint64_t matches_of(const QuadSource& source, const algebra::TriplePattern& triple);

}  // namespace tercet::plan
