#include <optional>

#include "engine/exec/expression.hpp"
#include "engine/exec/path_operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/graph/algorithms.hpp"
#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

[[noreturn]] void fail(const plan::CallProcedure& plan, const std::string& message) {
    throw Error(ErrorCode::Query, message, {{}, plan.position.line, plan.position.column, {}});
}

const graph::AlgorithmRow& algorithm_of(const plan::CallProcedure& plan) {
    if (!plan.procedure.starts_with(vocabulary::kAlgorithms)) fail(plan, "there is no procedure <" + plan.procedure + ">; algorithms are called as algo:name");
    return graph::find_algorithm(std::string_view(plan.procedure).substr(vocabulary::kAlgorithms.size()));
}

template <typename Rows, typename Name>
std::string names_of(const Rows& rows, Name name) {
    std::string names;
    for (const auto& row : rows) names += (names.empty() ? "" : ", ") + std::string(name(row));
    return names.empty() ? "none" : names;
}

/// Runs its pattern to the end, makes a projection of it, runs the algorithm, and gives its table out row by row.
class CallOperator final : public Operator {
public:
    CallOperator(const plan::CallProcedure& plan, std::vector<VariableId> out, OperatorPtr pattern, Context& context)
        : Operator(std::move(out)), plan_(plan), pattern_(std::move(pattern)), context_(context), algorithm_(algorithm_of(plan)) {
        if (plan.projection.size() < 2 || plan.projection.size() > 3) fail(plan, "a projection is a source, a target, and maybe a weight");
        read_parameters();
        for (const VariableId variable : variables()) outputs_.push_back(output_of(variable));
    }

private:
    bool do_next(Batch& out) override {
        if (!ran_) {
            run();
            ran_ = true;
        }
        for (; !out.full() && at_ < table_.size(); ++at_) {
            for (std::size_t c = 0; c < outputs_.size(); ++c) out.column(c)[out.size] = id_of(table_[at_][outputs_[c]]);
            ++out.size;
        }
        return out.size > 0;
    }

    void run() {
        RowReader reader(*pattern_, context_);
        const auto columns = columns_of(pattern_->variables(), plan_.projection);
        const ValueReader values(context_.pool);
        MemoryShare share(context_.memory, "a projection");
        std::size_t edges = 0;
        while (reader.next()) {
            const TermId source = reader.at(columns[0]), target = reader.at(columns[1]);
            if (!source.is_defined() || !target.is_defined() || target.is_literal()) continue;
            projection_.add(source, target, columns.size() == 3 ? weight(values, reader.at(columns[2])) : 1);
            if (++edges % kBatchRows == 0) share.resize(edges * 64);
        }
        projection_.build();
        if (projection_.size() != 0) table_ = algorithm_.run(projection_, parameters_, context_.cancel);
    }

    double weight(const ValueReader& values, TermId id) const {
        const auto number = id.is_defined() ? values.number(Value(id)) : std::nullopt;
        if (!number) fail(plan_, "a weight of the projection is not a number: " + context_.pool.term(id).to_string());
        return number->to_double();
    }

    [[nodiscard]] TermId id_of(const graph::Cell& cell) {
        if (const auto* vertex = std::get_if<graph::Vertex>(&cell)) return projection_.term(vertex->number);
        if (const auto* whole = std::get_if<std::int64_t>(&cell)) return context_.pool.intern(Term::integer(*whole));
        if (const auto* real = std::get_if<double>(&cell)) return context_.pool.intern(Term::floating(*real));
        return {};
    }

    void read_parameters() {
        const ValueReader values(context_.pool);
        for (const auto& argument : plan_.arguments) {
            const auto known = std::find_if(algorithm_.parameters.begin(), algorithm_.parameters.end(), [&](const auto& row) { return row.name == argument.name; });
            if (known == algorithm_.parameters.end()) {
                fail(plan_, "algo:" + std::string(algorithm_.name) + " has no parameter " + argument.name + "; it has " +
                                names_of(algorithm_.parameters, [](const auto& row) { return row.name; }));
            }
            graph::ParameterValue value;
            value.term = context_.pool.intern(argument.value);
            if (!known->is_vertex) {
                const auto number = values.number(Value(value.term));
                if (!number) fail(plan_, "the parameter " + argument.name + " of algo:" + std::string(algorithm_.name) + " is a number");
                value.number = number->to_double();
            }
            parameters_[argument.name] = value;
        }
        for (const auto& row : algorithm_.parameters) {
            if (parameters_.find(row.name) != parameters_.end()) continue;
            if (row.required) fail(plan_, "algo:" + std::string(algorithm_.name) + " needs the parameter " + std::string(row.name));
            parameters_[std::string(row.name)] = {row.default_number.value_or(0), {}};
        }
    }

    std::size_t output_of(VariableId variable) const {
        for (const auto& yield : plan_.yields) {
            if (yield.variable != variable) continue;
            const auto found = std::find(algorithm_.outputs.begin(), algorithm_.outputs.end(), yield.output);
            if (found != algorithm_.outputs.end()) return static_cast<std::size_t>(found - algorithm_.outputs.begin());
            fail(plan_, "algo:" + std::string(algorithm_.name) + " yields no ?" + yield.output + "; it yields " +
                            names_of(algorithm_.outputs, [](const auto& name) { return "?" + std::string(name); }));
        }
        fail(plan_, "a variable of YIELD is missing");
    }

    void do_rewind() override { at_ = 0; }

    const plan::CallProcedure& plan_;
    OperatorPtr pattern_;
    Context& context_;
    const graph::AlgorithmRow& algorithm_;
    graph::ParameterValues parameters_;
    std::vector<std::size_t> outputs_;
    graph::Projection projection_;
    graph::Table table_;
    std::size_t at_ = 0;
    bool ran_ = false;
};

}  // namespace

OperatorPtr make_call(const plan::CallProcedure& plan, std::vector<VariableId> out, OperatorPtr pattern, Context& context) {
    return std::make_unique<CallOperator>(plan, std::move(out), std::move(pattern), context);
}

}  // namespace tercet::exec
