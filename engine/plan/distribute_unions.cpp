#include <algorithm>
#include <functional>

#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/plan/nodes.hpp"
#include "engine/plan/passes.hpp"
#include "engine/plan/pattern_size.hpp"

namespace tercet::plan {
namespace {

using algebra::NodePtr;

/// A pattern that so few triples match is worth looking up once for each branch.
constexpr std::uint64_t kFewTriples = 1'000;
constexpr std::size_t kMostBranches = 16;

/// The union over joins is the join with a union: a small pattern beside a union goes into every branch, where the join begins
/// with it instead of with all that the branch matches.
class Distributor {
public:
    explicit Distributor(const QuadSource& source) : source_(source) {}

    NodePtr operator()(const NodePtr& node) const {
        const NodePtr inner = algebra::with_inputs(node, std::ref(*this));
        return std::holds_alternative<algebra::Join>(inner->node) ? distributed(inner) : inner;
    }

private:
    [[nodiscard]] NodePtr distributed(const NodePtr& join) const {
        std::vector<NodePtr> parts;
        take_apart(join, parts);
        const auto is_bgp = [](const NodePtr& part) { return std::holds_alternative<algebra::Bgp>(part->node); };
        const auto others = std::stable_partition(parts.begin(), parts.end(), is_bgp);
        const std::vector<NodePtr> patterns(parts.begin(), others);
        if (std::none_of(patterns.begin(), patterns.end(), [&](const NodePtr& part) { return is_small(std::get<algebra::Bgp>(part->node)); })) return join;
        const NodePtr beside = joined(patterns);
        const auto found = std::find_if(others, parts.end(), [&](const NodePtr& part) { return profits(*part, *beside); });
        if (found == parts.end()) return join;
        algebra::Union made;
        for (const NodePtr& branch : std::get<algebra::Union>((*found)->node).inputs) made.inputs.push_back(algebra::make_node(algebra::Join{beside, branch}));
        *found = algebra::make_node(std::move(made));
        return joined({others, parts.end()});
    }

    static void take_apart(const NodePtr& node, std::vector<NodePtr>& parts) {
        const auto* join = std::get_if<algebra::Join>(&node->node);
        if (join == nullptr) return parts.push_back(node);
        take_apart(join->left, parts);
        take_apart(join->right, parts);
    }
    static NodePtr joined(const std::vector<NodePtr>& parts) {
        NodePtr all = parts.front();
        for (std::size_t i = 1; i < parts.size(); ++i) all = algebra::make_node(algebra::Join{std::move(all), parts[i]});
        return all;
    }
    [[nodiscard]] bool is_small(const algebra::Bgp& bgp) const {
        return std::any_of(bgp.triples.begin(), bgp.triples.end(), [&](const algebra::TriplePattern& triple) { return matches_of(source_, triple) <= kFewTriples; });
    }
    /// Whether every branch of a union has something to join with.
    static bool profits(const algebra::Node& part, const algebra::Node& beside) {
        const auto* branches = std::get_if<algebra::Union>(&part.node);
        if (branches == nullptr || branches->inputs.size() > kMostBranches) return false;
        const VariableList known = algebra::surely_bound(beside);
        return std::all_of(branches->inputs.begin(), branches->inputs.end(),
                           [&](const NodePtr& branch) { return !common(known, algebra::surely_bound(*branch)).empty(); });
    }

    const QuadSource& source_;
};

}  // namespace

algebra::NodePtr distribute_unions(const algebra::NodePtr& node, PassContext& context) { return Distributor(context.pool.source())(node); }

}  // namespace tercet::plan
