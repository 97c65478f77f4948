#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// Builds property paths on a stack, and the path search around one.
class PathBuilder {
public:
    void push(Path path) { paths_.push_back(std::make_shared<const Path>(std::move(path))); }
    [[nodiscard]] PathPtr pop();
    [[nodiscard]] std::size_t size() const noexcept { return paths_.size(); }

    void invert(Position position);
    void repeat(std::uint64_t min, std::optional<std::uint64_t> max);
    void join_sequence(std::size_t mark);
    void join_alternatives(std::size_t mark);

    void open_negated_set(Position position);
    void negate(std::string iri, bool backward);
    void close_negated_set();

    /// Tercet: what was written before the parenthesis of a path search.
    struct SearchWords {
        bool any = false;
        bool all = false;
        bool shortest = false;
        bool cheapest = false;
        bool groups = false;
        std::optional<std::uint64_t> k;
        std::optional<PathMode> mode;
        ExpressionPtr where;
        ExpressionPtr cost;
        Position position;
    };
    void open_search(Position position);
    [[nodiscard]] SearchWords& search() { return searches_.back(); }
    /// Throws std::invalid_argument for words that do not go together.
    [[nodiscard]] PathSearch close_search(Variable variable);

private:
    [[nodiscard]] std::vector<PathPtr> take_from(std::size_t mark);

    struct NegatedSet {
        PathNegatedSet set;
        Position position;
    };

    std::vector<PathPtr> paths_;
    std::vector<NegatedSet> negated_;
    std::vector<SearchWords> searches_;
};

}  // namespace tercet::sparql
