#include <numeric>

#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/term_order.hpp"

namespace tercet::exec {
namespace {

/// Asked for more rows than this, there is no point in throwing others away on the way.
constexpr std::uint64_t kMostBounded = std::uint64_t{1} << 30U;

/// Keeps all rows, or the best ones if only so many are wanted, and gives them out in order. Stable.
class OrderByOperator final : public Operator {
public:
    OrderByOperator(const plan::OrderBy& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : Operator(std::move(out)),
          context_(context),
          plan_(plan),
          input_(std::move(input)),
          reader_(*input_, context),
          columns_(columns_of(input_->variables(), variables())),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()},
          memory_(context.memory, "ORDER BY"),
          width_(plan.keys.size() + columns_.size()) {
        for (const auto& key : plan.keys) keys_.push_back(compile(*key.expression, input_->variables(), context));
    }

private:
    bool do_next(Batch& out) override {
        if (!sorted_) {
            fill();
            sort();
            if (plan_.top) order_.resize(std::min<std::size_t>(order_.size(), *plan_.top));
            sorted_ = true;
        }
        for (; !out.full() && at_ < order_.size(); ++at_) {
            const TermId* row = row_at(order_[at_]) + keys_.size();
            for (std::size_t c = 0; c < columns_.size(); ++c) out.column(c)[out.size] = row[c];
            ++out.size;
        }
        return out.size > 0;
    }

    [[nodiscard]] const TermId* row_at(std::uint32_t i) const { return rows_.data() + std::size_t{i} * width_; }

    void fill() {
        const bool bounded = plan_.top && *plan_.top < kMostBounded;
        const std::size_t limit = bounded ? 2 * *plan_.top + kBatchRows : 0;
        std::uint32_t count = 0;
        while (reader_.next()) {
            ++functions_.solution;
            for (const EvaluatorPtr& key : keys_) {
                rows_.push_back(functions_.reader.id(key->evaluate(reader_.batch(), reader_.row(), functions_)));
            }
            for (const std::size_t column : columns_) rows_.push_back(reader_.at(column));
            order_.push_back(count++);
            if (count % kBatchRows == 1) memory_.resize(rows_.capacity() * sizeof(TermId) + order_.capacity() * sizeof(std::uint32_t));
            if (limit != 0 && order_.size() >= limit) {
                sort();
                keep_top();
                count = static_cast<std::uint32_t>(order_.size());
            }
        }
    }

    /// Terms are decoded once each, to rank them; the rows are then sorted by numbers.
    void sort() {
        std::vector<std::vector<std::uint32_t>> ranks;
        MemoryShare ranks_memory(context_.memory, "ORDER BY");
        ranks_memory.resize(order_.size() * keys_.size() * (sizeof(TermId) + 2 * sizeof(std::uint32_t)));
        for (std::size_t k = 0; k < keys_.size(); ++k) {
            std::vector<TermId> terms;
            terms.reserve(order_.size());
            for (std::uint32_t i = 0; i < order_.size(); ++i) terms.push_back(row_at(i)[k]);
            ranks.push_back(rank_terms(terms, context_.pool, context_.cancel));
        }
        CancelCheck check(context_.cancel);
        std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            check.step();
            for (std::size_t k = 0; k < ranks.size(); ++k) {
                if (ranks[k][a] != ranks[k][b]) return (ranks[k][a] < ranks[k][b]) != plan_.keys[k].descending;
            }
            return false;
        });
    }

    void keep_top() {
        order_.resize(std::min<std::size_t>(order_.size(), *plan_.top));
        std::vector<TermId> kept;
        for (const std::uint32_t i : order_) kept.insert(kept.end(), row_at(i), row_at(i) + width_);
        rows_ = std::move(kept);
        memory_.resize(rows_.capacity() * sizeof(TermId) + order_.capacity() * sizeof(std::uint32_t));
        std::iota(order_.begin(), order_.end(), 0U);
    }

    void do_rewind() override {
        input_->rewind();
        reader_.restart();
        rows_.clear();
        order_.clear();
        at_ = 0;
        sorted_ = false;
    }

    Context& context_;
    const plan::OrderBy& plan_;
    OperatorPtr input_;
    RowReader reader_;
    std::vector<std::size_t> columns_;
    FunctionContext functions_;
    MemoryShare memory_;
    std::size_t width_;                ///< of a kept row: its keys, then its columns
    std::vector<EvaluatorPtr> keys_;
    std::vector<TermId> rows_;
    std::vector<std::uint32_t> order_;
    std::size_t at_ = 0;
    bool sorted_ = false;
};

}  // namespace

OperatorPtr make_order_by(const plan::OrderBy& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<OrderByOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec
