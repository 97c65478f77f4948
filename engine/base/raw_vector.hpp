#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace tercet {

/// Leaves what resize() adds to a vector of numbers as it comes, for those who write to it anyway. Unlike LargeVector it takes what
/// malloc has: better for what is freed and taken again.
template <typename Record>
struct RawAllocator : std::allocator<Record> {
    template <typename Other>
    struct rebind {
        using other = RawAllocator<Other>;
    };

    RawAllocator() noexcept = default;
    template <typename Other>
    RawAllocator(const RawAllocator<Other>&) noexcept {}

    template <typename Other>
    void construct(Other* place) noexcept(noexcept(::new (static_cast<void*>(place)) Other)) {
        ::new (static_cast<void*>(place)) Other;
    }
    template <typename Other, typename... Arguments>
    void construct(Other* place, Arguments&&... arguments) {
        std::construct_at(place, std::forward<Arguments>(arguments)...);
    }
};

template <typename Record>
using RawVector = std::vector<Record, RawAllocator<Record>>;

}  // namespace tercet
