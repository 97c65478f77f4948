#pragma once

#include <cstddef>
#include <memory_resource>
#include <vector>

#include "engine/base/raw_vector.hpp"

namespace tercet {

/// Memory for many records: large pieces lie on large pages where the system has them, which spares most page faults.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void free_large(void* memory) noexcept;

/// Such memory for vectors, which do not zero what resize() adds.
template <typename Record>
struct LargeAllocator : RawAllocator<Record> {
    template <typename Other>
    struct rebind {
        using other = LargeAllocator<Other>;
    };

    LargeAllocator() noexcept = default;
    template <typename Other>
    LargeAllocator(const LargeAllocator<Other>&) noexcept {}

    [[nodiscard]] Record* allocate(std::size_t count) { return static_cast<Record*>(allocate_large(count * sizeof(Record))); }
    void deallocate(Record* records, std::size_t) noexcept { free_large(records); }
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
