#include <algorithm>
#include <set>

#include "engine/advice/checks.hpp"
#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/plan/pattern_size.hpp"

namespace tercet::advice {
namespace {

using algebra::NodePtr;
using algebra::VariableId;
using Scope = std::set<VariableId>;

/// Something that stands in a group, with what it has in common with the rest.
struct Part {
    Scope variables;
    bool multiplies = false;     ///< a pattern of many solutions, as far as one can see
    sparql::Position position;
    std::vector<NodePtr> inside;  ///< groups within it, which see its neighbours
};

/// Parts that are connected through each other.
struct Component {
    Scope variables;
    std::vector<const Part*> parts;
};

bool overlap(const Scope& a, const Scope& b) {
    return std::any_of(a.begin(), a.end(), [&](VariableId variable) { return b.count(variable) != 0; });
}

std::vector<Component> components_of(const std::vector<Part>& parts) {
    std::vector<Component> components;
    for (const Part& part : parts) {
        Component joined{part.variables, {&part}};
        std::erase_if(components, [&](const Component& each) {
            if (!overlap(each.variables, part.variables)) return false;
            joined.variables.insert(each.variables.begin(), each.variables.end());
            joined.parts.insert(joined.parts.begin(), each.parts.begin(), each.parts.end());
            return true;
        });
        components.push_back(std::move(joined));
    }
    return components;
}

class ProductCheck {
public:
    explicit ProductCheck(const Subject& subject) : subject_(subject), variables_(subject.query.variables) {}

    Remarks operator()() {
        group(subject_.query.node, {});
        return std::move(remarks_);
    }

private:
    /// `outside`: the variables of what stands beside the group.
    void group(const NodePtr& node, const Scope& outside) {
        std::vector<Part> parts;
        gather(node, parts);
        parts.push_back({outside, false, {}, {}});
        complain(components_of(parts));
        for (const Part& part : parts) {
            Scope beside;
            for (const Part& other : parts) {
                if (&other != &part) beside.insert(other.variables.begin(), other.variables.end());
            }
            for (const NodePtr& inside : part.inside) group(inside, beside);
        }
    }

    void complain(const std::vector<Component>& components) {
        const Part* first = nullptr;
        for (const Component& component : components) {
            const bool multiplies = std::all_of(component.parts.begin(), component.parts.end(), [](const Part* part) {
                return part->multiplies || part->position.line == 0;
            });
            const auto patterns = std::find_if(component.parts.begin(), component.parts.end(), [](const Part* part) { return part->multiplies; });
            if (!multiplies || patterns == component.parts.end()) continue;
            if (first != nullptr) {
                remarks_.push_back({"nothing connects this pattern (" + names(component.variables) + ") with " + names(first->variables) +
                                        ": every solution of one is paired with every solution of the other; share a variable",
                                    (*patterns)->position});
            }
            if (first == nullptr) first = *patterns;
        }
    }
    [[nodiscard]] std::string names(const Scope& scope) const {
        std::string text;
        for (const VariableId id : scope) {
            if (!variables_.is_hidden(id)) text += (text.empty() ? "?" : " ?") + variables_.name(id);
        }
        return text.empty() ? "a blank node" : text;
    }

    // --- what stands in a group -------------------------------------------------------------------------------------

    void gather(const NodePtr& node, std::vector<Part>& parts) {
        std::visit([&](const auto& n) { gather(n, node, parts); }, node->node);
    }
    void gather(const algebra::Join& n, const NodePtr&, std::vector<Part>& parts) {
        gather(n.left, parts);
        gather(n.right, parts);
    }
    void gather(const algebra::Bgp& n, const NodePtr&, std::vector<Part>& parts) {
        for (const algebra::TriplePattern& triple : n.triples) {
            const NodePtr alone = algebra::make_node(algebra::Bgp{{triple}, n.graph});
            const Scope scope = scope_of(alone);
            parts.push_back({scope, !scope.empty() && plan::matches_of(subject_.source, triple) > 1, triple.position, {}});
        }
    }
    void gather(const algebra::PathPattern& n, const NodePtr& node, std::vector<Part>& parts) { search(n, node, parts); }
    void gather(const algebra::PathSearch& n, const NodePtr& node, std::vector<Part>& parts) { search(n, node, parts); }
    template <typename Search>
    void search(const Search& n, const NodePtr& node, std::vector<Part>& parts) {
        const bool is_anchored = !std::holds_alternative<algebra::Var>(n.subject) && !std::holds_alternative<algebra::Var>(n.object);
        parts.push_back({scope_of(node), !is_anchored, n.path->position, {}});
    }
    void gather(const algebra::Filter& n, const NodePtr&, std::vector<Part>& parts) {
        gather(n.input, parts);
        parts.push_back({read_by(*n.condition), false, {}, {}});
    }
    void gather(const algebra::Extend& n, const NodePtr&, std::vector<Part>& parts) {
        gather(n.input, parts);
        Part part{read_by(*n.expression), false, {}, {}};
        part.variables.insert(n.variable);
        parts.push_back(std::move(part));
    }
    void gather(const algebra::LeftJoin& n, const NodePtr&, std::vector<Part>& parts) {
        gather(n.left, parts);
        Part part{scope_of(n.right), false, {}, {n.right}};
        if (n.condition) part.variables.merge(read_by(*n.condition));
        parts.push_back(std::move(part));
    }
    void gather(const algebra::Minus& n, const NodePtr&, std::vector<Part>& parts) { gather(n.left, parts); }
    void gather(const algebra::Union& n, const NodePtr& node, std::vector<Part>& parts) {
        parts.push_back({scope_of(node), false, {}, n.inputs});
    }
    /// What is computed, or a group of its own that is joined as a whole.
    template <typename Other>
    void gather(const Other&, const NodePtr& node, std::vector<Part>& parts) {
        parts.push_back({scope_of(node), false, {}, {}});
        (void)algebra::with_inputs(node, [&](const NodePtr& input) {
            group(input, {});
            return input;
        });
    }

    static Scope scope_of(const NodePtr& node) {
        const auto found = algebra::in_scope(*node);
        return {found.begin(), found.end()};
    }
    static Scope read_by(const algebra::Expression& expression) {
        std::vector<VariableId> found;
        algebra::collect_variables(expression, found);
        return {found.begin(), found.end()};
    }

    const Subject& subject_;
    const algebra::Variables& variables_;
    Remarks remarks_;
};

}  // namespace

Remarks check_products(const Subject& subject) { return ProductCheck(subject)(); }

}  // namespace tercet::advice
