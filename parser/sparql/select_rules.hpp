#pragma once

#include "parser/sparql/group_builder.hpp"
#include "parser/sparql/syntax_tree.hpp"

/// What the grammar cannot say about SELECT: the notes of SPARQL section 19.8 and section 18.2.4.1.
namespace tercet::sparql {

/// The place of an offence, to be reported by the reader.
struct Offence {
    Position position;
    std::string message;
};

/// Nothing if the query keeps to the rules: each AS variable is new; with grouping, what is projected is a group key or
/// an aggregate, and SELECT * is not.
[[nodiscard]] std::optional<Offence> offence_of(const SelectQuery& query, const VariableNames& visible,
                                                bool has_aggregates);

/// How many columns SELECT and GROUP BY compute, one after the other.
[[nodiscard]] std::size_t computed_columns(const SelectQuery& query);

/// The variables a sub-select shows to the group around it.
[[nodiscard]] VariableNames projected(const SelectQuery& query, const VariableNames& visible);

}  // namespace tercet::sparql
