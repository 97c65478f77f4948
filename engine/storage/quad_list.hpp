#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/storage/quad_order.hpp"
#include "engine/storage/sorted_run.hpp"

namespace tercet::storage {

using QuadStream = RecordStream<Quad>;

/// Distinct quads in kQuadOrder, in pieces that lie in memory or in files.
class QuadList {
public:
    QuadList() = default;
    explicit QuadList(std::vector<Quad> quads);

    /// Appends quads that follow all that are there; into a file if a directory is given.
    void append(const std::vector<Quad>& quads, const std::string& directory);

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// All of them in memory.
    [[nodiscard]] std::shared_ptr<const std::vector<Quad>> load() const;
    /// Those that belong to the order's index, sorted for it. Pieces in files are sorted one at a time, beside
    /// `directory`.
    [[nodiscard]] std::unique_ptr<QuadStream> sorted(const IndexOrder& order, const std::string& directory) const;

private:
    std::vector<SortedRun<Quad>> pieces_;
    std::uint64_t size_ = 0;
};

}  // namespace tercet::storage
