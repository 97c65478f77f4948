#include "engine/storage/rocks_cursor.hpp"

#include <algorithm>

#include "engine/model/index_choice.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/rocks_database.hpp"

namespace tercet::storage {
namespace {

/// So many keys are stepped over before a seek is worth its price.
constexpr int kSteps = 8;

bool is_bound(TermId id) { return !id.is_any(); }

}  // namespace

RocksCursor::RocksCursor(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, rocksdb::ReadOptions options,
                         const IndexOrder& order, const QuadPattern& pattern)
    : order_(order), pattern_(pattern) {
    const std::size_t parts = bound_prefix(order, pattern);
    filters_ = std::count_if(pattern.slot.begin(), pattern.slot.end(), is_bound) > static_cast<std::ptrdiff_t>(parts);
    const IndexKey lower(order, pattern, parts);
    // A bound default graph, last in the order, is left out of keys, and is what sorts first behind the other parts.
    const bool only_default_graph = parts == 4 && order.position[3] == 3 && !pattern.graph().is_defined();
    const std::string_view start = lower.bytes().substr(0, only_default_graph ? 24 : 8 * parts);
    upper_ = only_default_graph ? std::string(start) + '\0' : after_prefix(start);
    upper_slice_ = upper_;
    if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
    iterator_.reset(db.NewIterator(options, family));
    iterator_->Seek(rocksdb::Slice(start));
}

bool RocksCursor::next(QuadBatch& out, std::size_t limit) {
    out.size = 0;
    for (; out.size < limit && iterator_->Valid(); iterator_->Next()) {
        const Quad quad = decode_key(order_, iterator_->key().ToStringView());
        if (filters_ && !matches(pattern_, quad)) continue;
        for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = quad.slot[i];
        ++out.size;
    }
    if (out.size < limit) check(iterator_->status(), "read an index");
    return out.size > 0;
}

void RocksCursor::seek(const Quad& lower) {
    const IndexKey key(order_, lower);
    const rocksdb::Slice wanted(key.bytes());
    for (int i = 0; i < kSteps; ++i) {
        if (!iterator_->Valid() || iterator_->key().compare(wanted) >= 0) return;
        iterator_->Next();
    }
    if (iterator_->Valid() && iterator_->key().compare(wanted) < 0) iterator_->Seek(wanted);
}

}  // namespace tercet::storage
