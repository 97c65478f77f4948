#include "engine/exec/exists.hpp"

#include <optional>
#include <utility>

#include "engine/exec/compatible_rows.hpp"
#include "engine/exec/outer_row.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

class HashedExists final : public ExistsCheck {
public:
    HashedExists(OperatorPtr pattern, const std::vector<VariableId>& variables, Context& context)
        : pattern_(std::move(pattern)), context_(context) {
        for (std::size_t i = 0; i < pattern_->variables().size(); ++i) {
            const std::size_t outer = column_of(variables, pattern_->variables()[i]);
            if (outer == kNoColumn) continue;
            outer_.push_back(outer);
            inner_.push_back(i);
        }
        key_.resize(inner_.size());
        table_.emplace(inner_.size(), inner_.size(), context.memory, context.cancel, "EXISTS");
    }

    bool holds(const Batch& batch, std::size_t row) override {
        if (!std::exchange(filled_, true)) fill();
        for (std::size_t i = 0; i < outer_.size(); ++i) key_[i] = batch.column(outer_[i])[row];
        table_->find(key_);
        return table_->next() != kNoRow;
    }

private:
    void fill() {
        RowTable distinct(inner_.size(), context_.memory, context_.cancel, "EXISTS");
        RowReader reader(*pattern_, context_);
        std::vector<TermId> row(inner_.size());
        while (reader.next()) {
            for (std::size_t i = 0; i < inner_.size(); ++i) row[i] = reader.at(inner_[i]);
            if (distinct.add(row)) table_->add(row);
            if (inner_.empty()) return;  // one solution says it all
        }
    }

    OperatorPtr pattern_;
    Context& context_;
    std::vector<std::size_t> outer_, inner_;
    std::vector<TermId> key_;
    std::optional<CompatibleRows> table_;
    bool filled_ = false;
};

/// The pattern looks at variables of the row, so it runs again for every row, with those as a one-row input. What the row
/// does not have is taken from the row outside it: the graph that GRAPH ?g is at, and the rows of an EXISTS around this one.
class CorrelatedExists final : public ExistsCheck {
public:
    CorrelatedExists(const plan::Node& plan, const std::vector<VariableId>& outer, const std::vector<VariableId>& variables, Context& context)
        : outer_(outer, context.outer),
          context_{context.pool, context.plan, context.cancel, context.memory, context.session, outer_.row()},
          pattern_(build(plan, context_)),
          columns_(columns_of(variables, outer)),
          batch_(pattern_->variables().size()) {}

    bool holds(const Batch& batch, std::size_t row) override {
        outer_.take_over();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const TermId value = value_at(batch, columns_[i], row);
            if (value.is_defined()) outer_.value(i) = value;
        }
        pattern_->rewind();
        return pattern_->next(batch_);
    }

private:
    NestedRow outer_;
    Context context_;
    OperatorPtr pattern_;
    std::vector<std::size_t> columns_;
    Batch batch_;
};

}  // namespace

std::unique_ptr<ExistsCheck> make_exists_check(const algebra::Node& pattern, const std::vector<VariableId>& variables, Context& context) {
    const auto plan = context.plan.exists.find(&pattern);
    if (plan == context.plan.exists.end()) throw Error(ErrorCode::Query, "EXISTS stands where it cannot be evaluated");
    const auto correlated = context.plan.correlated.find(&pattern);
    if (correlated == context.plan.correlated.end()) {
        return std::make_unique<HashedExists>(build(*plan->second, context), variables, context);
    }
    return std::make_unique<CorrelatedExists>(*plan->second, correlated->second, variables, context);
}

}  // namespace tercet::exec
