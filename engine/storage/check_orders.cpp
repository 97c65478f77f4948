#include "engine/storage/check_orders.hpp"

#include <unordered_map>

#include "engine/storage/block_writer.hpp"

namespace tercet::storage {
namespace {

/// A sum that does not depend on the order in which quads come.
struct QuadSum {
    std::uint64_t quads = 0;
    TermHash hash;

    void add(const Quad& quad) {
        const TermHash one = hash_term(IndexKey(kQuadOrder, quad, 4).bytes());
        ++quads;
        hash.high += one.high;
        hash.low += one.low;
    }
    friend bool operator==(const QuadSum&, const QuadSum&) = default;
};

/// What reading an order's blocks tells.
struct OrderFacts {
    QuadSum all;
    QuadSum named;           ///< those of named graphs
    bool is_sound = true;  ///< all blocks can be read
};

std::string place_of(const IndexOrder& order, std::uint64_t block) {
    return "order " + std::string(order.name) + ", block " + std::to_string(block);
}

class OrderCheck {
public:
    OrderCheck(const RocksSource& source, const RocksDatabase& database, const KnownTerms& terms, Problems& problems,
               const IndexOrder& order)
        : source_(source),
          database_(database),
          terms_(terms),
          problems_(problems),
          order_(order),
          fences_((*source.quads().fences)[index_of(order)]) {
        for (std::size_t i = 0; i < fences_.size(); ++i) fence_of_[fences_[i].block] = i;
        first_.resize(fences_.size());
        is_there_.resize(fences_.size());
    }

    OrderFacts run() {
        const std::unique_ptr<rocksdb::Iterator> each(database_.db().NewIterator({}, database_.family(family_of(order_))));
        for (each->SeekToFirst(); each->Valid(); each->Next()) {
            block_ = decode_number(each->key().ToStringView());
            look_at(each->value().ToStringView());
        }
        if (!each->status().ok()) problem("cannot be read, or one after it: " + each->status().ToString());
        for (std::size_t i = 0; i < fences_.size(); ++i) {
            block_ = fences_[i].block;
            if (!is_there_[i])
                problem("is missing; its last quad would be " + text_of(fences_[i].last));
            else if (i > 0 && is_there_[i - 1] && !(fences_[i - 1].last < first_[i]))
                problem("starts before the block in front of it ends, with " + text_of(first_[i]));
        }
        return facts_;
    }

private:
    void problem(const std::string& what) {
        facts_.is_sound = false;
        problems_.add(place_of(order_, block_), what);
    }

    [[nodiscard]] std::string text_of(const IndexRow& row) const { return describe(source_, quad_of(order_, row)); }

    void look_at(std::string_view bytes) {
        const auto fence = fence_of_.find(block_);
        if (fence == fence_of_.end()) return problem("is there, but no fence leads to it");
        is_there_[fence->second] = true;
        try {
            const QuadBlock block(bytes);
            if (!block.is_sound(bytes)) return problem("its columns make no sense");
            compare(decode_rows(block), fences_[fence->second]);
        } catch (const Error& error) {
            problem(error.message());
        }
    }

    void compare(const std::vector<IndexRow>& rows, const Fence& fence) {
        first_[static_cast<std::size_t>(&fence - &fences_[0])] = rows.front();
        if (rows.size() != fence.rows) {
            problem("has " + std::to_string(rows.size()) + " quads, its fence says " + std::to_string(fence.rows));
        }
        if (rows.back() != fence.last) {
            problem("ends with " + text_of(rows.back()) + ", its fence says " + text_of(fence.last));
        }
        std::size_t default_rows = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Quad quad = quad_of(order_, rows[i]);
            if (i > 0 && !(rows[i - 1] < rows[i])) problem("is not in ascending order at " + describe(source_, quad));
            check_terms(quad);
            facts_.all.add(quad);
            if (quad.graph().is_defined())
                facts_.named.add(quad);
            else
                ++default_rows;
        }
        if (default_rows != fence.default_rows) {
            problem("has " + std::to_string(default_rows) + " quads of the default graph, its fence says " + std::to_string(fence.default_rows));
        }
    }

    void check_terms(const Quad& quad) {
        for (std::size_t slot = 0; slot < 4; ++slot) {
            const bool is_default_graph = slot == 3 && !quad.graph().is_defined();
            if (is_default_graph || terms_.has(quad.slot[slot])) continue;
            problems_.add(place_of(order_, block_), "a term of " + describe(source_, quad) + " is not in the dictionary");
        }
        if (!belongs_to(order_, quad)) problem("holds a quad of the default graph, " + describe(source_, quad));
    }

    const RocksSource& source_;
    const RocksDatabase& database_;
    const KnownTerms& terms_;
    Problems& problems_;
    const IndexOrder& order_;
    const FenceIndex& fences_;
    std::unordered_map<std::uint64_t, std::size_t> fence_of_;
    std::vector<IndexRow> first_;
    std::vector<bool> is_there_;
    OrderFacts facts_;
    std::uint64_t block_ = 0;
};

/// Names the quads of `order` that `other` does not have.
std::uint64_t report_missing(const RocksSource& source, const IndexOrder& order, const IndexOrder& other,
                             Problems& problems) {
    std::uint64_t missing = 0;
    const QuadPattern everything{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};
    const Delta no_changes;
    BlockCursor cursor(source, (*source.quads().fences)[index_of(order)], no_changes, order, everything);
    const auto batch = std::make_unique<QuadBatch>();
    while (cursor.next(*batch, kBatchRows)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            const Quad quad = batch->quad(i);
            if (!belongs_to(other, quad) || source.is_in_blocks(other, row_of(other, quad))) continue;
            ++missing;
            problems.add("order " + std::string(other.name),
                         "lacks " + describe(source, quad) + ", which order " + std::string(order.name) + " has");
        }
    }
    return missing;
}

void compare_orders(const RocksSource& source, const IndexOrder& order, const OrderFacts& facts, const OrderFacts& first,
                    Problems& problems) {
    const QuadSum& expected = order.named_graphs_only ? first.named : first.all;
    if (facts.all == expected || !facts.is_sound || !first.is_sound) return;
    if (report_missing(source, kQuadOrder, order, problems) + report_missing(source, order, kQuadOrder, problems) == 0) {
        problems.add("order " + std::string(order.name),
                     "has " + std::to_string(facts.all.quads) + " quads, not those of order " + std::string(kQuadOrder.name));
    }
}

}  // namespace

std::string describe(const QuadSource& source, const Quad& quad) {
    std::string text = "{";
    for (const TermId id : quad.slot) {
        if (!id.is_defined()) continue;
        text += ' ';
        try {
            text += source.term(id).to_string();
        } catch (const Error&) {
            text += "[unknown term " + std::to_string(id.bits()) + ']';
        }
    }
    return text + " }";
}

std::uint64_t check_orders(const RocksSource& source, const RocksDatabase& database, const KnownTerms& terms,
                           Problems& problems) {
    std::uint64_t blocks = 0;
    std::array<OrderFacts, kOrderCount> facts;
    for (std::size_t i = 0; i < kOrderCount; ++i) {
        facts[i] = OrderCheck(source, database, terms, problems, kIndexOrders[i]).run();
        blocks += (*source.quads().fences)[i].size();
    }
    for (std::size_t i = 1; i < kOrderCount; ++i) compare_orders(source, kIndexOrders[i], facts[i], facts[0], problems);
    return blocks;
}

}  // namespace tercet::storage
