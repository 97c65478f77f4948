#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/temporary_file.hpp"

namespace tercet::storage {

/// The bytes of new terms, one behind the other; they never move.
///
/// What goes beyond a first part lies in temporary files that are mapped, so the system may put it out of memory.
class TermHeap {
public:
    explicit TermHeap(std::string directory) : directory_(std::move(directory)) {}

    /// Returns the bytes as they are kept.
    std::string_view add(std::string_view bytes);
    [[nodiscard]] std::string_view operator[](std::size_t index) const { return terms_[index]; }
    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
    [[nodiscard]] bool has_files() const noexcept { return !files_.empty(); }

private:
    void make_room(std::size_t bytes);

    std::string directory_;
    std::vector<std::string_view> terms_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::vector<std::unique_ptr<TemporaryFile>> files_;
    std::size_t held_ = 0;
    char* free_ = nullptr;
    std::size_t free_bytes_ = 0;
};

}  // namespace tercet::storage
