#include "parser/sparql/path_builder.hpp"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace tercet::sparql {
namespace {

using Selector = PathSearch::Selector;

Selector selector_of(const PathBuilder::SearchWords& words) {
    if (words.groups && !words.shortest) throw std::invalid_argument("GROUPS goes with SHORTEST: SHORTEST 3 GROUPS");
    if (words.groups && !words.k) throw std::invalid_argument("GROUPS needs a number: SHORTEST 3 GROUPS");
    if (words.all && words.k)
        throw std::invalid_argument("ALL takes no number: write SHORTEST 3, or SHORTEST 3 GROUPS");
    if (words.all && words.cheapest) throw std::invalid_argument("CHEAPEST goes with ANY or with a number: CHEAPEST 3");
    if (words.cheapest) return words.k ? Selector::CheapestK : Selector::AnyCheapest;
    if (words.shortest && words.groups) return Selector::ShortestKGroups;
    if (words.shortest && words.k) return Selector::ShortestK;
    if (words.shortest) return words.all ? Selector::AllShortest : Selector::AnyShortest;
    return words.any ? Selector::Any : Selector::All;
}

}  // namespace

PathPtr PathBuilder::pop() {
    PathPtr path = std::move(paths_.back());
    paths_.pop_back();
    return path;
}

std::vector<PathPtr> PathBuilder::take_from(std::size_t mark) {
    const auto first = paths_.begin() + static_cast<std::ptrdiff_t>(mark);
    std::vector<PathPtr> parts(std::make_move_iterator(first), std::make_move_iterator(paths_.end()));
    paths_.erase(first, paths_.end());
    return parts;
}

void PathBuilder::invert(Position position) {
    PathPtr path = pop();
    push({PathInverse{std::move(path)}, position});
}

void PathBuilder::repeat(std::uint64_t min, std::optional<std::uint64_t> max) {
    if (max && *max < min) {
        throw std::invalid_argument("the bounds {" + std::to_string(min) + "," + std::to_string(*max) +
                                    "} are the wrong way round");
    }
    PathPtr path = pop();
    const Position position = path->position;
    push({PathRepeat{std::move(path), min, max}, position});
}

void PathBuilder::join_sequence(std::size_t mark) {
    if (paths_.size() == mark + 1) return;
    const Position position = paths_[mark]->position;
    std::vector<PathPtr> parts = take_from(mark);
    push({PathSequence{std::move(parts)}, position});
}

void PathBuilder::join_alternatives(std::size_t mark) {
    if (paths_.size() == mark + 1) return;
    const Position position = paths_[mark]->position;
    std::vector<PathPtr> parts = take_from(mark);
    push({PathAlternative{std::move(parts)}, position});
}

void PathBuilder::open_negated_set(Position position) { negated_.push_back({{}, position}); }

void PathBuilder::negate(std::string iri, bool backward) {
    PathNegatedSet& set = negated_.back().set;
    (backward ? set.backward : set.forward).push_back(std::move(iri));
}

void PathBuilder::close_negated_set() {
    auto [set, position] = std::move(negated_.back());
    negated_.pop_back();
    set.has_backward = !set.backward.empty();
    set.has_forward = !set.forward.empty() || !set.has_backward;
    push({std::move(set), position});
}

void PathBuilder::open_search(Position position) {
    SearchWords words;
    words.position = position;
    searches_.push_back(std::move(words));
}

PathSearch PathBuilder::close_search(Variable variable) {
    SearchWords words = std::move(searches_.back());
    searches_.pop_back();
    const Selector selector = selector_of(words);
    if (words.cost != nullptr && !words.cheapest)
        throw std::invalid_argument("COST goes with CHEAPEST: CHEAPEST (path AS ?p COST ...)");
    if (words.k && *words.k == 0) throw std::invalid_argument("the number of paths must be at least 1");
    return {selector, words.k.value_or(1), words.mode.value_or(PathMode::Walk), pop(), std::move(variable),
            std::move(words.where), std::move(words.cost), words.position};
}

}  // namespace tercet::sparql
