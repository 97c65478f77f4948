#include "engine/exec/operators.hpp"
#include "engine/exec/path_operators.hpp"

namespace tercet::exec {
namespace {

class Builder {
public:
    Builder(Context& context, std::vector<Operator*>* by_node) : context_(context), by_node_(by_node) {}

    OperatorPtr operator()(const plan::Node& node) {
        const auto& out = node.variables;
        OperatorPtr made = std::visit([&](const auto& operation) { return make(operation, out); }, node.operation);
        if (by_node_ != nullptr) {
            if (by_node_->size() <= node.id) by_node_->resize(node.id + 1, nullptr);
            (*by_node_)[node.id] = made.get();
            made->measure_time(true);
        }
        return made;
    }

private:
    using Out = const std::vector<VariableId>&;

    OperatorPtr optional(const plan::NodePtr& node) { return node ? (*this)(*node) : nullptr; }

    OperatorPtr make(const plan::OuterRow&, Out out) { return make_outer_row(out, context_); }
    OperatorPtr make(const plan::Scan& p, Out out) { return make_scan(p, out, context_); }
    OperatorPtr make(const plan::LookupJoin& p, Out out) { return make_lookup_join(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::Destructure& p, Out out) { return make_destructure(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::MergeJoin& p, Out out) { return make_merge_join(p, out, (*this)(*p.left), (*this)(*p.right), context_); }
    OperatorPtr make(const plan::HashJoin& p, Out out) { return make_hash_join(p, out, (*this)(*p.left), (*this)(*p.right), context_); }
    OperatorPtr make(const plan::LeftJoin& p, Out out) { return make_left_join(p, out, (*this)(*p.left), (*this)(*p.right), context_); }
    OperatorPtr make(const plan::Minus& p, Out out) { return make_minus(p, out, (*this)(*p.left), (*this)(*p.right), context_); }
    OperatorPtr make(const plan::Union& p, Out out) {
        std::vector<OperatorPtr> inputs;
        for (const auto& input : p.inputs) inputs.push_back((*this)(*input));
        return make_union(out, std::move(inputs));
    }
    OperatorPtr make(const plan::Filter& p, Out out) { return make_filter(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::Extend& p, Out out) { return make_extend(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::Values& p, Out out) { return make_values(p, out); }
    OperatorPtr make(const plan::Project& p, Out out) { return make_project(out, (*this)(*p.input)); }
    OperatorPtr make(const plan::Distinct& p, Out out) { return make_distinct(out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::OrderBy& p, Out out) { return make_order_by(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::Slice& p, Out out) { return make_slice(p, out, (*this)(*p.input)); }
    OperatorPtr make(const plan::Group& p, Out out) { return make_group(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::PathScan& p, Out out) { return make_path_scan(p, out, optional(p.input), context_); }
    OperatorPtr make(const plan::PathSearch& p, Out out) { return make_path_search(p, out, optional(p.input), context_); }
    OperatorPtr make(const plan::GraphNames& p, Out out) { return make_graph_names(p, out, context_); }
    OperatorPtr make(const plan::EachGraph& p, Out out) {
        return make_each_graph(p, out, [&](Context& inner) { return Builder(inner, by_node_)(*p.pattern); }, context_);
    }
    OperatorPtr make(const plan::Unfold& p, Out out) { return make_unfold(p, out, (*this)(*p.input), context_); }
    OperatorPtr make(const plan::ServiceCall& p, Out out) { return make_service(p, out, optional(p.input), context_); }
    OperatorPtr make(const plan::CallProcedure& p, Out out) { return make_call(p, out, (*this)(*p.pattern), context_); }

    Context& context_;
    std::vector<Operator*>* by_node_;
};

}  // namespace

OperatorPtr build(const plan::Node& node, Context& context, std::vector<Operator*>* by_node) {
    return Builder(context, by_node)(node);
}

}  // namespace tercet::exec
