#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/quad_source.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/rocks_database.hpp"

namespace tercet::storage {

/// A snapshot of a store on the disk; keeps the database open.
class RocksSource final : public QuadSource {
public:
    explicit RocksSource(std::shared_ptr<RocksDatabase> database);
    ~RocksSource() override;
    RocksSource(const RocksSource&) = delete;
    RocksSource& operator=(const RocksSource&) = delete;

    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override;
    [[nodiscard]] bool contains(const Quad& quad) const override;
    [[nodiscard]] std::uint64_t estimate(const QuadPattern& pattern) const override;
    [[nodiscard]] PredicateStatistics predicate_statistics(TermId predicate) const override;
    [[nodiscard]] StoreStatistics statistics() const override { return counts_; }
    [[nodiscard]] std::vector<TermId> graphs() const override;
    [[nodiscard]] std::optional<TermId> find(const TermView& term) const override;
    [[nodiscard]] Term term(TermId id) const override;
    [[nodiscard]] std::vector<Term> terms(std::span<const TermId> ids) const override;
    [[nodiscard]] std::array<TermId, 3> triple(TermId id) const override;
    [[nodiscard]] std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const override { return prefixes_; }
    [[nodiscard]] std::uint64_t version() const override { return version_; }

    /// The id that the dictionary has for a hash; undefined if none.
    [[nodiscard]] TermId find_hash(const TermHash& hash) const;

private:
    [[nodiscard]] rocksdb::ReadOptions read_options() const;
    [[nodiscard]] std::optional<std::string> get(Family family, std::string_view key, std::string_view what) const;
    [[nodiscard]] std::string bytes_of(TermId id) const;
    [[nodiscard]] Term decode(TermId id, std::string_view bytes) const;
    [[nodiscard]] std::uint64_t guess(const IndexOrder& order, const QuadPattern& pattern) const;
    void read_meta();

    std::shared_ptr<RocksDatabase> database_;
    const rocksdb::Snapshot* snapshot_;
    StoreStatistics counts_;
    std::uint64_t version_ = 0;
    std::vector<std::pair<std::string, std::string>> prefixes_;
};

}  // namespace tercet::storage
