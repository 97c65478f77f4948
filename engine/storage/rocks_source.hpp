#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/quad_source.hpp"
#include "engine/storage/block_cursor.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/rocks_database.hpp"

namespace tercet::storage {

/// Statistics of predicates, in ascending order of the predicates.
using StatisticsRows = std::vector<std::pair<TermId, PredicateStatistics>>;

/// What a store says of itself as a whole.
struct StoreMeta {
    StoreStatistics counts;
    std::uint64_t next_block = 0;  ///< at least one more than any block's number
    std::uint64_t version = 0;
    std::vector<std::pair<std::string, std::string>> prefixes;  ///< sorted by name
    StatisticsRows recent;  ///< of some predicates that were changed lately; kept in memory only

    /// What is on the disk.
    [[nodiscard]] static StoreMeta load(const RocksDatabase& database);
};

/// Which blocks there are, and what was committed since they were written. A value; copies share what is large.
struct QuadVersion {
    using Fences = std::array<FenceIndex, kOrderCount>;
    std::shared_ptr<const Fences> fences;
    Delta delta;
    std::uint64_t generation = 1;  ///< under which commits lie in the family of the delta
    std::shared_ptr<const StoreMeta> meta;

    /// What is on the disk.
    [[nodiscard]] static QuadVersion load(const RocksDatabase& database);
};

/// In the family of the delta: generation (8), quad (as IndexKey in kQuadOrder) -> 1, or 0 for one that is gone.
[[nodiscard]] std::string encode_delta_key(std::uint64_t generation, const Quad& quad);

/// A snapshot of a store on the disk; keeps the database open.
class RocksSource final : public QuadSource, public BlockReader {
public:
    /// The version must be what the database holds now.
    RocksSource(std::shared_ptr<RocksDatabase> database, QuadVersion quads);
    RocksSource(const RocksSource&) = delete;
    RocksSource& operator=(const RocksSource&) = delete;

    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override;
    [[nodiscard]] bool contains(const Quad& quad) const override;
    [[nodiscard]] std::uint64_t count(const QuadPattern& pattern) const override;
    [[nodiscard]] std::uint64_t estimate(const QuadPattern& pattern) const override;
    [[nodiscard]] PredicateStatistics predicate_statistics(TermId predicate) const override;
    [[nodiscard]] StoreStatistics statistics() const override { return quads_.meta->counts; }
    [[nodiscard]] std::vector<TermId> graphs() const override;
    [[nodiscard]] std::optional<TermId> find(const TermView& term) const override;
    [[nodiscard]] Term term(TermId id) const override;
    [[nodiscard]] std::vector<Term> terms(std::span<const TermId> ids) const override;
    [[nodiscard]] std::array<TermId, 3> triple(TermId id) const override;
    [[nodiscard]] std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const override { return quads_.meta->prefixes; }
    [[nodiscard]] std::uint64_t version() const override { return quads_.meta->version; }

    [[nodiscard]] const QuadVersion& quads() const noexcept { return quads_; }
    /// Whether more than so many quads match. Precondition: the order's leading parts serve the whole pattern.
    [[nodiscard]] bool has_more_than(std::uint64_t count, const IndexOrder& order, const QuadPattern& pattern) const;
    [[nodiscard]] BlockHandle read_block(const IndexOrder& order, const Fence& fence) const override;
    /// Whether the row is in a block, whatever was changed since.
    [[nodiscard]] bool is_in_blocks(const IndexOrder& order, const IndexRow& row) const;
    /// Whether a quad may hold the id: it is inline, or of the dictionary. For a new term's id no index has to be looked at.
    [[nodiscard]] bool may_have(TermId id) const noexcept {
        return !id.is_defined() || id.is_inline() || (id.segment() == TermId::Segment::Tail && id.rank() < quads_.meta->counts.terms);
    }
    /// The id that the dictionary has for a hash; undefined if none.
    [[nodiscard]] TermId find_hash(const TermHash& hash) const;

private:
    [[nodiscard]] rocksdb::ReadOptions read_options() const;
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key, std::string_view what) const;
    [[nodiscard]] std::string bytes_of(TermId id) const;
    [[nodiscard]] Term decode(TermId id, std::string_view bytes) const;
    [[nodiscard]] const FenceIndex& fences(const IndexOrder& order) const { return (*quads_.fences)[index_of(order)]; }
    [[nodiscard]] std::uint64_t count(const QuadPattern& pattern, const Delta& delta) const;
    [[nodiscard]] std::optional<std::uint64_t> known_count(const QuadPattern& pattern) const;
    [[nodiscard]] std::uint64_t estimate_changed(const QuadPattern& pattern) const;
    [[nodiscard]] std::uint64_t estimate_by_sample(const QuadPattern& pattern) const;

    std::shared_ptr<RocksDatabase> database_;
    QuadVersion quads_;
    std::shared_ptr<const rocksdb::Snapshot> snapshot_;
};

}  // namespace tercet::storage
