#include <utility>

#include "engine/exec/operators.hpp"
#include "engine/exec/quad_matcher.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {
namespace {

/// Where the slot that binds a variable is, for every output column.
std::vector<std::size_t> slots_of(const std::vector<VariableId>& variables, std::span<const plan::Slot> slots) {
    std::vector<std::size_t> found;
    for (const VariableId variable : variables) {
        std::size_t slot = kNoColumn;
        for (std::size_t i = 0; i < slots.size() && slot == kNoColumn; ++i) {
            if (slots[i].variable == variable) slot = i;
        }
        found.push_back(slot);
    }
    return found;
}

class ScanOperator final : public Operator {
public:
    ScanOperator(const plan::Scan& plan, std::vector<VariableId> variables, Context& context)
        : Operator(std::move(variables)),
          context_(context),
          order_(plan.order),
          matcher_(plan.slots, plan.graphs, context.source()),
          slots_(slots_of(this->variables(), plan.slots)) {}

private:
    bool do_next(Batch& out) override {
        if (ended_) return false;
        context_.cancel.check();
        open();
        while (!out.full() && (out.size == 0 || !matcher_.all_fit())) {
            const std::size_t count = matcher_.next_run(kBatchRows - out.size);
            if (count == 0) break;
            for (std::size_t c = 0; c < slots_.size(); ++c) std::copy_n(matcher_.run(slots_[c]), count, out.column(c) + out.size);
            out.size += count;
        }
        if (out.size > 0) return true;
        ended_ = true;
        matcher_.close();
        return false;
    }
    /// Of many branches of a union, one holds a cursor and a batch at a time.
    void open() {
        if (!std::exchange(opened_, true)) matcher_.open(matcher_.pattern(), order_);
    }
    void do_rewind() override { opened_ = ended_ = false; }
    void do_skip_below(VariableId variable, TermId lower) override {
        const std::size_t column = column_of(variables(), variable);
        if (column == kNoColumn || ended_) return;
        open();
        matcher_.skip_below(slots_[column], lower);
    }

    Context& context_;
    const IndexOrder* order_;
    QuadMatcher matcher_;
    std::vector<std::size_t> slots_;
    bool opened_ = false, ended_ = false;
};

class LookupJoinOperator final : public Operator {
public:
    LookupJoinOperator(const plan::LookupJoin& plan, std::vector<VariableId> variables, OperatorPtr input, Context& context)
        : Operator(std::move(variables)),
          input_(std::move(input)),
          reader_(*input_, context),
          matcher_(plan.slots, plan.graphs, context.source()),
          input_columns_(columns_of(input_->variables(), this->variables())),
          slots_(slots_of(this->variables(), plan.slots)),
          optional_(plan.optional) {
        for (std::size_t i = 0; i < 4; ++i) bound_[i] = column_of(input_->variables(), plan.slots[i].variable);
    }

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            if (matching_ && matcher_.next()) {
                emit(out);
                matched_ = true;
                continue;
            }
            if (matching_ && optional_ && !std::exchange(matched_, true)) {
                emit_alone(out);
                continue;
            }
            matching_ = reader_.next();
            if (!matching_) break;
            look_up();
            matched_ = false;
        }
        return out.size > 0;
    }
    void look_up() {
        QuadPattern pattern = matcher_.pattern();
        for (std::size_t i = 0; i < 4; ++i) {
            const TermId value = reader_.at(bound_[i]);
            if (bound_[i] != kNoColumn && value.is_defined()) pattern.slot[i] = value;
        }
        matcher_.open(pattern);
    }
    void emit(Batch& out) {
        for (std::size_t c = 0; c < slots_.size(); ++c) {
            const TermId known = reader_.at(input_columns_[c]);
            out.column(c)[out.size] = known.is_defined() || slots_[c] == kNoColumn ? known : matcher_.at(slots_[c]);
        }
        ++out.size;
    }
    void emit_alone(Batch& out) {
        for (std::size_t c = 0; c < input_columns_.size(); ++c) out.column(c)[out.size] = reader_.at(input_columns_[c]);
        ++out.size;
    }
    void do_rewind() override {
        input_->rewind();
        reader_.restart();
        matching_ = false;
    }

    OperatorPtr input_;
    RowReader reader_;
    QuadMatcher matcher_;
    std::vector<std::size_t> input_columns_;
    std::vector<std::size_t> slots_;
    std::array<std::size_t, 4> bound_{};
    bool optional_;
    bool matching_ = false, matched_ = false;
};

