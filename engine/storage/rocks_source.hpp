#pragma once

#include <memory>
#include <optional>

#include "engine/model/quad_source.hpp"
#include "engine/storage/rocks_database.hpp"

namespace tercet::storage {

/// A snapshot of a store on the disk.
class RocksSource : public QuadSource {
public:
    explicit RocksSource(std::shared_ptr<RocksDatabase> database);
    ~RocksSource() override;

    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override;
    [[nodiscard]] bool contains(const Quad& quad) const override;
    [[nodiscard]] std::uint64_t estimate(const QuadPattern& pattern) const override;
    [[nodiscard]] PredicateStatistics predicate_statistics(TermId predicate) const override;
    [[nodiscard]] StoreStatistics statistics() const override;
    [[nodiscard]] std::vector<TermId> graphs() const override;
    [[nodiscard]] std::optional<TermId> find(const TermView& term) const override;
    [[nodiscard]] Term term(TermId id) const override;
    [[nodiscard]] std::vector<Term> terms(std::span<const TermId> ids) const override;
    [[nodiscard]] std::array<TermId, 3> triple(TermId id) const override;
    [[nodiscard]] std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const override;
    [[nodiscard]] std::uint64_t version() const override { return number(kVersionKey); }

    [[nodiscard]] std::optional<TermId> find_bytes(std::string_view bytes) const;
    [[nodiscard]] std::uint64_t number(const char* key) const;

private:
    [[nodiscard]] std::string bytes_of(TermId id) const;
    [[nodiscard]] rocksdb::ReadOptions read_options() const;

    std::shared_ptr<RocksDatabase> database_;
    const rocksdb::Snapshot* snapshot_;
};

}  // namespace tercet::storage
