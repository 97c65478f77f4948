#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/algebra/named_projections.hpp"
#include "engine/exec/path_operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/value.hpp"
#include "engine/graph/algorithms.hpp"
#include "engine/graph/projection_cache.hpp"
#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

using Parameter = graph::ParameterRow;

[[noreturn]] void fail(const plan::CallProcedure& plan, const std::string& message) {
    throw Error(ErrorCode::Query, message, {{}, plan.position.line, plan.position.column, {}});
}

const graph::AlgorithmRow& algorithm_of(const plan::CallProcedure& plan) {
    if (!plan.procedure.starts_with(vocabulary::kAlgorithms)) {
        fail(plan, "there is no procedure <" + plan.procedure + ">; algorithms are called as algo:name");
    }
    try {
        return graph::find_algorithm(std::string_view(plan.procedure).substr(vocabulary::kAlgorithms.size()));
    } catch (const Error& error) {
        fail(plan, error.message());
    }
}

template <typename Rows, typename Name>
std::string names_of(const Rows& rows, Name name) {
    std::string names;
    for (const auto& row : rows) names += (names.empty() ? "" : ", ") + std::string(name(row));
    return names.empty() ? "none" : names;
}

/// Runs its pattern to the end and makes a projection of it, or takes one that is kept; runs the algorithm, and gives its table out
/// row by row.
class CallOperator final : public Operator {
public:
    CallOperator(const plan::CallProcedure& plan, std::vector<VariableId> out, OperatorPtr pattern, Context& context)
        : Operator(std::move(out)),
          plan_(plan),
          pattern_(std::move(pattern)),
          context_(context),
          algorithm_(algorithm_of(plan)),
          name_("algo:" + std::string(algorithm_.name)),
          share_(context.memory, "a projection") {
        if (plan.projection.size() < 2 || plan.projection.size() > 4)
            fail(plan, "a projection is a source, a target, maybe a weight, and maybe a number of the source");
        read_parameters();
        for (const VariableId variable : variables()) outputs_.push_back(output_of(variable));
    }

private:
    bool do_next(Batch& out) override {
        if (!ran_) {
            run();
            ran_ = true;
        }
        for (; !out.full() && at_ < table_.rows(); ++at_) {
            for (std::size_t c = 0; c < outputs_.size(); ++c)
                out.column(c)[out.size] = id_of(table_.at(at_, outputs_[c]));
            ++out.size;
        }
        return out.size > 0;
    }

    void run() {
        projection_ = kept_or_made();
        if (projection_->size() == 0 && !algorithm_.of_empty) return;
        MemoryShare arrays(context_.memory, "the arrays of an algorithm");
        arrays.resize(algorithm_.bytes_for(*projection_));
        table_ = algorithm_.run(*projection_, parameters_, {context_.cancel, context_.memory});
        if (algorithm_.names_projection && context_.session.projection_names)
            context_.session.projection_names->define(parameters_.at("name").text, plan_.definition);
    }

    /// The projection of an earlier query if there is one, else a new one.
    graph::ProjectionCache::Kept kept_or_made() {
        graph::ProjectionCache* cache = plan_.cache_key.empty() ? nullptr : context_.session.projections.get();
        if (cache == nullptr) return make_projection();
        graph::ProjectionCache::Key key{context_.session.projection_scope + plan_.cache_key, context_.source().version()};
        if (auto kept = cache->find(key)) return kept;
        auto made = make_projection();
        if (!made->has_local_nodes()) cache->keep(std::move(key), plan_.definition->text, made);
        return made;
    }

    graph::ProjectionCache::Kept make_projection() {
        RowReader reader(*pattern_, context_);
        const auto columns = columns_of(pattern_->variables(), plan_.projection);
        const ValueReader values(context_.pool);
        std::vector<graph::Projection::Row> rows;
        std::vector<std::pair<TermId, double>> numbers;
        MemoryShare held_numbers(context_.memory, "a projection");
        while (reader.next()) {
            const TermId source = reader.at(columns[0]), target = reader.at(columns[1]);
            if (!source.is_defined() || !target.is_defined() || target.is_literal()) continue;
            make_room(rows, share_);
            rows.push_back({source, target, columns.size() > 2 ? number_of(values, reader.at(columns[2])) : 1});
            if (columns.size() <= 3) continue;
            make_room(numbers, held_numbers);
            numbers.emplace_back(source, number_of(values, reader.at(columns[3])));
        }
        graph::Projection made(std::move(rows), context_.cancel, &share_);
        if (!numbers.empty()) made.set_values(numbers);
        return std::make_shared<const graph::Projection>(std::move(made));
    }