class DestructureOperator final : public Operator {
public:
    DestructureOperator(const plan::Destructure& plan, std::vector<VariableId> variables, OperatorPtr input, Context& context)
        : Operator(std::move(variables)),
          context_(context),
          input_(std::move(input)),
          reader_(*input_, context),
          parts_(plan.slots),
          source_(column_of(input_->variables(), plan.source)),
          input_columns_(columns_of(input_->variables(), this->variables())),
          slots_(slots_of(this->variables(), plan.slots)) {
        for (std::size_t i = 0; i < 3; ++i) bound_[i] = column_of(input_->variables(), plan.slots[i].variable);
    }

private:
    bool do_next(Batch& out) override {
        while (!out.full() && reader_.next()) {
            const TermId id = reader_.at(source_);
            if (id.tag() != TermTag::TripleTerm) continue;
            const auto triple = context_.pool.triple(id);
            if (!fits(triple)) continue;
            for (std::size_t c = 0; c < slots_.size(); ++c) {
                const TermId known = reader_.at(input_columns_[c]);
                out.column(c)[out.size] = known.is_defined() || slots_[c] == kNoColumn ? known : triple[slots_[c]];
            }
            ++out.size;
        }
        return out.size > 0;
    }
    [[nodiscard]] bool fits(const std::array<TermId, 3>& triple) const {
        for (std::size_t i = 0; i < 3; ++i) {
            if (!parts_[i].constant.is_any() && parts_[i].constant != triple[i]) return false;
            const TermId known = reader_.at(bound_[i]);
            if (known.is_defined() && known != triple[i]) return false;
            for (std::size_t k = 0; k < i; ++k) {
                if (parts_[i].variable != plan::kNoVariable && parts_[i].variable == parts_[k].variable && triple[i] != triple[k]) return false;
            }
        }
        return true;
    }
    void do_rewind() override {
        input_->rewind();
        reader_.restart();
    }

    Context& context_;
    OperatorPtr input_;
    RowReader reader_;
    std::array<plan::Slot, 3> parts_;
    std::size_t source_;
    std::vector<std::size_t> input_columns_;
    std::vector<std::size_t> slots_;
    std::array<std::size_t, 3> bound_{};
};

/// Enumerates the named graphs of the scope.
class GraphNamesOperator final : public Operator {
public:
    GraphNamesOperator(const plan::GraphNames& plan, std::vector<VariableId> variables, Context& context)
        : Operator(std::move(variables)), names_(graph_names(plan.graphs, plan.graph.constant, context)) {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && at_ < names_.size()) {
            for (std::size_t c = 0; c < out.width(); ++c) out.column(c)[out.size] = names_[at_];
            ++out.size;
            ++at_;
        }
        return out.size > 0;
    }
    void do_rewind() override { at_ = 0; }

    std::vector<TermId> names_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<TermId> graph_names(const plan::GraphScope& scope, TermId name, const Context& context) {
    std::vector<TermId> names = context.source().graphs();
    std::erase_if(names, [&](TermId each) {
        const bool is_there = scope.kind != plan::GraphScope::Kind::Among ||
                              std::find(scope.graphs.begin(), scope.graphs.end(), each) != scope.graphs.end();
        return !is_there || (!name.is_any() && name != each);
    });
    return names;
}

OperatorPtr make_scan(const plan::Scan& plan, std::vector<VariableId> out, Context& context) {
    return std::make_unique<ScanOperator>(plan, std::move(out), context);
}
OperatorPtr make_lookup_join(const plan::LookupJoin& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<LookupJoinOperator>(plan, std::move(out), std::move(input), context);
}
OperatorPtr make_destructure(const plan::Destructure& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<DestructureOperator>(plan, std::move(out), std::move(input), context);
}
OperatorPtr make_graph_names(const plan::GraphNames& plan, std::vector<VariableId> out, Context& context) {
    return std::make_unique<GraphNamesOperator>(plan, std::move(out), context);
}

}  // namespace tercet::exec
