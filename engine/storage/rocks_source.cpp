#include "engine/storage/rocks_source.hpp"

#include <algorithm>
#include <numeric>

#include "engine/model/index_choice.hpp"
#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/sorted_changes.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

constexpr char kUnknownTerm[] = "the store is damaged: a term that is used is not in its dictionary";

std::string key_of_rank(TermId id) { return encode_number(id.rank()); }

/// Only ids that a dictionary gives out are looked up in it.
void expect_stored(TermId id) {
    if (id.is_defined() && !id.is_inline() && id.segment() == TermId::Segment::Tail) return;
    throw Error(ErrorCode::Damaged, kUnknownTerm);
}

}  // namespace

RocksSource::RocksSource(std::shared_ptr<RocksDatabase> database, QuadVersion quads)
    : database_(std::move(database)), quads_(std::move(quads)),
      snapshot_(database_->db().GetSnapshot(), [db = &database_->db()](const rocksdb::Snapshot* held) { db->ReleaseSnapshot(held); }) {}

rocksdb::ReadOptions RocksSource::read_options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_.get();
    return options;
}

std::string encode_delta_key(std::uint64_t generation, const Quad& quad) {
    std::string key = encode_number(generation);
    key += IndexKey(kQuadOrder, quad).bytes();
    return key;
}

QuadVersion QuadVersion::load(const RocksDatabase& database) {
    QuadVersion version;
    const auto fences = std::make_shared<Fences>();
    const std::unique_ptr<rocksdb::Iterator> each(database.db().NewIterator({}, database.family(Family::Fences)));
    for (each->SeekToFirst(); each->Valid(); each->Next()) {
        decode_fence(each->key().ToStringView(), each->value().ToStringView(), *fences);
    }
    check(each->status(), "read the fences of the store");
    version.fences = fences;

    std::vector<Change> changes;
    const std::unique_ptr<rocksdb::Iterator> delta(database.db().NewIterator({}, database.family(Family::Delta)));
    for (delta->SeekToFirst(); delta->Valid(); delta->Next()) {
        const std::string_view key = delta->key().ToStringView(), value = delta->value().ToStringView();
        if (key.size() < 8 || value.size() != 1) throw Error(ErrorCode::Damaged, "the store is damaged: a change makes no sense");
        changes.push_back({decode_key(kQuadOrder, key.substr(8)), value[0] != 0});
        version.generation = decode_number(key.substr(0, 8)) + 1;
    }
    check(delta->status(), "read the changes of the store");
    sort_changes(changes);
    version.delta = version.delta.with(std::move(changes));
    version.meta = std::make_shared<const StoreMeta>(StoreMeta::load(database));
    return version;
}

StoreMeta StoreMeta::load(const RocksDatabase& database) {
    StoreMeta meta;
    const std::unique_ptr<rocksdb::Iterator> each(database.db().NewIterator({}, database.family(Family::Meta)));
    for (each->SeekToFirst(); each->Valid(); each->Next()) {
        const std::string_view key = each->key().ToStringView(), value = each->value().ToStringView();
        if (key.starts_with(kPrefixKey)) meta.prefixes.emplace_back(key.substr(kPrefixKey.size()), value);
        if (key == kTermCountKey) meta.counts.terms = decode_number(value);
        if (key == kQuadCountKey) meta.counts.quads = decode_number(value);
        if (key == kDefaultQuadCountKey) meta.counts.default_graph_quads = decode_number(value);
        if (key == kPredicateCountKey) meta.counts.predicates = decode_number(value);
        if (key == kNextBlockKey) meta.next_block = decode_number(value);
        if (key == kVersionKey) meta.version = decode_number(value);
    }
    check(each->status(), "read the counters of the store");
    return meta;
}

