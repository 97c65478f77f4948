#include "loaders/language/name_reading.hpp"

#include <algorithm>
#include <random>

#include "support/catch.hpp"

using namespace tercet::language;

namespace {

using Labels = std::vector<std::size_t>;

struct Scored {
    std::vector<NameScores> local;
    NameTransitions transitions{};
};

Scored random_scores(std::size_t words, std::mt19937& random) {
    Scored scored{std::vector<NameScores>(words), {}};
    for (NameScores& scores : scored.local) {
        for (std::int32_t& score : scores) score = static_cast<std::int32_t>(random() % 41) - 20;
    }
    for (std::int8_t& score : scored.transitions) score = static_cast<std::int8_t>(static_cast<int>(random() % 21) - 10);
    return scored;
}

bool is_possible(const Labels& labels) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!may_follow(i == 0 ? 0 : labels[i - 1], labels[i])) return false;
    }
    return true;
}

std::int32_t score_of(const Labels& labels, const Scored& scored) {
    std::int32_t score = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        score += scored.local[i][labels[i]] + scored.transitions[(i == 0 ? 0 : labels[i - 1]) * kNameLabels + labels[i]];
    }
    return score;
}

bool has_name(const Labels& labels, const NameSpan& name) {
    for (int i = name.first; i < name.end; ++i) {
        if (labels[static_cast<std::size_t>(i)] != name_label(name.kind, i == name.first)) return false;
    }
    const auto end = static_cast<std::size_t>(name.end);
    return end == labels.size() || labels[end] != name_label(name.kind, false);
}

/// The best score of all labellings that `accept` takes, one by one.
template <typename Accept>
std::int32_t best_of(const Scored& scored, const Accept& accept) {
    std::int32_t best = -1'000'000;
    Labels labels(scored.local.size(), 0);
    for (bool more = true; more;) {
        if (is_possible(labels) && accept(labels)) best = std::max(best, score_of(labels, scored));
        std::size_t i = 0;
        while (i < labels.size() && ++labels[i] == kNameLabels) labels[i++] = 0;
        more = i < labels.size();
    }
    return best;
}

}  // namespace

TEST_CASE("name reading: as good as trying every labelling", "[language]") {
    std::mt19937 random(7);
    for (int round = 0; round < 5; ++round) {
        const Scored scored = random_scores(4, random);
        const NameReading reading(scored.local, scored.transitions);
        const std::int32_t best = best_of(scored, [](const Labels&) { return true; });
        CHECK(score_of(Labels(reading.labels().begin(), reading.labels().end()), scored) == best);
        for (const NameSpan name : {NameSpan{0, 1, NameKind::Place}, NameSpan{1, 3, NameKind::Person}, NameSpan{0, 4, NameKind::Organisation}, NameSpan{3, 4, NameKind::Other}}) {
            CAPTURE(round, name.first, name.end);
            CHECK(reading.cost_of(name) == best - best_of(scored, [&](const Labels& labels) { return has_name(labels, name); }));
        }
        for (const NameSpan& name : reading.names()) CHECK(reading.cost_of(name) == 0);
    }
}

TEST_CASE("name reading: a sentence without words has no names", "[language]") {
    const NameTransitions transitions{};
    CHECK(NameReading({}, transitions).names().empty());
}
