#include "engine/storage/term_heap.hpp"

#include <algorithm>
#include <cstring>

namespace tercet::storage {
namespace {

constexpr std::size_t kFirstBlock = std::size_t{64} << 10U;
constexpr std::size_t kLargestBlock = std::size_t{64} << 20U;
constexpr std::size_t kInMemory = std::size_t{128} << 20U;

}  // namespace

std::string_view TermHeap::add(std::string_view bytes) {
    if (bytes.size() > free_bytes_) make_room(bytes.size());
    std::memcpy(free_, bytes.data(), bytes.size());
    const std::string_view kept(free_, bytes.size());
    terms_.push_back(kept);
    free_ += bytes.size();
    free_bytes_ -= bytes.size();
    return kept;
}

void TermHeap::make_room(std::size_t bytes) {
    free_bytes_ = std::max(bytes, std::clamp(held_, kFirstBlock, kLargestBlock));
    if (held_ < kInMemory) {
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(free_bytes_));
        free_ = blocks_.back().get();
    } else {
        make_directory(directory_);
        files_.push_back(std::make_unique<TemporaryFile>(directory_));
        free_ = files_.back()->map(free_bytes_);
    }
    held_ += free_bytes_;
}

}  // namespace tercet::storage
