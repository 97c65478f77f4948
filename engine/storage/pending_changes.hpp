#pragma once

#include <cstdint>
#include <vector>

#include "engine/model/quad.hpp"
#include "engine/model/quad_source.hpp"

namespace tercet::storage {

/// What a transaction wants changed, and what that comes to against a snapshot. Of several changes of one quad the last counts.
class PendingChanges {
public:
    void add(const Quad& quad) { steps_.push_back({quad, true}); }
    void remove(const Quad& quad) { steps_.push_back({quad, false}); }

    /// Works out additions() and removals(): what is really new, what is really gone. Both sorted, without duplicates.
    void settle(const QuadSource& base);

    [[nodiscard]] const std::vector<Quad>& additions() const noexcept { return additions_; }
    [[nodiscard]] const std::vector<Quad>& removals() const noexcept { return removals_; }

private:
    struct Step {
        Quad quad;
        bool present;
    };
    std::vector<Step> steps_;
    std::vector<Quad> additions_;
    std::vector<Quad> removals_;
};

}  // namespace tercet::storage
