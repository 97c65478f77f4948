#pragma once

#include <memory>
#include <vector>

#include "engine/model/quad_source.hpp"
#include "engine/storage/sorted_quads.hpp"

namespace tercet::storage {

/// A snapshot as a transaction has changed it: what the next operation of an update request sees.
class OverlaySource final : public QuadSource {
public:
    /// `base` has the snapshot's quads, and knows the terms of all; additions are not in it, removals are. Both are
    /// sorted.
    OverlaySource(std::shared_ptr<const QuadSource> base, std::shared_ptr<const std::vector<Quad>> additions,
                  std::shared_ptr<const std::vector<Quad>> removals);

    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override;
    [[nodiscard]] bool contains(const Quad& quad) const override;
    [[nodiscard]] std::uint64_t count(const QuadPattern& pattern) const override;
    [[nodiscard]] std::uint64_t estimate(const QuadPattern& pattern) const override;
    [[nodiscard]] PredicateStatistics predicate_statistics(TermId predicate) const override;
    [[nodiscard]] StoreStatistics statistics() const override;
    [[nodiscard]] std::vector<TermId> graphs() const override;
    [[nodiscard]] std::optional<TermId> find(const TermView& term) const override { return base_->find(term); }
    [[nodiscard]] Term term(TermId id) const override { return base_->term(id); }
    [[nodiscard]] std::vector<Term> terms(std::span<const TermId> ids) const override { return base_->terms(ids); }
    [[nodiscard]] std::array<TermId, 3> triple(TermId id) const override { return base_->triple(id); }
    [[nodiscard]] std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override {
        return base_->find_triple(parts);
    }
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const override {
        return base_->prefixes();
    }
    [[nodiscard]] std::uint64_t version() const override { return base_->version(); }

private:
    std::shared_ptr<const QuadSource> base_;
    SortedQuads additions_;
    SortedQuads removals_;
};

}  // namespace tercet::storage
