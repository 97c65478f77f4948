#include "parser/sparql/query_builder.hpp"

#include <stdexcept>

namespace tercet::sparql {

void QueryBuilder::open(Position position) {
    QueryDraft draft;
    draft.select.position = position;
    draft.outer_saw_aggregate = expressions_.take_saw_aggregate();
    drafts_.push_back(std::move(draft));
}

void QueryBuilder::where(FinishedGroup group) {
    draft().select.where = std::move(group.group);
    draft().visible = std::move(group.visible);
}

std::pair<QueryDraft, std::optional<Offence>> QueryBuilder::close() {
    QueryDraft draft = std::move(drafts_.back());
    drafts_.pop_back();
    draft.has_aggregates = expressions_.take_saw_aggregate();
    expressions_.restore_saw_aggregate(draft.outer_saw_aggregate);
    auto offence = offence_of(draft.select, draft.visible, draft.has_aggregates);
    return {std::move(draft), std::move(offence)};
}

void InlineDataBuilder::open(std::vector<Variable> variables) {
    VariableNames seen;
    for (const Variable& variable : variables) {
        if (!seen.insert(variable.name).second) {
            throw std::invalid_argument("VALUES names ?" + variable.name + " twice");
        }
    }
    data_.variables = std::move(variables);
}

void InlineDataBuilder::close_row() const {
    const std::size_t wanted = data_.variables.size();
    const std::size_t found = data_.rows.back().size();
    if (wanted == found) return;
    throw std::invalid_argument("this row of VALUES has " + std::to_string(found) +
                                (found == 1 ? " value" : " values") + " for " + std::to_string(wanted) +
                                (wanted == 1 ? " variable" : " variables"));
}

}  // namespace tercet::sparql
