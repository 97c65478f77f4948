#include "engine/base/large_allocator.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace tercet {
namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20U;

}  // namespace

void* allocate_large(std::size_t bytes) {
    const bool is_large = bytes >= kLargePage;
    void* const memory = is_large ? std::aligned_alloc(kLargePage, (bytes + kLargePage - 1) / kLargePage * kLargePage) : std::malloc(bytes);
    if (memory == nullptr && bytes != 0) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    if (is_large) ::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: systems may be set up to refuse it
#endif
    return memory;
}

void free_large(void* memory) noexcept { std::free(memory); }

}  // namespace tercet
