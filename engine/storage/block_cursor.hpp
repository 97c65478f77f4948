#pragma once

#include <array>
#include <memory>
#include <optional>

#include "engine/model/quad_source.hpp"
#include "engine/storage/block_cache.hpp"
#include "engine/storage/delta.hpp"
#include "engine/storage/fence_index.hpp"

namespace tercet::storage {

/// Gets a block of an order by its fence.
class BlockReader {
public:
    virtual ~BlockReader() = default;
    [[nodiscard]] virtual BlockHandle read_block(const IndexOrder& order, const Fence& fence) const = 0;
};

/// The least and the greatest row that agree with the pattern in the bound parts that lead the order.
struct RowRange {
    RowRange(const IndexOrder& order, const QuadPattern& pattern);
    IndexRow lower;
    IndexRow upper;
};

/// Some rows of a block, decoded.
struct DecodedRows {
    static constexpr std::size_t kMost = 512;

    [[nodiscard]] IndexRow row(std::size_t at) const noexcept { return {part[0][at].bits(), part[1][at].bits(), part[2][at].bits(), part[3][at].bits()}; }
    /// The first of [begin, end) that is not below the row. Quick if it is near `begin`.
    [[nodiscard]] std::size_t find(const IndexRow& row, std::size_t begin, std::size_t end) const noexcept;

    std::array<std::array<TermId, kMost>, 4> part;  ///< in the order of the index
};

/// Walks the blocks of one order and the changes that came after them, between the bounds that the pattern's leading
/// parts give. Where there are no changes it decodes whole stretches; where they lie close together it decodes all rows around them
/// first, and takes what lies between them from there.
class BlockCursor final : public QuadCursor {
public:
    /// The reader, the fences and the delta must outlive the cursor.
    BlockCursor(const BlockReader& reader, const FenceIndex& fences, const Delta& delta, const IndexOrder& order,
                const QuadPattern& pattern);

    bool next(QuadBatch& out, std::size_t limit) override;
    void seek(const Quad& lower) override;
    /// How many quads are left, or at least `enough`; passes over them. Blocks that lie in the range as a whole are not looked at unless something
    /// was changed in them, or the pattern binds more than the order's leading parts and the default graph.
    [[nodiscard]] std::uint64_t count(std::uint64_t enough = ~std::uint64_t{0});

private:
    [[nodiscard]] bool enter_block();
    void open_block(std::size_t index);
    void close_block();
    void find_end();
    void find_stop();
    void copy_rows(QuadBatch& out, std::size_t limit);
    [[nodiscard]] bool changes_are_close(std::size_t room) const noexcept;
    void merge_rows(QuadBatch& out, std::size_t limit);
    void merge_decoded(std::size_t& at, std::size_t count, QuadBatch& out, std::size_t limit);
    void copy_decoded(std::size_t begin, std::size_t count, QuadBatch& out) const noexcept;
    [[nodiscard]] bool is_here(const RowChange* change) const noexcept { return change != nullptr && !(fences_[next_block_ - 1].last < change->row); }
    [[nodiscard]] std::optional<Quad> take_change();
    [[nodiscard]] std::optional<Quad> apply_change();
    [[nodiscard]] std::uint64_t count_by_fences();
    [[nodiscard]] std::uint64_t count_rows();
    void keep_matching(QuadBatch& out, std::size_t from) const;

    const BlockReader& reader_;
    const FenceIndex& fences_;
    const IndexOrder& order_;
    QuadPattern pattern_;
    bool filters_;
    bool filters_by_graph_alone_;
    RowRange range_;

    DeltaCursor changes_;
    std::size_t next_block_ = 0;  ///< to open
    BlockHandle block_;           ///< the open one, if any
    IndexRow start_;              ///< where to start in the next block
    BlockPlace place_;
    BlockWindows windows_;  ///< of the open one
    std::size_t end_ = 0;   ///< of the range in the open block
    std::size_t stop_ = 0;  ///< rows before it are not concerned by changes
    bool change_is_here_ = false;  ///< the next change belongs before end_
    std::unique_ptr<DecodedRows> decoded_;
};

}  // namespace tercet::storage
