#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/quad.hpp"
#include "engine/model/term_view.hpp"
#include "tercet/term.hpp"

namespace tercet {

/// Rows of one batch, everywhere: a column of it fits into the first-level cache.
inline constexpr std::size_t kBatchRows = 2048;

/// Up to kBatchRows quads as columns in slot order (subject, predicate, object, graph).
struct QuadBatch {
    std::array<std::array<TermId, kBatchRows>, 4> column;
    std::size_t size = 0;

    [[nodiscard]] Quad quad(std::size_t row) const noexcept { return {{column[0][row], column[1][row], column[2][row], column[3][row]}}; }
};

/// Walks the quads of a pattern in one index order.
class QuadCursor {
public:
    virtual ~QuadCursor() = default;

    /// Replaces the batch by the next quads, at most `limit`; false, and an empty batch, once and for all at the end.
    [[nodiscard]] virtual bool next(QuadBatch& out, std::size_t limit = kBatchRows) = 0;

    /// Skips forward: the next quad will be the first one of the pattern that is not below `lower` in this
    /// cursor's order. Never goes back. This is what merge joins gallop with.
    virtual void seek(const Quad& lower) = 0;
};

/// Counts for the planner, exact as of the snapshot.
struct PredicateStatistics {
    std::uint64_t triples = 0;
    std::uint64_t distinct_subjects = 0;
    std::uint64_t distinct_objects = 0;
};
struct StoreStatistics {
    std::uint64_t quads = 0;
    std::uint64_t default_graph_quads = 0;
    std::uint64_t predicates = 0;
    std::uint64_t terms = 0;
};

/// The pull seam: one immutable snapshot of a store. Any number of threads may read it at once.
class QuadSource {
public:
    virtual ~QuadSource() = default;

    /// The quads that match, sorted by `order`. The bound slots need not be a prefix of the order, but then more
    /// is read than returned. An order with named_graphs_only returns nothing of the default graph.
    /// The source must outlive the cursor.
    [[nodiscard]] virtual std::unique_ptr<QuadCursor> scan(const IndexOrder& order,
                                                           const QuadPattern& pattern) const = 0;
    [[nodiscard]] virtual bool contains(const Quad& quad) const = 0;

    /// Exactly how many quads match. Cheap if is_counted_quickly(pattern); else it may have to read what the best order leaves.
    [[nodiscard]] virtual std::uint64_t count(const QuadPattern& pattern) const = 0;
    /// About how many quads match; exact where counting is cheap, unless very much was changed there lately. Always cheap.
    [[nodiscard]] virtual std::uint64_t estimate(const QuadPattern& pattern) const = 0;
    /// All graphs together. Zeros for a predicate that is not there.
    [[nodiscard]] virtual PredicateStatistics predicate_statistics(TermId predicate) const = 0;
    [[nodiscard]] virtual StoreStatistics statistics() const = 0;
    /// The names of the named graphs that hold at least one quad, sorted by id.
    [[nodiscard]] virtual std::vector<TermId> graphs() const = 0;

    /// The id of a term, if it has an inline form or is in the dictionary.
    [[nodiscard]] virtual std::optional<TermId> find(const TermView& term) const = 0;
    /// The term of an id. Throws Error (Damaged) for an id that was never given out.
    [[nodiscard]] virtual Term term(TermId id) const = 0;
    /// The same for many at once; faster when the ids are near each other.
    [[nodiscard]] virtual std::vector<Term> terms(std::span<const TermId> ids) const = 0;

    /// The parts of a triple term. Precondition: id.tag() is TripleTerm and the id is this store's.
    [[nodiscard]] virtual std::array<TermId, 3> triple(TermId id) const = 0;
    /// The id of the triple term of these parts, if it is in the dictionary.
    [[nodiscard]] virtual std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const = 0;

    /// Prefixes that were declared in loaded documents, and the store's own, sorted by name.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> prefixes() const = 0;

    /// Grows with every commit; equal versions of one store have equal content.
    [[nodiscard]] virtual std::uint64_t version() const = 0;
};

}  // namespace tercet
