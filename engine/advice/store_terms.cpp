#include "engine/advice/store_terms.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

#include "engine/model/index_choice.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/names.hpp"
#include "parser/sparql/spelling.hpp"

namespace tercet::advice {
namespace {

constexpr std::size_t kMostCandidates = 2'000;
constexpr std::size_t kMostSuggestions = 3;
constexpr std::size_t kLongestText = 60;

/// The order in which the pattern's quads lie together, sorted by `slot`.
const IndexOrder& order_for(const QuadPattern& pattern, std::size_t slot) {
    const std::size_t bound = bound_parts(pattern);
    for (const IndexOrder& order : kIndexOrders) {
        if (!order.named_graphs_only && bound_prefix(order, pattern) == bound && order.position[bound] == slot) return order;
    }
    return best_order(pattern);
}

struct Name {
    std::string_view space;
    std::string_view local;
};

Name parts_of(std::string_view iri) {
    const std::size_t end = iri.find_last_of("#/:");
    const std::size_t start = end == std::string_view::npos ? 0 : end + 1;
    return {iri.substr(0, start), iri.substr(start)};
}

std::optional<std::size_t> near(std::string_view a, std::string_view b) {
    if (a.size() > kLongestText || b.size() > kLongestText) return std::nullopt;
    return sparql::near_distance(a, b);
}

std::optional<std::size_t> name_distance(std::string_view a, std::string_view b) {
    const Name x = parts_of(a), y = parts_of(b);
    if (a == b || x.local.empty()) return std::nullopt;
    if (sparql::upper_case(x.local) == sparql::upper_case(y.local)) return 0;
    return x.space == y.space ? near(x.local, y.local) : std::nullopt;
}

std::optional<std::size_t> text_distance(const Term& a, const Term& b) {
    if (!b.is_literal() || a == b) return std::nullopt;
    if (sparql::upper_case(a.value) == sparql::upper_case(b.value)) return 0;
    const bool is_text = a.datatype == vocabulary::xsd::kString || !a.language.empty();
    return is_text && a.datatype == b.datatype && a.value.size() >= 4 ? near(a.value, b.value) : std::nullopt;
}

using Distance = std::function<std::optional<std::size_t>(const Term&)>;

std::vector<Term> nearest(const std::vector<Term>& candidates, const Distance& distance) {
    std::vector<Term> found;
    std::size_t best = kLongestText;
    for (const Term& candidate : candidates) {
        const auto here = distance(candidate);
        if (!here || *here > best) continue;
        if (*here < best) found.clear();
        best = *here;
        if (found.size() < kMostSuggestions) found.push_back(candidate);
    }
    return found;
}

}  // namespace

std::vector<Term> terms_at(const QuadSource& source, const QuadPattern& pattern, std::size_t slot) {
    const auto cursor = source.scan(order_for(pattern, slot), pattern);
    const auto batch = std::make_unique<QuadBatch>();
    std::vector<TermId> found;
    while (found.size() < kMostCandidates && cursor->next(*batch, 1)) {
        found.push_back(batch->column[slot][0]);
        Quad next{};
        for (std::size_t i = 0; i < next.slot.size(); ++i) {
            if (!pattern.slot[i].is_any()) next.slot[i] = pattern.slot[i];
        }
        next.slot[slot] = TermId::from_bits(found.back().bits() + 1);
        cursor->seek(next);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return source.terms(found);
}

std::vector<Term> nearest_names(const Term& wanted, const std::vector<Term>& candidates) {
    return nearest(candidates, [&](const Term& candidate) { return candidate.is_iri() ? name_distance(wanted.value, candidate.value) : std::nullopt; });
}

std::vector<Term> nearest_literals(const Term& wanted, const std::vector<Term>& candidates) {
    return nearest(candidates, [&](const Term& candidate) { return text_distance(wanted, candidate); });
}

std::vector<Term> known_variants(const QuadSource& source, const Term& literal, const std::vector<Term>& examples) {
    std::vector<Term> found;
    for (const Term& example : examples) {
        if (!example.is_literal()) continue;
        Term variant = example;
        variant.value = literal.value;
        const bool is_new = std::find(found.begin(), found.end(), variant) == found.end();
        if (!is_new || variant == literal || found.size() == kMostSuggestions) continue;
        const auto id = plan::find_id(source, variant);
        if (id && plan::is_used(source, *id)) found.push_back(std::move(variant));
    }
    return found;
}

}  // namespace tercet::advice
