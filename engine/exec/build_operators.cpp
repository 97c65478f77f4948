#include "engine/exec/operators.hpp"
#include "engine/exec/path_operators.hpp"

namespace tercet::exec {
namespace {

class Builder {
public:
    Builder(Context& context, Profiles* profiles) : context_(context), profiles_(profiles) {}

    OperatorPtr operator()(const plan::Node& node) {
        Context& own = profiles_ != nullptr ? profiled(node) : context_;
        OperatorPtr made = std::visit([&](const auto& operation) { return make(operation, node.variables, own); }, node.operation);
        if (profiles_ != nullptr) {
            (*profiles_)[node.id].measured = made.get();
            made->measure_time(true);
        }
        return made;
    }

private:
    /// A context whose memory is counted for this node alone.
    Context& profiled(const plan::Node& node) {
        if (profiles_->size() <= node.id) profiles_->resize(node.id + 1);
        Profile& profile = (*profiles_)[node.id];
        profile.memory = std::make_unique<MemoryBudget>(&context_.memory);
        profile.context = std::make_unique<Context>(
            Context{context_.pool, context_.plan, context_.cancel, *profile.memory, context_.session, context_.outer});
        return *profile.context;
    }

    using Out = const std::vector<VariableId>&;

    OperatorPtr optional(const plan::NodePtr& node) { return node ? (*this)(*node) : nullptr; }

    OperatorPtr make(const plan::OuterRow&, Out out, Context& own) { return make_outer_row(out, own); }
    OperatorPtr make(const plan::Scan& p, Out out, Context& own) { return make_scan(p, out, own); }
    OperatorPtr make(const plan::LookupJoin& p, Out out, Context& own) { return make_lookup_join(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::Destructure& p, Out out, Context& own) { return make_destructure(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::MergeJoin& p, Out out, Context& own) { return make_merge_join(p, out, (*this)(*p.left), (*this)(*p.right), own); }
    OperatorPtr make(const plan::HashJoin& p, Out out, Context& own) { return make_hash_join(p, out, (*this)(*p.left), (*this)(*p.right), own); }
    OperatorPtr make(const plan::LeftJoin& p, Out out, Context& own) { return make_left_join(p, out, (*this)(*p.left), (*this)(*p.right), own); }
    OperatorPtr make(const plan::Minus& p, Out out, Context& own) { return make_minus(p, out, (*this)(*p.left), (*this)(*p.right), own); }
    OperatorPtr make(const plan::Union& p, Out out, Context&) {
        std::vector<OperatorPtr> inputs;
        for (const auto& input : p.inputs) inputs.push_back((*this)(*input));
        return make_union(out, std::move(inputs));
    }
    OperatorPtr make(const plan::Filter& p, Out out, Context& own) { return make_filter(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::Extend& p, Out out, Context& own) { return make_extend(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::Values& p, Out out, Context&) { return make_values(p, out); }
    OperatorPtr make(const plan::Project& p, Out out, Context&) { return make_project(out, (*this)(*p.input)); }
    OperatorPtr make(const plan::Distinct& p, Out out, Context& own) { return make_distinct(out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::OrderBy& p, Out out, Context& own) { return make_order_by(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::Slice& p, Out out, Context&) { return make_slice(p, out, (*this)(*p.input)); }
    OperatorPtr make(const plan::Group& p, Out out, Context& own) { return make_group(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::PathScan& p, Out out, Context& own) { return make_path_scan(p, out, optional(p.input), own); }
    OperatorPtr make(const plan::PathSearch& p, Out out, Context& own) { return make_path_search(p, out, optional(p.input), own); }
    OperatorPtr make(const plan::GraphNames& p, Out out, Context& own) { return make_graph_names(p, out, own); }
    OperatorPtr make(const plan::EachGraph& p, Out out, Context& own) {
        return make_each_graph(p, out, [&](Context& inner) { return Builder(inner, profiles_)(*p.pattern); }, own);
    }
    OperatorPtr make(const plan::Unfold& p, Out out, Context& own) { return make_unfold(p, out, (*this)(*p.input), own); }
    OperatorPtr make(const plan::ServiceCall& p, Out out, Context& own) { return make_service(p, out, optional(p.input), own); }
    OperatorPtr make(const plan::CallProcedure& p, Out out, Context& own) { return make_call(p, out, (*this)(*p.pattern), own); }

    Context& context_;
    Profiles* profiles_;
};

}  // namespace

OperatorPtr build(const plan::Node& node, Context& context, Profiles* profiles) {
    return Builder(context, profiles)(node);
}

}  // namespace tercet::exec
