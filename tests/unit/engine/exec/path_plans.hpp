#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unit/engine/exec/exec_world.hpp"

/// Paths over example.org predicates, and plans that walk them.
namespace tercet::exec::test {

using sparql::PathPtr;
using Selector = sparql::PathSearch::Selector;

inline PathPtr make_path(decltype(sparql::Path::node) node) {
    return std::make_shared<const sparql::Path>(sparql::Path{std::move(node), {}});
}
inline PathPtr step(const std::string& name) { return make_path(sparql::PathIri{iri(name).value}); }
inline PathPtr inverse(PathPtr path) { return make_path(sparql::PathInverse{std::move(path)}); }
inline PathPtr sequence(std::vector<PathPtr> parts) { return make_path(sparql::PathSequence{std::move(parts)}); }
inline PathPtr alternative(std::vector<PathPtr> parts) { return make_path(sparql::PathAlternative{std::move(parts)}); }
inline PathPtr repeat(PathPtr path, std::uint64_t min, std::optional<std::uint64_t> max = std::nullopt) {
    return make_path(sparql::PathRepeat{std::move(path), min, max});
}
inline PathPtr none_of(std::vector<std::string> forward, std::vector<std::string> backward = {},
                       bool has_backward = false) {
    for (auto* names : {&forward, &backward}) {
        for (std::string& name : *names) name = iri(name).value;
    }
    return make_path(sparql::PathNegatedSet{std::move(forward), std::move(backward), true, has_backward});
}

inline plan::NodePtr path_scan(PathPtr path, plan::Slot subject, plan::Slot object, std::vector<VariableId> out,
                               plan::NodePtr input = nullptr, plan::Slot graph = constant({}),
                               plan::GraphScope scope = {}) {
    return node(plan::PathScan{std::move(input), subject, object, std::move(path), graph, std::move(scope)},
                std::move(out));
}

struct SearchWords {
    Selector selector;
    std::uint64_t k = 1;
    sparql::PathMode mode = sparql::PathMode::Walk;
};

/// The walk is bound to variable 2.
inline plan::NodePtr path_search(SearchWords words, PathPtr path, plan::Slot subject, plan::Slot object,
                                 std::vector<VariableId> out, plan::NodePtr input = nullptr) {
    return node(plan::PathSearch{std::move(input),
                                 subject,
                                 object,
                                 words.selector,
                                 words.k,
                                 words.mode,
                                 std::move(path),
                                 2,
                                 nullptr,
                                 nullptr,
                                 constant({}),
                                 {}},
                std::move(out));
}

}  // namespace tercet::exec::test