    /// For one more; counts the old ones, too, while they are copied.
    template <typename Item>
    static void make_room(std::vector<Item>& items, MemoryShare& held) {
        if (items.size() < items.capacity()) return;
        const std::size_t wanted = std::max(2 * items.capacity(), kBatchRows);
        held.grow(wanted * sizeof(Item));
        items.reserve(wanted);
        held.resize(wanted * sizeof(Item));
    }

    double number_of(const ValueReader& values, TermId id) const {
        const auto number = id.is_defined() ? values.number(Value(id)) : std::nullopt;
        const double read = number ? number->to_double() : std::nan("");
        if (std::isnan(read))
            fail(plan_, "a weight of the projection is not a number: " + context_.pool.term(id).to_string());
        return read;
    }

    [[nodiscard]] TermId id_of(const graph::Cell& cell) {
        if (const auto* vertex = std::get_if<graph::Vertex>(&cell)) return projection_->term(vertex->number);
        if (const auto* whole = std::get_if<std::int64_t>(&cell)) return context_.pool.intern(Term::integer(*whole));
        if (const auto* real = std::get_if<double>(&cell)) return context_.pool.intern(Term::floating(*real));
        return {};
    }

    void read_parameters() {
        for (const auto& argument : plan_.arguments) {
            const auto row = std::find_if(algorithm_.parameters.begin(), algorithm_.parameters.end(),
                                          [&](const auto& known) { return known.name == argument.name; });
            if (row == algorithm_.parameters.end()) {
                fail(plan_, name_ + " has no parameter " + argument.name + "; it has " +
                                names_of(algorithm_.parameters, [](const auto& known) { return known.name; }));
            }
            const auto [known, is_new] = parameters_.try_emplace(argument.name);
            if (row->kind == Parameter::Kind::Nodes)
                known->second.terms.push_back(context_.pool.intern(argument.value));
            else if (is_new)
                known->second = read_parameter(*row, argument.value);
            else
                fail(plan_, name_ + " has the parameter " + argument.name + " twice");
        }
        for (const auto& row : algorithm_.parameters) {
            if (parameters_.contains(row.name)) continue;
            if (row.kind == Parameter::Kind::Node || row.kind == Parameter::Kind::Nodes)
                fail(plan_, name_ + " needs the parameter " + std::string(row.name) + ", a node");
            if (row.kind == Parameter::Kind::Text) fail(plan_, name_ + " needs the parameter " + std::string(row.name) + ", a text");
            parameters_[std::string(row.name)] = {row.default_number, {}};
        }
    }

    [[nodiscard]] graph::ParameterValue read_parameter(const Parameter& row, const Term& value) {
        if (row.kind == Parameter::Kind::Text) return {0, {}, {}, value.value};
        const TermId term = context_.pool.intern(value);
        if (row.kind != Parameter::Kind::Number) return {0, term};
        const auto number = ValueReader(context_.pool).number(Value(term));
        const double read = number ? number->to_double() : std::nan("");
        if (!(read >= row.least && read <= row.most)) {
            fail(plan_, "the parameter " + std::string(row.name) + " of " + name_ + " is a number from " +
                            Term::floating(row.least).value + " to " + Term::floating(row.most).value);
        }
        return {read, term};
    }

    std::size_t output_of(VariableId variable) const {
        for (const auto& yield : plan_.yields) {
            if (yield.variable != variable) continue;
            const auto found = std::find(algorithm_.outputs.begin(), algorithm_.outputs.end(), yield.output);
            if (found != algorithm_.outputs.end()) return static_cast<std::size_t>(found - algorithm_.outputs.begin());
            fail(plan_, name_ + " yields no ?" + yield.output + "; it yields " +
                            names_of(algorithm_.outputs, [](const auto& name) { return "?" + std::string(name); }));
        }
        fail(plan_, "a variable of YIELD is missing");
    }

    void do_rewind() override { at_ = 0; }

    const plan::CallProcedure& plan_;
    OperatorPtr pattern_;
    Context& context_;
    const graph::AlgorithmRow& algorithm_;
    std::string name_;
    MemoryShare share_;
    graph::ParameterValues parameters_;
    std::vector<std::size_t> outputs_;
    graph::ProjectionCache::Kept projection_;
    graph::Table table_;
    std::size_t at_ = 0;
    bool ran_ = false;
};

}  // namespace

OperatorPtr make_call(const plan::CallProcedure& plan, std::vector<VariableId> out, OperatorPtr pattern,
                      Context& context) {
    return std::make_unique<CallOperator>(plan, std::move(out), std::move(pattern), context);
}

}  // namespace tercet::exec
