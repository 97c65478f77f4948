#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/exec/row_store.hpp"

namespace tercet::exec {

/// Rows to be found by the solutions that are compatible with them (SPARQL 1.2 section 18.1.3): those that agree wherever both
/// are bound. Its first `key_width` columns are the shared variables.
///
/// Rows lie in groups by which of their keys are bound. A key asks every group through an index over the parts that are bound
/// on both sides, made when first needed; so unbound parts, too, are looked up and never compared one by one.
class CompatibleRows {
public:
    static constexpr std::size_t kMaxKeys = 64;

    /// Throws Error (Unsupported) for more than kMaxKeys shared variables.
    CompatibleRows(std::size_t width, std::size_t key_width, MemoryBudget& memory, CancelToken cancel, const char* owner);
    ~CompatibleRows();
    CompatibleRows(const CompatibleRows&) = delete;
    CompatibleRows& operator=(const CompatibleRows&) = delete;

    /// Whether there is memory for one more row and an index over all; takes it.
    [[nodiscard]] bool has_room();
    /// Not between the first find() and clear().
    void add(std::span<const TermId> row);
    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const { return rows_.row(i); }
    [[nodiscard]] std::uint32_t size() const noexcept { return rows_.size(); }
    void clear();

    enum class Overlap { Any, Required };  ///< Required: at least one part bound on both sides, as MINUS wants
    /// Starts to look for the rows compatible with `key`, which stays valid until the last next().
    void find(std::span<const TermId> key, Overlap overlap = Overlap::Any);
    /// The number of the next one, or kNoRow.
    [[nodiscard]] std::uint32_t next();

private:
    class Index;
    struct Group {
        std::uint64_t bound = 0;  ///< bit i: key i is bound in all of its rows
        std::vector<std::uint32_t> rows;
        std::vector<std::pair<std::uint64_t, std::unique_ptr<Index>>> indexes;
    };
    [[nodiscard]] std::uint64_t bound_parts(std::span<const TermId> row) const;
    const Index& index_of(Group& group, std::uint64_t parts);
    [[nodiscard]] static std::size_t bytes_for(std::size_t rows);

    std::size_t key_width_;
    RowStore rows_;
    CancelToken cancel_;
    MemoryShare share_;        ///< numbers of rows, and indexes
    std::size_t counted_ = 0;  ///< rows for which it has been taken
    std::size_t indexed_ = 0;  ///< members of all indexes
    std::vector<Group> groups_;

    std::span<const TermId> key_;
    std::uint64_t key_parts_ = 0;
    Overlap overlap_ = Overlap::Any;
    std::size_t group_ = 0;
    std::span<const std::uint32_t> all_;  ///< of the group that is being read, if it is read whole
    const Index* index_ = nullptr;
    std::uint32_t at_ = kNoRow;
};

}  // namespace tercet::exec
