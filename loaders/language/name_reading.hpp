#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "loaders/language/name_labels.hpp"

namespace tercet::language {

using NameScores = std::array<std::int32_t, kNameLabels>;                      ///< of one word's labels
using NameTransitions = std::array<std::int8_t, kNameLabels * kNameLabels>;   ///< by label before, label

/// How a conditional random field labels one sentence: its best labelling, and how far other names are from that. In whole numbers,
/// so that every machine finds the same. The transitions must outlive it.
class NameReading {
public:
    /// `local`: what the features of each word say.
    NameReading(std::vector<NameScores> local, const NameTransitions& transitions);

    [[nodiscard]] const std::vector<std::uint8_t>& labels() const noexcept { return labels_; }
    /// The names of the best labelling, from left to right.
    [[nodiscard]] std::vector<NameSpan> names() const;
    /// How much worse than the best labelling the best one is that has this name.
    [[nodiscard]] std::int32_t cost_of(const NameSpan& name) const;

private:
    void decode();
    void look_back();
    [[nodiscard]] std::int32_t move(std::size_t before, std::size_t label) const { return (*transitions_)[before * kNameLabels + label]; }
    [[nodiscard]] std::int32_t best_until(std::size_t word, std::size_t label) const;
    [[nodiscard]] std::int32_t best_behind(std::size_t word, std::size_t label, bool goes_on) const;

    std::vector<NameScores> local_;
    const NameTransitions* transitions_;
    std::vector<NameScores> until_;   ///< of the best labelling up to a word that gives it the label
    std::vector<NameScores> behind_;  ///< of the best labelling behind a word that has the label
    std::vector<std::uint8_t> labels_;
    std::int32_t best_ = 0;
};

}  // namespace tercet::language
