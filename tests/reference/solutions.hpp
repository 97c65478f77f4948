#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "tercet/term.hpp"

/// The reference evaluator: SPARQL 1.1 section 18 word by word, with no thought of speed. It shares the syntax tree and the
/// registry of functions with the engine, and nothing else.
namespace tercet::reference {

/// A solution mapping: from names of variables to terms. Blank nodes of patterns are variables whose names start with '.'.
using Solution = std::map<std::string, Term>;
/// A multiset of solution mappings; its order means nothing unless something is sorted.
using Multiset = std::vector<Solution>;
using Graph = std::vector<Triple>;  ///< a set: no triple is there twice

struct Dataset {
    Graph default_graph;
    std::map<std::string, Graph> named;
};

/// The definitions multiply; a random query that needs too much of it is given up.
struct TooLarge : std::runtime_error {
    TooLarge() : std::runtime_error("too large for the reference evaluator") {}
};
inline constexpr std::size_t kMostSolutions = 3000;

/// Two mappings are compatible if they agree on every variable that both have (section 18.1.8).
[[nodiscard]] inline bool compatible(const Solution& a, const Solution& b) {
    for (const auto& [name, term] : a) {
        const auto found = b.find(name);
        if (found != b.end() && !(found->second == term)) return false;
    }
    return true;
}

[[nodiscard]] inline bool share_a_variable(const Solution& a, const Solution& b) {
    for (const auto& entry : a) {
        if (b.count(entry.first) != 0) return true;
    }
    return false;
}

[[nodiscard]] inline Solution merged(Solution a, const Solution& b) {
    a.insert(b.begin(), b.end());
    return a;
}

/// A text that two mappings have in common exactly if they are equal.
[[nodiscard]] inline std::string text_of(const Solution& solution) {
    std::string text;
    for (const auto& [name, term] : solution) text += '?' + name + '=' + term.to_string() + "  ";
    return text;
}

inline void add(Multiset& to, Solution solution) {
    if (to.size() >= kMostSolutions) throw TooLarge();
    to.push_back(std::move(solution));
}

}  // namespace tercet::reference
