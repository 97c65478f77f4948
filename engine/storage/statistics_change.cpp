#include "engine/storage/statistics_change.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/model/index_choice.hpp"

namespace tercet::storage {
namespace {

bool has(const QuadSource& source, QuadBatch& batch, TermId subject, TermId predicate, TermId object) {
    const QuadPattern pattern{{subject, predicate, object, TermId::any()}};
    return source.scan(best_order(pattern), pattern)->next(batch, 1);
}

using Pairs = std::vector<std::pair<TermId, TermId>>;

void make_distinct(Pairs& pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace

std::map<TermId, PredicateStatistics> changed_statistics(const QuadSource& before, const QuadSource& after, const std::vector<Quad>& additions,
                                                         const std::vector<Quad>& removals) {
    std::map<TermId, PredicateStatistics> result;
    const auto statistics = [&](TermId predicate) -> PredicateStatistics& {
        const auto found = result.find(predicate);
        return found != result.end() ? found->second : result.emplace(predicate, before.predicate_statistics(predicate)).first->second;
    };
    Pairs subjects, objects;
    subjects.reserve(additions.size());
    objects.reserve(additions.size());
    for (const auto* changes : {&additions, &removals}) {
        for (const Quad& quad : *changes) {
            PredicateStatistics& counts = statistics(quad.predicate());
            counts.triples += changes == &additions ? 1 : static_cast<std::uint64_t>(-1);
            subjects.emplace_back(quad.predicate(), quad.subject());
            objects.emplace_back(quad.predicate(), quad.object());
        }
    }
    make_distinct(subjects);
    make_distinct(objects);
    const auto batch = std::make_unique<QuadBatch>();
    const bool was_empty = before.statistics().quads == 0;
    const auto difference = [&](TermId s, TermId p, TermId o) {
        const int then = !was_empty && has(before, *batch, s, p, o) ? 1 : 0;
        const int now = removals.empty() || has(after, *batch, s, p, o) ? 1 : 0;
        return static_cast<std::uint64_t>(now - then);
    };
    for (const auto& [predicate, subject] : subjects) statistics(predicate).distinct_subjects += difference(subject, predicate, TermId::any());
    for (const auto& [predicate, object] : objects) statistics(predicate).distinct_objects += difference(TermId::any(), predicate, object);
    return result;
}

}  // namespace tercet::storage
