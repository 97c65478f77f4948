#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/exec/aggregates.hpp"
#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_file.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"

namespace tercet::exec {
namespace {

/// What an aggregate takes besides what it collects, about.
constexpr std::size_t kBytesPerAggregate = 96;
constexpr std::size_t kGrowthOfGroups = 3;

bool keeps_texts(std::string_view aggregate) { return aggregate == "GROUP_CONCAT" || aggregate == "MIN" || aggregate == "MAX"; }

/// Keeps all groups. When there is no memory for another one, rows of groups that are not there yet wait in files, cut up by their
/// keys, and each file is grouped by itself afterwards.
class GroupOperator final : public Operator {
public:
    GroupOperator(const plan::Group& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : Operator(std::move(out)),
          plan_(plan),
          input_(std::move(input)),
          context_(context),
          reader_(std::in_place, *input_, context),
          key_columns_(columns_of(input_->variables(), plan.keys)),
          groups_(plan.keys.size(), context.memory, context.cancel, "GROUP BY"),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()},
          memory_(context.memory, "GROUP BY"),
          collected_(context.memory, "an aggregate") {
        const algebra::Variables& names = context.plan.variables;  // hand-made plans have none
        for (std::size_t c = 0; c < input_->variables().size(); ++c) {
            const VariableId variable = input_->variables()[c];
            if (variable >= names.size() || !names.is_hidden(variable)) visible_.push_back(c);
        }
        for (const auto& aggregate : plan.aggregates) {
            collects_ = collects_ || aggregate.distinct || keeps_texts(aggregate.name);
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
        while (true) {
            for (; !out.full() && at_ < groups_.size(); ++at_) emit(out);
            if (out.full() || waiting_.empty()) return out.size > 0;
            start_next_part();
            fill();
        }
    }

    void fill() {
        std::vector<TermId> key(key_columns_.size());
        if (key.empty()) start_group(key);  // one group, even of no rows
        while (reader_->next()) {
            ++functions_.solution;
            for (std::size_t i = 0; i < key.size(); ++i) key[i] = reader_->at(key_columns_[i]);
            const std::uint32_t group = start_group(key);
            if (group == kNoRow) {
                put_off(key);
                continue;
            }
            for (std::size_t a = 0; a < plan_.aggregates.size(); ++a) add(group, a);
        }
        if (!put_off_) return;
        for (auto& file : put_off_->take()) waiting_.push_back({std::move(file), depth_ + 1});
        put_off_.reset();
    }

    /// The group's number; kNoRow if it is a new one that there is no memory for.
    std::uint32_t start_group(std::span<const TermId> key) {
        const std::uint32_t known = groups_.find(key);
        if (known != kNoRow || put_off_) return known;
        const std::size_t bytes = (states_.size() + plan_.aggregates.size()) * kBytesPerAggregate;
        const bool has_room = groups_.has_room() && leaves_room(bytes) && memory_.try_resize(bytes);
        if (!has_room && groups_.size() >= kFewestKept) return kNoRow;
        memory_.resize(bytes);
        for (const auto& aggregate : plan_.aggregates) states_.push_back(make_aggregate(aggregate, collected_));
        bool is_new = false;
        return groups_.find_or_add(key, is_new);
    }

    /// Whether what the groups collect may grow to a few times of what they take themselves.
    [[nodiscard]] bool leaves_room(std::size_t bytes) const { return !collects_ || (context_.memory.limit() - context_.memory.used()) / kGrowthOfGroups >= bytes; }

    // --- rows that have to wait -------------------------------------------------------------------------------------

    void put_off(std::span<const TermId> key) {
        if (!put_off_) put_off_.emplace(input_->variables().size(), depth_, context_.session, "GROUP BY");
        row_.clear();
        for (std::size_t c = 0; c < input_->variables().size(); ++c) row_.push_back(reader_->at(c));
        put_off_->append(hash_terms(key), row_);
    }
    void start_next_part() {
        auto [file, depth] = std::move(waiting_.back());
        waiting_.pop_back();
        depth_ = depth;
        reader_.reset();
        part_ = std::make_unique<RowFileOperator>(input_->variables(), std::move(file));
        reader_.emplace(*part_, context_);
        clear_groups();
    }
    void clear_groups() {
        groups_.clear();
        states_.clear();
        collected_.release();
        for (const auto& table : seen_) {
            if (table) table->clear();
        }
        at_ = 0;
    }

    // --- aggregates -------------------------------------------------------------------------------------------------

    void add(std::uint32_t group, std::size_t a) {
        Value value = arguments_[a] ? arguments_[a]->evaluate(reader_->batch(), reader_->row(), functions_) : Value(true);
        if (seen_[a] && !is_first(group, a, value)) return;
        states_[group * plan_.aggregates.size() + a]->add(value, functions_.reader);
    }

    /// DISTINCT: by the value, or for COUNT(DISTINCT *) by all of the row that the user can see.
    bool is_first(std::uint32_t group, std::size_t a, const Value& value) {
        row_.assign(1, TermId::from_bits(group + 1));
        if (arguments_[a]) row_.push_back(functions_.reader.id(value));
        else for (const std::size_t column : visible_) row_.push_back(reader_->at(column));
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
        reader_.reset();
        reader_.emplace(*input_, context_);
        part_.reset();
        waiting_.clear();
        put_off_.reset();
        depth_ = 0;
        clear_groups();
        filled_ = false;
    }

    const plan::Group& plan_;
    struct Waiting {
        std::unique_ptr<RowFile> file;
        std::size_t depth;
    };

    OperatorPtr input_;
    Context& context_;
    OperatorPtr part_;                 ///< rows that waited and are grouped now; null: those of the input
    std::optional<RowReader> reader_;
    std::vector<std::size_t> key_columns_, visible_;
    RowTable groups_;
    FunctionContext functions_;
    MemoryShare memory_;
    MemoryShare collected_;  ///< by the aggregates
    std::vector<EvaluatorPtr> arguments_;
    std::vector<std::unique_ptr<RowTable>> seen_;          ///< of DISTINCT aggregates
    std::vector<std::unique_ptr<AggregateState>> states_;  ///< group by group
    std::vector<TermId> row_;
    std::optional<Partitions> put_off_;  ///< from when on there is no memory for a new group
    std::vector<Waiting> waiting_;
    std::size_t depth_ = 0;
    std::size_t at_ = 0;
    bool filled_ = false;
    bool collects_ = false;  ///< aggregates take more than they begin with
};

}  // namespace

OperatorPtr make_group(const plan::Group& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<GroupOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec
