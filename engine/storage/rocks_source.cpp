#include "engine/storage/rocks_source.hpp"

#include <algorithm>

#include "engine/model/index_choice.hpp"
#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

/// So many keys are stepped over before a seek is worth its price.
constexpr int kSteps = 8;
/// Estimates count up to here, and guess beyond.
constexpr std::uint64_t kCountLimit = 512;

/// The first key after all that start with these bytes; empty: there is none.
std::string after_prefix(std::string prefix) {
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF) prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

class RocksCursor final : public QuadCursor {
public:
    RocksCursor(const RocksDatabase& database, rocksdb::ReadOptions options, const IndexOrder& order, const QuadPattern& pattern)
        : order_(order), pattern_(pattern) {
        const std::size_t length = bound_prefix(order, pattern);
        for (const TermId id : pattern.slot) filters_ += id.is_any() ? 0 : 1;
        filters_ -= length;
        const std::string prefix = encode_key(key_of(order, pattern), length);
        upper_ = after_prefix(prefix);
        upper_slice_ = upper_;
        if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
        iterator_.reset(database.db().NewIterator(options, database.family(order)));
        iterator_->Seek(prefix);
    }

    bool next(QuadBatch& out, std::size_t limit) override {
        out.size = 0;
        for (; out.size < limit && iterator_->Valid(); iterator_->Next()) {
            const Quad quad = quad_of(order_, decode_key(iterator_->key()));
            if (filters_ > 0 && !matches(pattern_, quad)) continue;
            for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = quad.slot[i];
            ++out.size;
        }
        if (out.size < limit) check(iterator_->status(), "read an index");
        return out.size > 0;
    }

    void seek(const Quad& lower) override {
        const std::string wanted = encode_key(key_of(order_, lower));
        for (int i = 0; i < kSteps; ++i) {
            if (!iterator_->Valid() || iterator_->key().compare(wanted) >= 0) return;
            iterator_->Next();
        }
        if (iterator_->Valid() && iterator_->key().compare(wanted) < 0) iterator_->Seek(wanted);
    }

private:
    const IndexOrder& order_;
    QuadPattern pattern_;
    std::size_t filters_ = 0;
    std::string upper_;
    rocksdb::Slice upper_slice_;
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

bool is_only_predicate(const QuadPattern& pattern) {
    return pattern.subject().is_any() && !pattern.predicate().is_any() && pattern.object().is_any() &&
           (pattern.graph().is_any() || !pattern.graph().is_defined());
}

}  // namespace

RocksSource::RocksSource(std::shared_ptr<RocksDatabase> database) : database_(std::move(database)), snapshot_(database_->db().GetSnapshot()) {}
RocksSource::~RocksSource() { database_->db().ReleaseSnapshot(snapshot_); }

rocksdb::ReadOptions RocksSource::read_options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
}

std::unique_ptr<QuadCursor> RocksSource::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    return std::make_unique<RocksCursor>(*database_, read_options(), order, pattern);
}

bool RocksSource::contains(const Quad& quad) const {
    rocksdb::PinnableSlice value;
    const auto status = database_->db().Get(read_options(), database_->family(kIndexOrders[0]), encode_key(key_of(kIndexOrders[0], quad)), &value);
    if (status.IsNotFound()) return false;
    check(status, "look up a triple");
    return true;
}

std::uint64_t RocksSource::estimate(const QuadPattern& pattern) const {
    if (is_only_predicate(pattern)) return predicate_statistics(pattern.predicate()).triples;
    const bool nothing_bound = pattern.subject().is_any() && pattern.predicate().is_any() && pattern.object().is_any();
    if (nothing_bound && pattern.graph().is_any()) return number(kQuadCountKey);
    if (nothing_bound && !pattern.graph().is_defined()) return number(kDefaultQuadCountKey);
    const IndexOrder& order = best_order(pattern);
    const auto cursor = scan(order, pattern);
    const auto batch = std::make_unique<QuadBatch>();
    if (!cursor->next(*batch, kCountLimit)) return 0;
    if (batch->size < kCountLimit) return batch->size;
    const std::string from = encode_key(key_of(order, pattern), bound_prefix(order, pattern)), to = after_prefix(from);
    const rocksdb::Range range(from, to);
    std::uint64_t bytes = 0;
    static_cast<void>(database_->db().GetApproximateSizes({}, database_->family(order), &range, 1, &bytes));
    constexpr std::uint64_t kBytesPerKey = 12;
    return std::max(kCountLimit * 2, bytes / kBytesPerKey);
}

