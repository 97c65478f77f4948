#pragma once

#include <vector>

#include "engine/model/quad_source.hpp"

/// Looks into a store for what a constant of a query may have been meant to be. All of it takes bounded time.
namespace tercet::advice {

/// The different terms at `slot` of the quads of a pattern, the first thousands of them.
[[nodiscard]] std::vector<Term> terms_at(const QuadSource& source, const QuadPattern& pattern, std::size_t slot);

/// The candidates whose names are nearest: those that differ in case or namespace alone, else by a letter or two of the local
/// name. At most three, all equally near.
[[nodiscard]] std::vector<Term> nearest_names(const Term& wanted, const std::vector<Term>& candidates);

/// The candidates that say the same with another datatype or language tag; else texts that differ by a letter or two.
[[nodiscard]] std::vector<Term> nearest_literals(const Term& wanted, const std::vector<Term>& candidates);

/// The literal as the store may have it: with each datatype and language tag that the examples have.
[[nodiscard]] std::vector<Term> known_variants(const QuadSource& source, const Term& literal, const std::vector<Term>& examples);

}  // namespace tercet::advice