std::optional<std::string> RocksSource::get(Family family, std::string_view key, std::string_view what) const {
    std::string value;
    const rocksdb::Status status =
        database_->db().Get(read_options(), database_->family(family), rocksdb::Slice(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    check(status, what);
    return value;
}

// --- Quads
// -------------------------------------------------------------------------------------------------------------

BlockHandle RocksSource::read_block(const IndexOrder& order, const Fence& fence) const {
    return database_->block_cache().get(fence.block, [&] {
        auto bytes = get(family_of(order), encode_number(fence.block), "read a block of quads");
        if (!bytes) throw Error(ErrorCode::Damaged, "the store is damaged: a block of quads is missing");
        return std::move(*bytes);
    });
}

std::unique_ptr<QuadCursor> RocksSource::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    return std::make_unique<BlockCursor>(*this, fences(order), quads_.delta, order, pattern);
}

bool RocksSource::contains(const Quad& quad) const {
    if (!std::all_of(quad.slot.begin(), quad.slot.end(), [this](TermId id) { return may_have(id); })) return false;
    if (const Change* change = quads_.delta.find(quad)) return change->present;
    return is_in_blocks(kQuadOrder, row_of(kQuadOrder, quad));
}

bool RocksSource::is_in_blocks(const IndexOrder& order, const IndexRow& row) const {
    const FenceIndex& index = fences(order);
    const std::size_t at = index.find(row);
    if (at == index.size()) return false;
    return read_block(order, index[at])->block.contains(row);
}

std::vector<TermId> RocksSource::graphs() const {
    std::vector<TermId> names;
    const auto cursor = scan(kByGraph, {{TermId::any(), TermId::any(), TermId::any(), TermId::any()}});
    const auto batch = std::make_unique<QuadBatch>();
    while (cursor->next(*batch, 1)) {
        names.push_back(batch->column[3][0]);
        cursor->seek({{TermId{}, TermId{}, TermId{}, TermId::from_bits(names.back().bits() + 1)}});
    }
    return names;
}

// --- Statistics
// --------------------------------------------------------------------------------------------------------

std::uint64_t RocksSource::count(const QuadPattern& pattern) const {
    const auto known = known_count(pattern);
    return known ? *known : count(pattern, quads_.delta);
}

std::uint64_t RocksSource::count(const QuadPattern& pattern, const Delta& delta) const {
    const IndexOrder& order = best_order(pattern);
    return BlockCursor(*this, fences(order), delta, order, pattern).count();
}

bool RocksSource::has_more_than(std::uint64_t count, const IndexOrder& order, const QuadPattern& pattern) const {
    return BlockCursor(*this, fences(order), quads_.delta, order, pattern).count(count + 1) > count;
}

/// What the statistics say: everything, or a predicate.
std::optional<std::uint64_t> RocksSource::known_count(const QuadPattern& pattern) const {
    const auto& [s, p, o, g] = pattern.slot;
    const bool is_default_graph = !g.is_any() && !g.is_defined();
    const bool of_all_graphs = g.is_any() || (is_default_graph && quads_.meta->counts.quads == quads_.meta->counts.default_graph_quads);
    if (!s.is_any() || !o.is_any()) return std::nullopt;
    if (!p.is_any()) return of_all_graphs ? std::optional(predicate_statistics(p).triples) : std::nullopt;
    if (g.is_any()) return quads_.meta->counts.quads;
    return is_default_graph ? std::optional(quads_.meta->counts.default_graph_quads) : std::nullopt;
}

std::uint64_t RocksSource::estimate(const QuadPattern& pattern) const {
    constexpr std::size_t kFewChanges = 1000;
    if (const auto known = known_count(pattern)) return *known;
    if (!is_counted_quickly(pattern)) return estimate_by_sample(pattern);
    const IndexOrder& order = best_order(pattern);
    const RowRange range(order, pattern);
    const bool few = quads_.delta.most_in(order, range.lower, range.upper) <= kFewChanges;
    return few ? count(pattern, quads_.delta) : estimate_changed(pattern);
}

/// As if no quad had been changed twice since the blocks were written.
std::uint64_t RocksSource::estimate_changed(const QuadPattern& pattern) const {
    const IndexOrder& order = best_order(pattern);
    const RowRange range(order, pattern);
    std::uint64_t rows = count(pattern, Delta{});
    for (DeltaCursor changes = quads_.delta.in(order, range.lower, range.upper); changes.current() != nullptr; changes.advance()) {
        if (!matches(pattern, quad_of(order, changes.current()->row))) continue;
        if (changes.current()->present)
            ++rows;
        else if (rows > 0)
            --rows;
    }
    return rows;
}

/// Where the order does not serve the whole pattern, the share that matches of the first rows tells that of all.
std::uint64_t RocksSource::estimate_by_sample(const QuadPattern& pattern) const {
    const IndexOrder& order = best_order(pattern);
    QuadPattern range = pattern;
    for (std::size_t part = bound_prefix(order, pattern); part < 4; ++part) range.slot[order.position[part]] = TermId::any();
    const auto cursor = scan(order, range);
    const auto batch = std::make_unique<QuadBatch>();
    if (!cursor->next(*batch)) return 0;
    std::uint64_t matching = 0;
    for (std::size_t i = 0; i < batch->size; ++i) matching += matches(pattern, batch->quad(i)) ? 1 : 0;
    if (batch->size < kBatchRows) return matching;
    return std::max<std::uint64_t>(1, estimate(range) * matching / batch->size);
}

PredicateStatistics RocksSource::predicate_statistics(TermId predicate) const {
    const StatisticsRows& recent = quads_.meta->recent;
    const auto found = std::lower_bound(recent.begin(), recent.end(), predicate, [](const auto& row, TermId wanted) { return row.first < wanted; });
    if (found != recent.end() && found->first == predicate) return found->second;
    const auto value = get(Family::Statistics, encode_number(predicate.bits()), "read statistics");
    return value ? decode_statistics(*value) : PredicateStatistics{};
}

// --- Terms
// -------------------------------------------------------------------------------------------------------------

TermId RocksSource::find_hash(const TermHash& hash) const {
    if (quads_.meta->counts.terms == 0) return {};
    TermCache& cache = database_->term_cache();
    const TermId recent = cache.find(hash);
    if (recent.is_defined()) return recent.rank() < quads_.meta->counts.terms ? recent : TermId{};
    const auto value = get(Family::TermIds, encode_hash(hash), "look up a term");
    if (!value) return {};
    const TermId id = decode_ranked(*value);
    cache.insert(hash, id);
    return id;
}

std::optional<TermId> RocksSource::find(const TermView& term) const {
    if (const auto id = inline_id(term)) return id;
    std::string bytes;
    if (!encode_term(
            term, [&](const TermView& part) { return find(part); }, bytes))
        return std::nullopt;
    const TermId id = find_hash(hash_term(bytes));
    return id.is_defined() ? std::optional(id) : std::nullopt;
}

std::optional<TermId> RocksSource::find_triple(const std::array<TermId, 3>& parts) const {
    const TermId id = find_hash(hash_term(encode_triple(parts)));
    return id.is_defined() ? std::optional(id) : std::nullopt;
}

std::string RocksSource::bytes_of(TermId id) const {
    expect_stored(id);
    auto bytes = get(Family::Terms, key_of_rank(id), "read a term");
    if (!bytes || bytes->empty()) throw Error(ErrorCode::Damaged, kUnknownTerm);
    return std::move(*bytes);
}

Term RocksSource::decode(TermId id, std::string_view bytes) const {
    if (bytes.empty() || tag_of(bytes) != id.tag()) throw Error(ErrorCode::Damaged, kUnknownTerm);
    if (id.tag() != TermTag::TripleTerm) return decode_term(bytes);
    const auto [s, p, o] = decode_triple(bytes);
    return Term::triple_term({term(s), term(p), term(o)});
}

Term RocksSource::term(TermId id) const {
    if (!id.is_defined()) return {};
    return id.is_inline() ? inline_term(id) : decode(id, bytes_of(id));
}

/// One lookup for all, in the order of the keys, so that terms which lie together are read together.
std::vector<Term> RocksSource::terms(std::span<const TermId> ids) const {
    std::vector<std::size_t> places(ids.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::erase_if(places, [&](std::size_t i) { return !ids[i].is_defined() || ids[i].is_inline(); });
    std::sort(places.begin(), places.end(),
              [&](std::size_t a, std::size_t b) { return ids[a].rank() < ids[b].rank(); });

    std::vector<std::string> keys;
    keys.reserve(places.size());
    for (const std::size_t place : places) {
        expect_stored(ids[place]);
        keys.push_back(key_of_rank(ids[place]));
    }
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_->db().MultiGet(read_options(), database_->family(Family::Terms), keys.size(), slices.data(),
                             values.data(), statuses.data(), true);
    std::vector<Term> found(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i].is_inline()) found[i] = inline_term(ids[i]);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (statuses[i].IsNotFound()) throw Error(ErrorCode::Damaged, kUnknownTerm);
        check(statuses[i], "read a term");
        found[places[i]] = decode(ids[places[i]], values[i].ToStringView());
    }
    return found;
}

std::array<TermId, 3> RocksSource::triple(TermId id) const {
    const std::string bytes = bytes_of(id);
    if (bytes.size() != 25 || tag_of(bytes) != TermTag::TripleTerm) throw Error(ErrorCode::Damaged, kUnknownTerm);
    return decode_triple(bytes);
}

}  // namespace tercet::storage
