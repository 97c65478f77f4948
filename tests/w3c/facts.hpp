#pragma once

#include <vector>

#include "tercet/term.hpp"

namespace tercet::w3c {

/// A row of terms: a triple, a quad, or one value of a solution.
using Fact = std::vector<Term>;
using Facts = std::vector<Fact>;

/// Solutions as facts (solution, variable, value), each solution a blank node, so that those with equal values still count.
[[nodiscard]] Facts facts_of_solutions(const std::vector<std::string>& variables, const std::vector<std::vector<Term>>& rows);

/// The term with a number in one form for each value: SPARQL leaves open how computed numbers are written.
[[nodiscard]] Term canonical(const Term& term);

/// Whether renaming blank nodes one to one makes the two sets of facts equal.
[[nodiscard]] bool isomorphic(Facts a, Facts b);

}  // namespace tercet::w3c
