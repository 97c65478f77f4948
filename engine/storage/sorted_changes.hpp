#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/storage/quad_packing.hpp"
#include "engine/storage/sorted_run.hpp"

namespace tercet::storage {

/// Sorts by quad; of the changes of one quad the last is kept.
void sort_changes(std::vector<Change>& changes);
void sort_changes(RawVector<Change>& changes);

using PackedRun = std::variant<SortedRun<PackedQuad<1>>, SortedRun<PackedQuad<2>>, SortedRun<PackedQuad<4>>>;

/// Changes in ascending order of quads, one a quad, packed in a file.
class ChangeRun {
public:
    /// Of changes in any order; of those of one quad the last is kept.
    ChangeRun(std::span<const Change> changes, const std::string& directory);

    /// It has seen all quads of the run.
    [[nodiscard]] const QuadPacking& packing() const noexcept { return packing_; }
    [[nodiscard]] std::unique_ptr<RecordStream<Change>> read() const;

private:
    QuadPacking packing_;
    PackedRun run_;
};

}  // namespace tercet::storage
