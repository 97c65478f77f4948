#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace tercet::language {

/// What the first layer makes of a word before it looks at its neighbours: that depends on the form alone, and texts repeat
/// their words. Bounded; starts again when it is full. Many threads may use it.
class ProjectionCache {
public:
    explicit ProjectionCache(std::size_t width) : width_(width) {}

    /// Copies the word's vector to `out`; false if it is not known.
    [[nodiscard]] bool copy(const std::string& form, float* out) const {
        const std::lock_guard lock(mutex_);
        const auto found = vectors_.find(form);
        if (found == vectors_.end()) return false;
        std::copy_n(found->second.data(), width_, out);
        return true;
    }
    void keep(const std::string& form, const float* vector) {
        const std::lock_guard lock(mutex_);
        if (vectors_.size() >= kMost) vectors_.clear();
        vectors_.try_emplace(form, vector, vector + width_);
    }

private:
    static constexpr std::size_t kMost = 4096;  ///< words; 4 KB each

    std::size_t width_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::vector<float>> vectors_;  ///< guarded by mutex_
};

}  // namespace tercet::language
