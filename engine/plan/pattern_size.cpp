#include "engine/plan/pattern_size.hpp"

#include <algorithm>

#include "engine/plan/names.hpp"

namespace tercet::plan {
namespace {

TermId constant(const QuadSource& source, const algebra::PatternTerm& term) {
    const Term* known = std::get_if<Term>(&term);
    return known == nullptr ? TermId::any() : find_id(source, *known).value_or(TermId{});
}

}  // namespace

QuadPattern constants_of(const QuadSource& source, const algebra::TriplePattern& triple) {
    return {{constant(source, triple.subject), constant(source, triple.predicate), constant(source, triple.object), TermId::any()}};
}

std::uint64_t matches_of(const QuadSource& source, const algebra::TriplePattern& triple) {
    const QuadPattern pattern = constants_of(source, triple);
    const bool is_known = std::all_of(pattern.slot.begin(), pattern.slot.end(), [](TermId id) { return id.is_defined(); });
    return is_known ? source.estimate(pattern) : 0;
}

}  // namespace tercet::plan
