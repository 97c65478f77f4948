#include "engine/storage/rocks_source.hpp"

#include <algorithm>
#include <numeric>

#include "engine/model/index_choice.hpp"
#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/rocks_cursor.hpp"
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

RocksSource::RocksSource(std::shared_ptr<RocksDatabase> database)
    : database_(std::move(database)), snapshot_(database_->db().GetSnapshot()) {
    read_meta();
}

RocksSource::~RocksSource() { database_->db().ReleaseSnapshot(snapshot_); }

rocksdb::ReadOptions RocksSource::read_options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
}

void RocksSource::read_meta() {
    const std::unique_ptr<rocksdb::Iterator> each(
        database_->db().NewIterator(read_options(), database_->family(Family::Meta)));
    for (each->SeekToFirst(); each->Valid(); each->Next()) {
        const std::string_view key = each->key().ToStringView(), value = each->value().ToStringView();
        if (key.starts_with(kPrefixKey)) prefixes_.emplace_back(key.substr(kPrefixKey.size()), value);
        if (key == kTermCountKey) counts_.terms = decode_number(value);
        if (key == kQuadCountKey) counts_.quads = decode_number(value);
        if (key == kDefaultQuadCountKey) counts_.default_graph_quads = decode_number(value);
        if (key == kPredicateCountKey) counts_.predicates = decode_number(value);
        if (key == kVersionKey) version_ = decode_number(value);
    }
    check(each->status(), "read the counters of the store");
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

std::unique_ptr<QuadCursor> RocksSource::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    return std::make_unique<RocksCursor>(database_->db(), database_->family(family_of(order)), read_options(), order,
                                         pattern);
}

bool RocksSource::contains(const Quad& quad) const {
    return get(family_of(kQuadOrder), IndexKey(kQuadOrder, quad).bytes(), "look up a triple").has_value();
}

std::vector<TermId> RocksSource::graphs() const {
    std::vector<TermId> names;
    const std::unique_ptr<rocksdb::Iterator> each(
        database_->db().NewIterator(read_options(), database_->family(family_of(kByGraph))));
    for (each->SeekToFirst(); each->Valid();) {
        const Quad quad = decode_key(kByGraph, each->key().ToStringView());
        names.push_back(quad.graph());
        const std::string next = after_prefix(IndexKey(kByGraph, quad, 1).bytes());
        if (next.empty()) break;
        each->Seek(next);
    }
    check(each->status(), "list the graphs");
    return names;
}

// --- Statistics
// --------------------------------------------------------------------------------------------------------

std::uint64_t RocksSource::estimate(const QuadPattern& pattern) const {
    const auto& [s, p, o, g] = pattern.slot;
    if (s.is_any() && o.is_any() && g.is_any()) return p.is_any() ? counts_.quads : predicate_statistics(p).triples;
    if (s.is_any() && p.is_any() && o.is_any() && !g.is_defined()) return counts_.default_graph_quads;
    return guess(best_order(pattern), pattern);
}

/// Counts if that is quick. Else the share that matches of what was counted, of the size of the range.
std::uint64_t RocksSource::guess(const IndexOrder& order, const QuadPattern& pattern) const {
    constexpr std::uint64_t kCountLimit = 1000;
    QuadPattern range = pattern;
    for (std::size_t part = bound_prefix(order, pattern); part < 4; ++part)
        range.slot[order.position[part]] = TermId::any();
    const auto cursor = scan(order, range);
    const auto batch = std::make_unique<QuadBatch>();
    static_cast<void>(cursor->next(*batch, kCountLimit));
    std::uint64_t matching = 0;
    for (std::size_t i = 0; i < batch->size; ++i) {
        const Quad quad{{batch->column[0][i], batch->column[1][i], batch->column[2][i], batch->column[3][i]}};
        matching += matches(pattern, quad) ? 1 : 0;
    }
    if (batch->size < kCountLimit) return matching;

    const std::string from(IndexKey(order, pattern, bound_prefix(order, pattern)).bytes()), to = after_prefix(from);
    const std::string end = to.empty() ? std::string(33, '\xFF') : to;
    const std::array ranges{rocksdb::Range(from, end), rocksdb::Range("", std::string_view("\xFF\xFF", 2))};
    std::array<std::uint64_t, 2> bytes{};
    rocksdb::SizeApproximationOptions how;
    how.include_memtables = true;
    check(database_->db().GetApproximateSizes(how, database_->family(family_of(order)), ranges.data(), 2, bytes.data()),
          "estimate the size of a range");
    const std::uint64_t all = order.named_graphs_only ? counts_.quads - counts_.default_graph_quads : counts_.quads;
    const double share = bytes[1] == 0 ? 0 : static_cast<double>(bytes[0]) / static_cast<double>(bytes[1]);
    const auto in_range = std::max(kCountLimit, static_cast<std::uint64_t>(share * static_cast<double>(all)));
    return std::max<std::uint64_t>(1, in_range * matching / kCountLimit);
}

PredicateStatistics RocksSource::predicate_statistics(TermId predicate) const {
    const auto value = get(Family::Statistics, encode_number(predicate.bits()), "read statistics");
    return value ? decode_statistics(*value) : PredicateStatistics{};
}

// --- Terms
// -------------------------------------------------------------------------------------------------------------

TermId RocksSource::find_hash(const TermHash& hash) const {
    if (counts_.terms == 0) return {};
    const auto value = get(Family::TermIds, encode_hash(hash), "look up a term");
    return value ? TermId::from_bits(decode_number(*value)) : TermId{};
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
