#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <utility>
#include <vector>

namespace tercet {

/// Memory for many records: large pieces lie on large pages where the system has them, which spares most page faults.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void free_large(void* memory) noexcept;

/// What resize() adds to a vector of it is not zeroed: it is written to anyway.
template <typename Record>
struct LargeAllocator {
    using value_type = Record;

    LargeAllocator() noexcept = default;
    template <typename Other>
    LargeAllocator(const LargeAllocator<Other>&) noexcept {}

    [[nodiscard]] Record* allocate(std::size_t count) { return static_cast<Record*>(allocate_large(count * sizeof(Record))); }
    void deallocate(Record* records, std::size_t) noexcept { free_large(records); }

    template <typename Other>
    void construct(Other* place) noexcept(noexcept(::new (static_cast<void*>(place)) Other)) {
        ::new (static_cast<void*>(place)) Other;
    }
    template <typename Other, typename... Arguments>
    void construct(Other* place, Arguments&&... arguments) {
        std::construct_at(place, std::forward<Arguments>(arguments)...);
    }
    template <typename Other>
    friend bool operator==(const LargeAllocator&, const LargeAllocator<Other>&) noexcept {
        return true;
    }
};

/// For an arena (std::pmr::monotonic_buffer_resource) of the same memory.
class LargeMemory final : public std::pmr::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t) override { return allocate_large(bytes); }
    void do_deallocate(void* memory, std::size_t, std::size_t) override { free_large(memory); }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

template <typename Record>
using LargeVector = std::vector<Record, LargeAllocator<Record>>;

}  // namespace tercet
