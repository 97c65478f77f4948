#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/quad_source.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/prefixes.hpp"
#include "engine/storage/rocks_source.hpp"
#include "engine/storage/term_heap.hpp"
#include "engine/storage/term_table.hpp"

namespace tercet::storage {

/// The dictionary of a snapshot and what a transaction adds to it; the snapshot's quads show through.
///
/// Readers may share it as long as the transaction does not intern.
class NewTerms final : public QuadSource {
public:
    /// `directory` is where terms go that do not fit into memory.
    NewTerms(std::shared_ptr<const RocksSource> base, const std::string& directory);
    NewTerms(const NewTerms&) = delete;
    NewTerms& operator=(const NewTerms&) = delete;

    [[nodiscard]] TermId intern(const TermView& term);
    /// Of the bytes of a term that has no inline form.
    [[nodiscard]] TermId intern(std::string_view bytes, const TermHash& hash);
    /// A term of this hash comes soon.
    void expect(const TermHash& hash) const noexcept { table_.prefetch(hash); }
    void declare_prefix(std::string_view name, std::string_view iri) {
        prefixes_.insert_or_assign(std::string(name), iri);
    }

    /// The bytes of the new terms; the first has the rank first_rank().
    [[nodiscard]] const TermHeap& bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::uint64_t first_rank() const noexcept { return first_rank_; }
    /// The ids of the new terms, in the order of their hashes.
    [[nodiscard]] RawVector<TermTable::Entry> by_hash() const;
    /// Puts the new terms into a cache, unless they are too many for it.
    void remember(TermCache& cache) const;
    [[nodiscard]] const Prefixes& prefix_map() const noexcept { return prefixes_; }

    std::optional<TermId> find(const TermView& term) const override;
    std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override;
    Term term(TermId id) const override;
    std::vector<Term> terms(std::span<const TermId> ids) const override;
    std::array<TermId, 3> triple(TermId id) const override;
    std::vector<std::pair<std::string, std::string>> prefixes() const override;

    std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override {
        return base_->scan(order, pattern);
    }
    bool contains(const Quad& quad) const override { return base_->contains(quad); }
    std::uint64_t count(const QuadPattern& pattern) const override { return base_->count(pattern); }
    std::uint64_t estimate(const QuadPattern& pattern) const override { return base_->estimate(pattern); }
    PredicateStatistics predicate_statistics(TermId predicate) const override {
        return base_->predicate_statistics(predicate);
    }
    StoreStatistics statistics() const override;
    std::vector<TermId> graphs() const override { return base_->graphs(); }
    std::uint64_t version() const override { return base_->version(); }

private:
    [[nodiscard]] std::optional<TermId> find_hash(const TermHash& hash) const;
    [[nodiscard]] bool is_new(TermId id) const noexcept;

    std::shared_ptr<const RocksSource> base_;
    std::uint64_t first_rank_;
    TermTable table_;
    TermHeap bytes_;
    std::string buffer_;
    FindId intern_part_;
    Prefixes prefixes_;
};

}  // namespace tercet::storage
