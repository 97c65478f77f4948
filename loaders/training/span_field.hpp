#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "loaders/language/name_tagger.hpp"

namespace tercet::training {

/// A stretch of words that may be a name, and what it is the name of.
struct SpanExample {
    std::vector<std::uint32_t> rows;
    std::array<bool, language::kSpanKinds.size()> is{};
};

/// The logistic regression by which language::NameTagger judges stretches of words: the mean of several that learn in different
/// orders, each by AdaGrad, each time without a random half of the rows, so that no weight relies on another.
class SpanField {
public:
    explicit SpanField(const std::vector<SpanExample>& examples);

    /// The weights in eight bits, under the name that NameTagger looks for.
    void write(language::ModelFile& file) const;

private:
    void learn(const SpanExample& example, std::mt19937& random);

    std::vector<float> weights_, squares_, mean_;
    std::vector<std::uint32_t> kept_;  ///< of the rows of an example
};

}  // namespace tercet::training
