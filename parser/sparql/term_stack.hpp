#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// The terms read and not yet used: what a rule reads, the rule around it takes.
class TermStack {
public:
    void push(TermPattern term);
    void push_iri(std::string iri, Position position);

    [[nodiscard]] TermPattern pop();
    [[nodiscard]] Variable pop_variable();
    [[nodiscard]] std::string pop_iri();
    [[nodiscard]] Term pop_constant();
    /// A constant, a blank node or a triple term of such, as a value.
    [[nodiscard]] Term pop_ground_term();
    [[nodiscard]] VarOrIri pop_var_or_iri();

    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
    /// The terms above `mark`, in the order they were pushed.
    [[nodiscard]] std::vector<TermPattern> take_from(std::size_t mark);
    [[nodiscard]] std::vector<Variable> take_variables_from(std::size_t mark);

private:
    std::vector<TermPattern> terms_;
};

}  // namespace tercet::sparql
