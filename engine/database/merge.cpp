#include <algorithm>
#include <map>

#include "engine/database/implementation.hpp"
#include "engine/database/renaming.hpp"

namespace tercet {
namespace {

/// A name that is another name of something of the same kind: ?short is the whole name of the one and a shorter one of the other.
/// What an article calls by a surname alone is of no kind that it tells.
constexpr std::string_view kSharedNames = R"(
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?short ?label ?full {
  VALUES ?kind { schema:Person schema:Organization schema:Place }
  ?full a ?kind ; skos:altLabel ?label .
  ?short rdfs:label ?label .
  { ?short a ?kind } UNION { ?short a skos:Concept }
  FILTER(?short != ?full && REGEX(?label, "^\\p{Lu}"))
} ORDER BY ?short ?full)";

}  // namespace

void Database::merge(const Merge& merge) {
    const auto transaction = implementation_->store->begin();
    add_merge(*transaction, merge);
    apply_merges(*transaction);
    transaction->commit();
}

bool Database::split(std::string_view name) {
    const auto transaction = implementation_->store->begin();
    if (!undo_merge(*transaction, name)) return false;
    transaction->commit();
    return true;
}

std::vector<Merge> Database::merges() const { return find_merges(*implementation_->store->snapshot()); }

std::vector<MergeCandidate> Database::merge_candidates() const {
    std::vector<MergeCandidate> candidates;
    QueryOptions plain;
    plain.resolve_names = false;
    for (const auto& row : query(kSharedNames, plain)) {
        const std::string name = row["short"].value;
        if (candidates.empty() || candidates.back().name != name) candidates.push_back({name, {}, row["label"].value});
        candidates.back().into.push_back(row["full"].value);
    }
    return candidates;
}

}  // namespace tercet
