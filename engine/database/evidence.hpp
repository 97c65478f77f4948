#pragma once

#include <vector>

#include "engine/model/quad_source.hpp"
#include "tercet/result.hpp"

namespace tercet {

/// Finds the sentences behind triples of a snapshot, which must outlive it.
class EvidenceFinder {
public:
    explicit EvidenceFinder(const QuadSource& source) : source_(source) {}

    /// One for each occurrence of a triple that is in the store; one without a sentence if nothing is known of any.
    void add(const Triple& triple, std::vector<Evidence>& found) const;

private:
    [[nodiscard]] Evidence describe(const Triple& triple, TermId reifier) const;

    const QuadSource& source_;
};

}  // namespace tercet
