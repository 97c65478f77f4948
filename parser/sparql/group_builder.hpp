#pragma once

#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parser/sparql/names.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// Of expressions and groups alike.
inline constexpr std::size_t kMaxTreeDepth = 1000;

using VariableNames = std::set<std::string, std::less<>>;

/// A group that is read, and the variables it makes visible outside.
struct FinishedGroup {
    GroupPtr group;
    VariableNames visible;
    std::size_t depth = 0;  ///< of the tree that it becomes
};

/// Builds group graph patterns and knows which variables are in scope (SPARQL 18.2.1).
///
/// The elements of a group apply to one another, so a long group is a deep tree. One deeper than kMaxTreeDepth would make its
/// readers run out of stack: what adds an element throws std::invalid_argument then.
class GroupBuilder {
public:
    explicit GroupBuilder(Names& names) noexcept : names_(names) {}

    void open(Position position);
    void close();
    /// Of the triples that stand alone: CONSTRUCT WHERE, DELETE WHERE.
    [[nodiscard]] FinishedGroup wrap(std::vector<TriplePattern> triples, Position position) const;
    [[nodiscard]] FinishedGroup take_finished();

    void add_triple(TriplePattern triple);
    void add_filter(Filter filter);
    /// Any other element; it ends the basic graph pattern.
    void add(PatternElement element, const VariableNames& visible);
    /// Throws std::invalid_argument if the variable is in scope already.
    void add_bind(Bind bind);
    void add_unfold(Unfold unfold);
    void add_union(std::vector<FinishedGroup> alternatives);
    [[nodiscard]] std::size_t label_scope() const { return open_.back().label_scope; }

    /// The element that is added next contains a tree of this depth. Groups that are taken count by themselves.
    void contains(std::size_t depth);
    /// So many operations apply to what the next element contains.
    void apply_to_contained(std::size_t operations);

private:
    void check_new(const Variable& variable, const char* clause) const;
    void deepen();

    static constexpr std::size_t kNoBlock = std::numeric_limits<std::size_t>::max();
    struct Frame {
        GroupGraphPattern group;
        VariableNames visible;
        std::size_t triples_block = kNoBlock;  ///< element that the next triple belongs to
        std::size_t label_scope = 0;
        std::size_t depth = 0;         ///< of the elements so far
        std::size_t filter_depth = 0;  ///< of the filters, which apply to the whole group
        std::size_t contained = 0;     ///< depth of what the next element contains
    };

    Names& names_;
    std::vector<Frame> open_;
    std::vector<FinishedGroup> finished_;
};

}  // namespace tercet::sparql
