#pragma once

#include <memory>

#include "engine/model/quad_source.hpp"

namespace tercet::storage {

/// Looks up one place after another in an index, in ascending order: cheaper than lookups each on their own.
class SortedProbe {
public:
    /// The source must outlive the probe.
    SortedProbe(const QuadSource& source, const IndexOrder& order);

    /// The first quad that is not below `lower`, or null. Precondition: `lower` is not below that of the call before.
    [[nodiscard]] const Quad* at_least(const Quad& lower);
    [[nodiscard]] bool contains(const Quad& quad) {
        const Quad* found = at_least(quad);
        return found != nullptr && *found == quad;
    }

private:
    const QuadSource& source_;
    const IndexOrder& order_;
    bool started_ = false;
    bool at_end_ = false;
    std::unique_ptr<QuadCursor> cursor_;
    std::unique_ptr<QuadBatch> batch_;
    Quad current_;
};

}  // namespace tercet::storage