PredicateStatistics RocksSource::predicate_statistics(TermId predicate) const {
    std::string value;
    const auto status = database_->db().Get(read_options(), database_->family(Family::Statistics), encode_number(predicate.bits()), &value);
    if (status.IsNotFound()) return {};
    check(status, "read statistics");
    return decode_statistics(value);
}

StoreStatistics RocksSource::statistics() const {
    StoreStatistics result;
    result.quads = number(kQuadCountKey);
    result.default_graph_quads = number(kDefaultQuadCountKey);
    result.terms = number(kTermCountKey);
    const std::unique_ptr<rocksdb::Iterator> each(database_->db().NewIterator(read_options(), database_->family(Family::Statistics)));
    for (each->SeekToFirst(); each->Valid(); each->Next()) ++result.predicates;
    return result;
}

std::vector<TermId> RocksSource::graphs() const {
    std::vector<TermId> names;
    const IndexOrder& by_graph = kIndexOrders.back();
    const std::unique_ptr<rocksdb::Iterator> each(database_->db().NewIterator(read_options(), database_->family(by_graph)));
    for (each->SeekToFirst(); each->Valid();) {
        names.push_back(decode_key(each->key())[0]);
        const std::string next = after_prefix(encode_key({names.back()}, 1));
        if (next.empty()) break;
        each->Seek(next);
    }
    check(each->status(), "list the graphs");
    return names;
}

std::optional<TermId> RocksSource::find_bytes(std::string_view bytes) const {
    std::string value;
    const auto status = database_->db().Get(read_options(), database_->family(Family::TermIds), hash_of(bytes), &value);
    if (status.IsNotFound()) return std::nullopt;
    check(status, "look up a term");
    return TermId::from_bits(decode_number(value));
}

std::optional<TermId> RocksSource::find(const TermView& term) const {
    if (const auto id = inline_id(term)) return id;
    std::string bytes;
    if (!encode_term(term, [&](const TermView& part) { return find(part); }, bytes)) return std::nullopt;
    return find_bytes(bytes);
}

std::optional<TermId> RocksSource::find_triple(const std::array<TermId, 3>& parts) const { return find_bytes(encode_triple(parts)); }

std::string RocksSource::bytes_of(TermId id) const {
    std::string bytes;
    const auto status = database_->db().Get(read_options(), database_->family(Family::Terms), encode_number(id.rank()), &bytes);
    if (status.IsNotFound() || (status.ok() && bytes.empty())) throw Error(ErrorCode::Damaged, "a term that an index names is not in the dictionary");
    check(status, "read a term");
    return bytes;
}

Term RocksSource::term(TermId id) const {
    if (!id.is_defined()) return {};
    if (id.is_inline()) return inline_term(id);
    const std::string bytes = bytes_of(id);
    if (id.tag() != TermTag::TripleTerm) return decode_term(bytes);
    const auto [s, p, o] = decode_triple(bytes);
    return Term::triple_term({term(s), term(p), term(o)});
}

std::vector<Term> RocksSource::terms(std::span<const TermId> ids) const {
    std::vector<Term> found;
    found.reserve(ids.size());
    for (const TermId id : ids) found.push_back(term(id));
    return found;
}

std::array<TermId, 3> RocksSource::triple(TermId id) const { return decode_triple(bytes_of(id)); }

std::vector<std::pair<std::string, std::string>> RocksSource::prefixes() const {
    std::vector<std::pair<std::string, std::string>> found;
    const std::unique_ptr<rocksdb::Iterator> each(database_->db().NewIterator(read_options(), database_->family(Family::Meta)));
    for (each->Seek(kPrefixKey); each->Valid() && each->key().starts_with(kPrefixKey); each->Next()) {
        found.emplace_back(each->key().ToString().substr(sizeof kPrefixKey - 1), each->value().ToString());
    }
    return found;
}

std::uint64_t RocksSource::number(const char* key) const {
    std::string value;
    const auto status = database_->db().Get(read_options(), database_->family(Family::Meta), key, &value);
    if (status.IsNotFound()) return 0;
    check(status, "read a counter");
    return decode_number(value);
}

}  // namespace tercet::storage
