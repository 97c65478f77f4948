#include "parser/sparql/group_builder.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tercet::sparql {
namespace {

void collect(const TermPattern& term, VariableNames& out) {
    if (const auto* variable = std::get_if<Variable>(&term)) {
        out.insert(variable->name);
    } else if (const auto* triple = std::get_if<std::shared_ptr<const TripleTermPattern>>(&term)) {
        collect((*triple)->subject, out);
        collect((*triple)->predicate, out);
        collect((*triple)->object, out);
    }
}

void collect(const TriplePattern& triple, VariableNames& out) {
    collect(triple.subject, out);
    if (const auto* term = std::get_if<TermPattern>(&triple.verb)) collect(*term, out);
    if (const auto* search = std::get_if<PathSearch>(&triple.verb)) out.insert(search->variable.name);
    collect(triple.object, out);
}

}  // namespace

void GroupBuilder::open(Position position) {
    Frame frame;
    frame.group.position = position;
    frame.label_scope = names_.new_label_scope();
    open_.push_back(std::move(frame));
}

void GroupBuilder::close() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    finished_.push_back({std::make_shared<GroupGraphPattern>(std::move(frame.group)), std::move(frame.visible),
                         std::max(frame.depth, frame.filter_depth)});
}

FinishedGroup GroupBuilder::wrap(std::vector<TriplePattern> triples, Position position) const {
    FinishedGroup finished;
    for (const TriplePattern& triple : triples) collect(triple, finished.visible);
    GroupGraphPattern group;
    group.position = position;
    if (!triples.empty()) group.elements.emplace_back(TriplesBlock{std::move(triples)});
    finished.group = std::make_shared<GroupGraphPattern>(std::move(group));
    return finished;
}

FinishedGroup GroupBuilder::take_finished() {
    FinishedGroup finished = std::move(finished_.back());
    finished_.pop_back();
    contains(finished.depth);
    return finished;
}

void GroupBuilder::contains(std::size_t depth) {
    if (!open_.empty()) open_.back().contained = std::max(open_.back().contained, depth);
}

void GroupBuilder::apply_to_contained(std::size_t operations) {
    if (!open_.empty()) open_.back().contained += operations;
}

void GroupBuilder::deepen() {
    Frame& frame = open_.back();
    frame.depth = std::max(frame.depth, std::exchange(frame.contained, 0)) + 1;
    if (frame.depth <= kMaxTreeDepth) return;
    throw std::invalid_argument("the group is too long: more than " + std::to_string(kMaxTreeDepth) +
                                " patterns apply to one another; split the query");
}

void GroupBuilder::add_triple(TriplePattern triple) {
    Frame& frame = open_.back();
    collect(triple, frame.visible);
    if (frame.triples_block == kNoBlock) {
        deepen();
        frame.triples_block = frame.group.elements.size();
        frame.group.elements.emplace_back(TriplesBlock{});
    }
    std::get<TriplesBlock>(frame.group.elements[frame.triples_block]).triples.push_back(std::move(triple));
}

void GroupBuilder::add_filter(Filter filter) {
    Frame& frame = open_.back();
    frame.filter_depth = std::max(frame.filter_depth, std::exchange(frame.contained, 0) + 1);
    frame.group.elements.emplace_back(std::move(filter));
}

void GroupBuilder::add(PatternElement element, const VariableNames& visible) {
    deepen();
    Frame& frame = open_.back();
    frame.group.elements.push_back(std::move(element));
    frame.visible.insert(visible.begin(), visible.end());
    frame.triples_block = kNoBlock;
    frame.label_scope = names_.new_label_scope();
}

void GroupBuilder::check_new(const Variable& variable, const char* clause) const {
    if (!open_.back().visible.contains(variable.name)) return;
    throw std::invalid_argument(std::string(clause) + " gives ?" + variable.name +
                                " a value, but it already has one in this group; choose another name");
}

void GroupBuilder::add_bind(Bind bind) {
    check_new(bind.variable, "BIND");
    const VariableNames visible{bind.variable.name};
    add(std::move(bind), visible);
}

void GroupBuilder::add_unfold(Unfold unfold) {
    check_new(unfold.element, "UNFOLD");
    VariableNames visible{unfold.element.name};
    if (unfold.index) {
        check_new(*unfold.index, "UNFOLD");
        visible.insert(unfold.index->name);
    }
    add(std::move(unfold), visible);
}

void GroupBuilder::add_union(std::vector<FinishedGroup> alternatives) {
    GroupOrUnionGraphPattern element;
    VariableNames visible;
    for (FinishedGroup& alternative : alternatives) {
        element.alternatives.push_back(std::move(alternative.group));
        visible.merge(alternative.visible);
    }
    add(std::move(element), visible);
}

}  // namespace tercet::sparql
