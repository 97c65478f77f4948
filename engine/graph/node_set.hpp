#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/model/term_id.hpp"

namespace tercet::graph {

/// A set of nodes that searches fill. Begins as a hash table; terms whose ranks lie close together, as those of a large
/// search do, move to a bitmap by rank.
class NodeSet {
public:
    /// True if it was not there. The undefined id is never there.
    bool insert(TermId id);
    [[nodiscard]] bool contains(TermId id) const;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    /// One bitmap per kind of ranked term and segment of the dictionary.
    static constexpr std::size_t kBitmaps = 64;
    struct Bitmaps {
        std::array<std::vector<std::uint64_t>, kBitmaps> words;
    };

    [[nodiscard]] std::vector<std::uint64_t>* bitmap_of(TermId id) const;
    [[nodiscard]] std::size_t slot_of(TermId id) const;
    void grow();
    void choose_bitmaps();

    std::vector<TermId> slots_;  ///< a power of two of them; undefined: free
    std::size_t used_ = 0;
    std::size_t size_ = 0;
    std::unique_ptr<Bitmaps> bitmaps_;
};

}  // namespace tercet::graph
