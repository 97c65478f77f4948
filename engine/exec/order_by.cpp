#include <algorithm>
#include <memory>
#include <numeric>

#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_file.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_store.hpp"
#include "engine/exec/term_order.hpp"

namespace tercet::exec {
namespace {

/// Asked for more rows than this, there is no point in throwing others away on the way.
constexpr std::uint64_t kMostBounded = std::uint64_t{1} << 30U;

/// Sorted files that are read at once; more are first made into one.
constexpr std::size_t kMostFiles = 64;

/// Fewer rows are not worth a file: without memory for them there is none for anything.
constexpr std::size_t kFewestInFile = 1024;

/// What a key takes while rows are ranked by it: the id twice, two ranks, and the key itself with a short text.
constexpr std::size_t kBytesPerKey = 2 * (sizeof(TermId) + sizeof(std::uint32_t)) + sizeof(SortKey) + 32;

using Keys = std::vector<plan::OrderBy::Key>;

/// By the keys, which are a row's first columns.
struct ByKeys {
    using Key = std::vector<SortKey>;
    void read(std::span<const TermId> row, Key& key) const {
        key.clear();
        for (std::size_t k = 0; k < keys.size(); ++k) key.emplace_back(row[k], pool);
    }
    [[nodiscard]] std::weak_ordering compare(const Key& a, const Key& b) const {
        for (std::size_t k = 0; k < keys.size(); ++k) {
            const auto order = a[k] <=> b[k];
            if (order != 0) return keys[k].descending ? 0 <=> order : order;
        }
        return std::weak_ordering::equivalent;
    }

    const Keys& keys;
    TermPool& pool;
};

/// Keeps all rows, or the best ones if only so many are wanted, and gives them out in order. Stable. Rows that there is no memory
/// for are sorted piece by piece and merged from files.
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
          width_(plan.keys.size() + columns_.size()),
          rows_(width_, context.memory, "ORDER BY"),
          memory_(context.memory, "ORDER BY") {
        for (const auto& key : plan.keys) keys_.push_back(compile(*key.expression, input_->variables(), context));
    }

private:
    bool do_next(Batch& out) override {
        if (!sorted_) {
            fill();
            sorted_ = true;
        }
        while (!out.full() && (!plan_.top || given_ < *plan_.top)) {
            if (!give_row(out)) break;
            ++given_;
        }
        return out.size > 0;
    }
    bool give_row(Batch& out) {
        if (merged_) {
            if (merged_->is_at_end()) return false;
            emit(merged_->top().data(), out);
            merged_->pop();
            return true;
        }
        if (given_ == order_.size()) return false;
        emit(rows_.row(order_[given_]).data(), out);
        return true;
    }
    void emit(const TermId* row, Batch& out) const {
        for (std::size_t c = 0; c < columns_.size(); ++c) out.column(c)[out.size] = row[keys_.size() + c];
        ++out.size;
    }

    void fill() {
        const bool bounded = plan_.top && *plan_.top < kMostBounded;
        const std::size_t limit = bounded ? 2 * *plan_.top + kBatchRows : 0;
        std::vector<TermId> row(width_);
        while (reader_.next()) {
            ++functions_.solution;
            make_room();
            auto value = row.begin();
            for (const EvaluatorPtr& key : keys_) *value++ = functions_.reader.id(key->evaluate(reader_.batch(), reader_.row(), functions_));
            for (const std::size_t column : columns_) *value++ = reader_.at(column);
            order_.push_back(rows_.append(row));
            if (limit != 0 && order_.size() >= limit) {
                sort();
                keep_top();
            }
        }
        sort();
        if (files_.empty()) return;
        write_file();
        rows_.release();
        std::vector<std::uint32_t>().swap(order_);
        memory_.release();
        merged_.emplace(std::exchange(files_, {}), by_keys());
    }

    // --- memory -----------------------------------------------------------------------------------------------------

    /// What so many rows take besides themselves while they are sorted.
    [[nodiscard]] std::size_t bytes_for(std::size_t rows) const {
        return rows * (sizeof(std::uint32_t) + keys_.size() * sizeof(std::uint32_t) + (keys_.empty() ? 0 : kBytesPerKey));
    }
    /// For one more row.
    void make_room() {
        if (rows_.has_room()) {
            const std::size_t rows = order_.size();
            if (rows < order_.capacity()) return;
            for (const std::size_t wanted : {2 * rows + kBatchRows, rows + rows / 4 + kBatchRows}) {
                if (!memory_.try_resize(bytes_for(wanted))) continue;
                order_.reserve(wanted);
                return;
            }
        }
        // Says that there is none.
        if (order_.size() < kFewestInFile) memory_.resize(bytes_for(2 * order_.size() + kBatchRows) + kBatchRows * width_ * sizeof(TermId));
        sort();
        write_file();
    }
    /// Writes what is sorted, and forgets it.
    void write_file() {
        auto file = std::make_unique<RowFile>(width_, context_.session.temporary_directory);
        CancelCheck check(context_.cancel);
        for (const std::uint32_t i : order_) {
            check.step();
            file->append(rows_.row(i));
        }
        rows_.clear();
        order_.clear();
        files_.push_back(std::move(file));
        if (files_.size() == kMostFiles) merge_files();
    }
    [[nodiscard]] ByKeys by_keys() const { return {plan_.keys, context_.pool}; }
    void merge_files() {
        auto file = std::make_unique<RowFile>(width_, context_.session.temporary_directory);
        CancelCheck check(context_.cancel);
        for (MergedFiles merged(std::exchange(files_, {}), by_keys()); !merged.is_at_end(); merged.pop()) {
            check.step();
            file->append(merged.top());
        }
        files_.push_back(std::move(file));
    }

    // --- order ------------------------------------------------------------------------------------------------------

    /// Terms are decoded once each, to rank them; the rows are then sorted by numbers.
    void sort() {
        std::vector<std::vector<std::uint32_t>> ranks;
        for (std::size_t k = 0; k < keys_.size(); ++k) {
            std::vector<TermId> terms;
            terms.reserve(order_.size());
            CancelCheck check(context_.cancel);
            for (std::uint32_t i = 0; i < order_.size(); ++i) {
                check.step();
                terms.push_back(rows_.row(i)[k]);
            }
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
        kept.reserve(order_.size() * width_);
        for (const std::uint32_t i : order_) kept.insert(kept.end(), rows_.row(i).begin(), rows_.row(i).end());
        rows_.clear();
        for (std::size_t i = 0; i < order_.size(); ++i) rows_.append({kept.data() + i * width_, width_});
        std::iota(order_.begin(), order_.end(), 0U);
    }

    void do_rewind() override {
        input_->rewind();
        reader_.restart();
        rows_.clear();
        order_.clear();
        files_.clear();
        merged_.reset();
        given_ = 0;
        sorted_ = false;
    }

    Context& context_;
    const plan::OrderBy& plan_;
    OperatorPtr input_;
    RowReader reader_;
    std::vector<std::size_t> columns_;
    FunctionContext functions_;
    std::size_t width_;  ///< of a kept row: its keys, then its columns
    RowStore rows_;
    MemoryShare memory_;
    std::vector<EvaluatorPtr> keys_;
    std::vector<std::uint32_t> order_;
    std::vector<std::unique_ptr<RowFile>> files_;  ///< sorted, of earlier rows
    std::optional<MergedFiles<ByKeys>> merged_;
    std::size_t given_ = 0;
    bool sorted_ = false;
};

}  // namespace

OperatorPtr make_order_by(const plan::OrderBy& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<OrderByOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec
