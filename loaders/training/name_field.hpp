#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "loaders/language/name_tagger.hpp"

namespace tercet::training {

/// The conditional random field of language::NameTagger, as it learns: by AdaGrad on the likelihood of the labels.
class NameField {
public:
    using Rows = std::vector<std::vector<std::uint32_t>>;  ///< of each word

    NameField();

    /// One step for one sentence.
    void learn(const Rows& rows, const std::vector<std::uint8_t>& labels);

    /// Adds a share of another one's weights, for means of several that learn in different orders.
    void add(const NameField& other, float share);

    /// The weights in eight bits, under the names that NameTagger looks for.
    void write(language::ModelFile& file) const;

private:
    static constexpr std::size_t kLabels = language::kNameLabels;

    std::vector<float> weights_, squares_;
    std::array<float, kLabels * kLabels> transitions_{}, transition_squares_{};
};

}  // namespace tercet::training
