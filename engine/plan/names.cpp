#include "engine/plan/names.hpp"

#include <algorithm>

#include "engine/model/index_choice.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/planner.hpp"

namespace tercet::plan {
namespace {

void add_subjects(const QuadSource& source, TermId predicate, TermId object, std::vector<TermId>& found) {
    const QuadPattern pattern{{TermId::any(), predicate, object, TermId::any()}};
    const auto cursor = source.scan(best_order(pattern), pattern);
    const auto batch = std::make_unique<QuadBatch>();
    while (cursor->next(*batch)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            if (std::find(found.begin(), found.end(), batch->column[0][i]) == found.end()) found.push_back(batch->column[0][i]);
        }
    }
}

std::string local_name(const Term& term) { return term.value.substr(vocabulary::kNames.size()); }

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

std::optional<TermId> find_id(const QuadSource& source, const Term& term) {
    const TermViewHolder holder(term);
    return source.find(holder.view());
}

bool is_used(const QuadSource& source, TermId id) {
    for (std::size_t slot = 0; slot < 4; ++slot) {
        QuadPattern pattern{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};
        pattern.slot[slot] = id;
        if (source.estimate(pattern) > 0) return true;
    }
    return false;
}

void NameResolver::add_labelled(const std::string& predicate, const std::string& label, std::vector<TermId>& found) const {
    const auto property = find_id(source_, Term::iri(predicate));
    if (!property) return;
    for (const Term& literal : {Term::literal(label), Term::language_literal(label, "en")}) {
        if (const auto id = find_id(source_, literal)) add_subjects(source_, *property, *id, found);
    }
}

std::vector<TermId> NameResolver::look_up(const std::string& label) const {
    std::vector<TermId> found;
    add_labelled(std::string(vocabulary::rdfs::kLabel), label, found);
    add_labelled(std::string(vocabulary::skos::kAltLabel), label, found);
    return found;
}

void NameResolver::add_sub_properties(std::vector<TermId>& found) const {
    const auto sub_property = find_id(source_, Term::iri(std::string(vocabulary::rdfs::kSubPropertyOf)));
    if (!sub_property) return;
    for (std::size_t i = 0; i < found.size(); ++i) add_subjects(source_, *sub_property, TermId(found[i]), found);
}

const std::vector<TermId>& NameResolver::resolve(const Term& term) {
    static const std::vector<TermId> kNothing;
    const bool is_name = term.is_iri() && term.value.size() > vocabulary::kNames.size() && term.value.starts_with(vocabulary::kNames);
    if (!is_name) return kNothing;
    const auto known = known_.find(term.value);
    if (known != known_.end()) return known->second;

    std::vector<TermId>& found = known_[term.value];
    const auto itself = find_id(source_, term);
    std::string label = local_name(term);
    std::replace(label.begin(), label.end(), '_', ' ');
    found = look_up(label);
    if (found.empty()) found = look_up(lower(label));
    if (itself && is_used(source_, *itself) && std::find(found.begin(), found.end(), *itself) == found.end()) found.push_back(*itself);
    add_sub_properties(found);
    std::sort(found.begin(), found.end());
    if (found.size() > 1 || (found.size() == 1 && found.front() != itself)) {
        std::string names;
        for (const TermId id : found) names += (names.empty() ? ":" : ", :") + local_name(source_.term(id));
        notes_.push_back(":" + local_name(term) + " was read as " + names);
    }
    return found;
}

std::vector<Term> resolve_name(const Term& term, const QuadSource& source) {
    NameResolver resolver(source);
    std::vector<Term> terms;
    for (const TermId id : resolver.resolve(term)) terms.push_back(source.term(id));
    if (terms.empty()) terms.push_back(term);
    return terms;
}

}  // namespace tercet::plan
