#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace tercet::sparql {

/// The furthest place the grammar got stuck at, and what would have let it go on, in people's words.
class Failures {
public:
    /// To be called before a labelled rule is tried; the value goes to fail().
    [[nodiscard]] std::size_t before(const char* place) const noexcept {
        return place == furthest_ ? expected_.size() : 0;
    }

    /// The rule that was tried at `place` failed. Its label replaces those of its parts that failed at the same place.
    void fail(const char* place, std::size_t known_before, std::string_view label) {
        if (place < furthest_) return;
        if (place > furthest_) expected_.clear();
        furthest_ = place;
        expected_.resize(std::min(expected_.size(), known_before));
        if (std::find(expected_.begin(), expected_.end(), label) == expected_.end()) expected_.push_back(label);
    }

    [[nodiscard]] const char* furthest() const noexcept { return furthest_; }
    [[nodiscard]] const std::vector<std::string_view>& expected() const noexcept { return expected_; }

private:
    const char* furthest_ = nullptr;
    std::vector<std::string_view> expected_;
};

}  // namespace tercet::sparql
