#include "engine/exec/exists.hpp"

#include <optional>
#include <utility>

#include "engine/exec/compatible_rows.hpp"
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
    CorrelatedExists(OperatorPtr pattern, std::shared_ptr<OuterRow> outer, std::shared_ptr<const OuterRow> enclosing,
                     const std::vector<VariableId>& variables)
        : pattern_(std::move(pattern)), outer_(std::move(outer)), enclosing_(std::move(enclosing)), batch_(pattern_->variables().size()) {
        for (const VariableId variable : outer_->variables) {
            columns_.push_back(column_of(variables, variable));
            enclosing_columns_.push_back(enclosing_ ? column_of(enclosing_->variables, variable) : kNoColumn);
        }
    }

    bool holds(const Batch& batch, std::size_t row) override {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            outer_->values[i] = value_at(batch, columns_[i], row);
            if (!outer_->values[i].is_defined() && enclosing_columns_[i] != kNoColumn) outer_->values[i] = enclosing_->values[enclosing_columns_[i]];
        }
        pattern_->rewind();
        return pattern_->next(batch_);
    }

private:
    OperatorPtr pattern_;
    std::shared_ptr<OuterRow> outer_;
    std::shared_ptr<const OuterRow> enclosing_;
    std::vector<std::size_t> columns_, enclosing_columns_;
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
    auto outer = std::make_shared<OuterRow>();
    outer->variables = correlated->second;
    outer->values.resize(outer->variables.size());
    Context inner{context.pool, context.plan, context.cancel, context.memory, context.session, outer};
    auto kept = std::make_unique<Context>(inner);
    OperatorPtr tree = build(*plan->second, *kept);
    class Owning final : public ExistsCheck {
    public:
        Owning(std::unique_ptr<Context> context, std::unique_ptr<ExistsCheck> check) : context_(std::move(context)), check_(std::move(check)) {}
        bool holds(const Batch& batch, std::size_t row) override { return check_->holds(batch, row); }

    private:
        std::unique_ptr<Context> context_;  // the operators refer to it
        std::unique_ptr<ExistsCheck> check_;
    };
    return std::make_unique<Owning>(std::move(kept), std::make_unique<CorrelatedExists>(std::move(tree), outer, context.outer, variables));
}

}  // namespace tercet::exec
