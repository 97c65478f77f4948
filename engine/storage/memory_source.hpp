#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/model/quad_source.hpp"
#include "engine/storage/memory_dictionary.hpp"
#include "engine/storage/prefixes.hpp"
#include "engine/storage/sorted_quads.hpp"

namespace tercet::storage {

/// A snapshot of a MemoryStore: its own quads, and the first terms of a dictionary that grows on.
class MemorySource final : public QuadSource {
public:
    MemorySource(std::shared_ptr<const MemoryDictionary> dictionary, std::uint64_t terms,
                 std::shared_ptr<const std::vector<Quad>> quads, Prefixes prefixes, std::uint64_t version);

    [[nodiscard]] const std::shared_ptr<const std::vector<Quad>>& quads() const noexcept { return quads_; }
    [[nodiscard]] const Prefixes& prefix_map() const noexcept { return prefixes_; }

    std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override {
        return indexes_.scan(order, pattern);
    }
    bool contains(const Quad& quad) const override { return indexes_.contains(quad); }
    std::uint64_t count(const QuadPattern& pattern) const override { return indexes_.count(pattern); }
    std::uint64_t estimate(const QuadPattern& pattern) const override { return indexes_.count(pattern); }
    PredicateStatistics predicate_statistics(TermId predicate) const override;
    StoreStatistics statistics() const override;
    std::vector<TermId> graphs() const override;

    std::optional<TermId> find(const TermView& term) const override;
    Term term(TermId id) const override;
    std::vector<Term> terms(std::span<const TermId> ids) const override;
    std::array<TermId, 3> triple(TermId id) const override { return decode_parts(id); }
    std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override;
    std::vector<std::pair<std::string, std::string>> prefixes() const override {
        return {prefixes_.begin(), prefixes_.end()};
    }
    std::uint64_t version() const override { return version_; }

private:
    [[nodiscard]] std::optional<TermId> find_bytes(std::string_view bytes) const;
    [[nodiscard]] std::array<TermId, 3> decode_parts(TermId id) const;

    std::shared_ptr<const MemoryDictionary> dictionary_;
    std::uint64_t terms_;
    std::shared_ptr<const std::vector<Quad>> quads_;
    SortedQuads indexes_;
    Prefixes prefixes_;
    std::uint64_t version_;
    mutable std::mutex mutex_;
    mutable std::map<TermId, PredicateStatistics>
        statistics_;  ///< guarded by mutex_; of predicates that were asked for
};

}  // namespace tercet::storage
