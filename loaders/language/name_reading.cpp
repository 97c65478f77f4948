#include "loaders/language/name_reading.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace tercet::language {
namespace {

constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min() / 4;

}  // namespace

NameReading::NameReading(std::vector<NameScores> local, const NameTransitions& transitions)
    : local_(std::move(local)), transitions_(&transitions), until_(local_.size()), behind_(local_.size()), labels_(local_.size()) {
    if (local_.empty()) return;
    decode();
    look_back();
}

/// The best score in front of a word that has the label.
std::int32_t NameReading::best_until(std::size_t word, std::size_t label) const {
    if (word == 0) return may_follow(0, label) ? move(0, label) : kNever;
    std::int32_t best = kNever;
    for (std::size_t before = 0; before < kNameLabels; ++before) {
        if (may_follow(before, label)) best = std::max(best, until_[word - 1][before] + move(before, label));
    }
    return best;
}

/// The best score behind a word that has the label; `goes_on`: the name may.
std::int32_t NameReading::best_behind(std::size_t word, std::size_t label, bool goes_on) const {
    if (word + 1 == local_.size()) return 0;
    std::int32_t best = kNever;
    for (std::size_t next = 0; next < kNameLabels; ++next) {
        if (!may_follow(label, next) || (!goes_on && next != 0 && !label_begins(next))) continue;
        best = std::max(best, move(label, next) + local_[word + 1][next] + behind_[word + 1][next]);
    }
    return best;
}

/// Viterbi.
void NameReading::decode() {
    for (std::size_t i = 0; i < local_.size(); ++i) {
        for (std::size_t label = 0; label < kNameLabels; ++label) until_[i][label] = std::max(kNever, best_until(i, label) + local_[i][label]);
    }
    best_ = *std::ranges::max_element(until_.back());
    auto label = static_cast<std::size_t>(std::ranges::max_element(until_.back()) - until_.back().begin());
    for (std::size_t i = local_.size(); i-- > 0;) {
        labels_[i] = static_cast<std::uint8_t>(label);
        if (i == 0) break;
        std::size_t before = 0;
        std::int32_t best = kNever;
        for (std::size_t b = 0; b < kNameLabels; ++b) {
            const std::int32_t score = until_[i - 1][b] + move(b, label);
            if (!may_follow(b, label) || score <= best) continue;
            best = score;
            before = b;
        }
        label = before;
    }
}

void NameReading::look_back() {
    for (std::size_t i = local_.size(); i-- > 0;) {
        for (std::size_t label = 0; label < kNameLabels; ++label) behind_[i][label] = best_behind(i, label, true);
    }
}

std::vector<NameSpan> NameReading::names() const {
    std::vector<NameSpan> names;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        const NameKind kind = kind_of_label(labels_[i]);
        if (kind == NameKind::None) continue;
        if (label_begins(labels_[i])) names.push_back({static_cast<int>(i), 0, kind});
        names.back().end = static_cast<int>(i) + 1;
    }
    return names;
}

std::int32_t NameReading::cost_of(const NameSpan& name) const {
    const auto first = static_cast<std::size_t>(name.first), end = static_cast<std::size_t>(name.end);
    const std::size_t begins = name_label(name.kind, true), inside = name_label(name.kind, false);
    std::int32_t score = best_until(first, begins) + local_[first][begins];
    for (std::size_t i = first + 1; i < end; ++i) score += move(i == first + 1 ? begins : inside, inside) + local_[i][inside];
    return best_ - score - best_behind(end - 1, end == first + 1 ? begins : inside, false);
}

}  // namespace tercet::language
