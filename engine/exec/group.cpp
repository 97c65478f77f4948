#include <memory>

#include "engine/exec/aggregates.hpp"
#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"

namespace tercet::exec {
namespace {

class GroupOperator final : public Operator {
public:
    GroupOperator(const plan::Group& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : Operator(std::move(out)),
          plan_(plan),
          input_(std::move(input)),
          reader_(*input_, context),
          key_columns_(columns_of(input_->variables(), plan.keys)),
          groups_(plan.keys.size(), context.memory, context.cancel, "GROUP BY"),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()},
          memory_(context.memory, "GROUP BY") {
        const algebra::Variables& names = context.plan.variables;  // hand-made plans have none
        for (std::size_t c = 0; c < input_->variables().size(); ++c) {
            const VariableId variable = input_->variables()[c];
            if (variable >= names.size() || !names.is_hidden(variable)) visible_.push_back(c);
        }
        for (const auto& aggregate : plan.aggregates) {
            arguments_.push_back(aggregate.argument ? compile(*aggregate.argument, input_->variables(), context) : nullptr);
            const std::size_t width = aggregate.argument ? 2 : 1 + visible_.size();
            seen_.push_back(aggregate.distinct ? std::make_unique<RowTable>(width, context.memory, context.cancel, "DISTINCT") : nullptr);
        }
    }

private:
    bool do_next(Batch& out) override {
        if (!filled_) {
            fill();
            filled_ = true;
        }
        for (; !out.full() && at_ < groups_.size(); ++at_) emit(out);
        return out.size > 0;
    }

    void fill() {
        std::vector<TermId> key(key_columns_.size());
        if (key.empty()) start_group(key);  // one group, even of no rows
        while (reader_.next()) {
            ++functions_.solution;
            for (std::size_t i = 0; i < key.size(); ++i) key[i] = reader_.at(key_columns_[i]);
            const std::uint32_t group = start_group(key);
            for (std::size_t a = 0; a < plan_.aggregates.size(); ++a) add(group, a);
        }
    }

    std::uint32_t start_group(std::span<const TermId> key) {
        bool is_new = false;
        const std::uint32_t group = groups_.find_or_add(key, is_new);
        if (is_new) {
            for (const auto& aggregate : plan_.aggregates) states_.push_back(make_aggregate(aggregate));
            memory_.resize(states_.size() * 96);
        }
        return group;
    }

    void add(std::uint32_t group, std::size_t a) {
        Value value = arguments_[a] ? arguments_[a]->evaluate(reader_.batch(), reader_.row(), functions_) : Value(true);
        if (seen_[a] && !is_first(group, a, value)) return;
        states_[group * plan_.aggregates.size() + a]->add(value, functions_.reader);
    }

    /// DISTINCT: by the value, or for COUNT(DISTINCT *) by all of the row that the user can see.
    bool is_first(std::uint32_t group, std::size_t a, const Value& value) {
        row_.assign(1, TermId::from_bits(group + 1));
        if (arguments_[a]) row_.push_back(functions_.reader.id(value));
        else for (const std::size_t column : visible_) row_.push_back(reader_.at(column));
        return seen_[a]->add(row_);
    }

    void emit(Batch& out) {
        const auto key = groups_.row(static_cast<std::uint32_t>(at_));
        for (std::size_t c = 0; c < variables().size(); ++c) {
            TermId value;
            const std::size_t k = column_of(plan_.keys, variables()[c]);
            if (k != kNoColumn) value = key[k];
            for (std::size_t a = 0; a < plan_.aggregates.size(); ++a) {
                if (plan_.aggregates[a].output == variables()[c]) {
                    value = functions_.reader.id(states_[at_ * plan_.aggregates.size() + a]->result());
                }
            }
            out.column(c)[out.size] = value;
        }
        ++out.size;
    }

    void do_rewind() override {
        input_->rewind();
        reader_.restart();
        groups_.clear();
        states_.clear();
        for (const auto& table : seen_) {
            if (table) table->clear();
        }
        at_ = 0;
        filled_ = false;
    }

    const plan::Group& plan_;
    OperatorPtr input_;
    RowReader reader_;
    std::vector<std::size_t> key_columns_, visible_;
    RowTable groups_;
    FunctionContext functions_;
    MemoryShare memory_;
    std::vector<EvaluatorPtr> arguments_;
    std::vector<std::unique_ptr<RowTable>> seen_;          ///< of DISTINCT aggregates
    std::vector<std::unique_ptr<AggregateState>> states_;  ///< group by group
    std::vector<TermId> row_;
    std::size_t at_ = 0;
    bool filled_ = false;
};

}  // namespace

OperatorPtr make_group(const plan::Group& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<GroupOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec
