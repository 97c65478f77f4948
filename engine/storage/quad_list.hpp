#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/storage/quad_packing.hpp"
#include "engine/storage/sorted_run.hpp"

namespace tercet::storage {

using QuadStream = RecordStream<Quad>;

/// Distinct quads in kQuadOrder, all in memory, or packed in pieces that lie in files.
class QuadList {
public:
    QuadList() : QuadList(std::vector<Quad>()) {}
    explicit QuadList(std::vector<Quad> quads);
    /// For pieces of quads that the packing has seen, in files in `directory`. Sorting holds up to so many bytes in memory for
    /// each order, besides the piece that it is at.
    QuadList(const QuadPacking& packing, std::string directory, std::size_t memory);

    /// Appends quads that follow all that are there, as a piece.
    void append(const std::vector<Quad>& quads);

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// All of them in memory.
    [[nodiscard]] std::shared_ptr<const std::vector<Quad>> load() const;
    /// Those that belong to the order's index, sorted for it. Pieces are sorted one at a time, and those that do not fit into memory kept in more files.
    [[nodiscard]] std::unique_ptr<QuadStream> sorted(const IndexOrder& order) const;

private:
    template <std::size_t Words>
    using Pieces = std::vector<SortedRun<PackedQuad<Words>>>;

    template <std::size_t Words>
    [[nodiscard]] std::unique_ptr<QuadStream> sorted_in_memory(const IndexOrder& order) const;
    template <std::size_t Words>
    [[nodiscard]] std::unique_ptr<QuadStream> merged(const Pieces<Words>& pieces, const IndexOrder& order) const;

    QuadPacking packing_;
    std::shared_ptr<const std::vector<Quad>> memory_;  ///< null: in pieces
    std::variant<Pieces<1>, Pieces<2>, Pieces<4>> pieces_;
    std::string directory_;
    std::size_t sort_memory_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace tercet::storage
