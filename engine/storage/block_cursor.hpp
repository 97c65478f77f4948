#pragma once

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

/// Walks the blocks of one order and the changes that came after them, between the bounds that the pattern's leading
/// parts give. Where there are no changes it decodes whole stretches.
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
};

}  // namespace tercet::storage
