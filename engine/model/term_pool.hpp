#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/memory_budget.hpp"
#include "engine/model/quad_source.hpp"

namespace tercet {

/// The terms of one query: those of the snapshot, and those that the query makes.
///
/// Keeps the promise that equal ids are equal terms: intern() first looks for an inline form, then in the snapshot, and
/// only then gives out a local id. Not thread-safe; one per running query.
class TermPool {
public:
    explicit TermPool(std::shared_ptr<const QuadSource> source);
    /// The terms that the query makes count for `memory`, which must outlive the pool.
    TermPool(std::shared_ptr<const QuadSource> source, MemoryBudget& memory);
    ~TermPool();
    TermPool(const TermPool&) = delete;
    TermPool& operator=(const TermPool&) = delete;

    [[nodiscard]] const QuadSource& source() const noexcept { return *source_; }
    [[nodiscard]] const std::shared_ptr<const QuadSource>& source_pointer() const noexcept { return source_; }

    [[nodiscard]] TermId intern(const Term& term);
    [[nodiscard]] TermId intern_view(const TermView& term);
    [[nodiscard]] TermId intern_triple(const std::array<TermId, 3>& parts);
    /// A blank node that is nowhere else.
    [[nodiscard]] TermId fresh_blank_node();
    /// A path: start node, then the edges; `forward[i]` tells whether edge i was walked along its arrow. See PathValue.
    struct PathValue {
        TermId start;
        std::pmr::vector<std::array<TermId, 3>> edges;  ///< subject, predicate, object as stored
        std::pmr::vector<bool> forward;
        double cost = 0;
        std::pmr::vector<TermId> items = {};  ///< of a list, which has nothing else
        bool is_list = false;
        friend bool operator==(const PathValue&, const PathValue&) = default;
    };
    [[nodiscard]] TermId intern_path(const PathValue& path);
    /// A list of terms. Its id has the tag Path; as a term it is a literal of the datatype cdt:List.
    [[nodiscard]] TermId intern_list(std::pmr::vector<TermId> items) { return intern_path({{}, {}, {}, 0, std::move(items), true}); }
    /// Precondition: id.tag() is Path. Valid as long as the pool.
    [[nodiscard]] const PathValue& path(TermId id) const;

    /// The term of any id of this query, a path as Term::path. Decoded store terms are kept in a bounded cache.
    [[nodiscard]] Term term(TermId id);
    [[nodiscard]] std::array<TermId, 3> triple(TermId id) const;

private:
    [[nodiscard]] Term list_literal(const std::pmr::vector<TermId>& items);
    struct Local;
    std::shared_ptr<const QuadSource> source_;
    std::unique_ptr<Local> local_;
};

}  // namespace tercet
