#include <algorithm>
#include <array>

#include "engine/database/evidence.hpp"
#include "engine/database/implementation.hpp"
#include "engine/database/written_request.hpp"
#include "engine/exec/row_table.hpp"
#include "engine/model/index_choice.hpp"
#include "engine/plan/explain.hpp"
#include "engine/plan/planner.hpp"
#include "engine/results/result_source.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

/// Whatever a pattern means beside what it says.
std::string projection_scope(const sparql::DatasetClause& dataset, const QueryOptions& options) {
    std::string scope = options.resolve_names ? "names" : "no names";
    for (const std::string& graph : dataset.from) scope += "\nFROM <" + graph + '>';
    for (const std::string& graph : dataset.from_named) scope += "\nFROM NAMED <" + graph + '>';
    return scope + "\nBASE <" + options.base + ">\n";
}

std::vector<std::string> names_of(const algebra::Query& query) {
    std::vector<std::string> names;
    if (query.form != algebra::QueryForm::Select) return names;
    for (const auto id : query.projection) names.push_back(query.variables.name(id));
    return names;
}

constexpr std::uint32_t kRowsPerCheck = 64;

/// Rows of a SELECT, decoded as they are read.
class RunningResult : public Result::Source {
public:
    explicit RunningResult(std::unique_ptr<RunningQuery> running)
        : running_(std::move(running)), variables_(names_of(running_->query)), batch_(running_->root->variables().size()) {}

    [[nodiscard]] const std::vector<std::string>& variables() const noexcept override { return variables_; }
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept override { return running_->plan.notes; }
    [[nodiscard]] std::vector<Warning> warnings() const override {
        return running_->find_warnings ? running_->find_warnings() : std::vector<Warning>{};
    }
    [[nodiscard]] bool boolean() const override { return false; }
    [[nodiscard]] bool next(std::vector<Term>&) override { return false; }
    [[nodiscard]] std::optional<Triple> next_triple() override { return std::nullopt; }
    [[nodiscard]] std::vector<Evidence> evidence(const Triple& triple) const override {
        std::vector<Evidence> found;
        EvidenceFinder(*running_->source).add(triple, found);
        std::erase_if(found, [](const Evidence& each) { return each.sentence.empty(); });
        return found;
    }

protected:
    /// Moves to the next row of the root operator.
    bool advance() {
        check_.step();
        if (++row_ < batch_.size) return true;
        if (done_) return false;
        running_->context.cancel.check();
        row_ = 0;
        done_ = !running_->root->next(batch_);
        return !done_;
    }

    std::unique_ptr<RunningQuery> running_;
    std::vector<std::string> variables_;
    exec::Batch batch_;
    CancelCheck check_{running_->context.cancel, kRowsPerCheck};  ///< terms of a row may take long to read
    std::size_t row_ = 0;
    bool done_ = false;
};

class BindingsResult final : public RunningResult {
public:
    using RunningResult::RunningResult;
    [[nodiscard]] ResultKind kind() const noexcept override { return ResultKind::Bindings; }
    bool next(std::vector<Term>& values) override {
        if (!advance()) return false;
        values.resize(batch_.width());
        for (std::size_t c = 0; c < batch_.width(); ++c) values[c] = running_->pool.term(batch_.column(c)[row_]);
        return true;
    }
};

class BooleanResult final : public RunningResult {
public:
    explicit BooleanResult(std::unique_ptr<RunningQuery> running) : RunningResult(std::move(running)) { answer_ = advance(); }
    [[nodiscard]] ResultKind kind() const noexcept override { return ResultKind::Boolean; }
    [[nodiscard]] bool boolean() const override { return answer_; }

private:
    bool answer_ = false;
};

/// Triples that are not repeated.
class GraphResult : public RunningResult {
public:
    using RunningResult::RunningResult;
    [[nodiscard]] ResultKind kind() const noexcept override { return ResultKind::Graph; }
    std::optional<Triple> next_triple() override {
        while (waiting_.empty()) {
            if (!more()) return std::nullopt;
        }
        const auto [s, p, o] = waiting_.back();
        waiting_.pop_back();
        return Triple{running_->pool.term(s), running_->pool.term(p), running_->pool.term(o)};
    }

protected:
    /// Finds more triples; false at the end.
    virtual bool more() = 0;
    void give(const std::array<TermId, 3>& triple) {
        if (seen_.add(triple)) waiting_.push_back(triple);
    }

    exec::RowTable seen_{3, running_->memory, running_->context.cancel, "the triples of a graph"};
    std::vector<std::array<TermId, 3>> waiting_;
};

class ConstructResult final : public GraphResult {
public:
    explicit ConstructResult(std::unique_ptr<RunningQuery> running) : GraphResult(std::move(running)) {}

private:
    bool more() override {
        if (!advance()) return false;
        filler_.start_row(batch_, row_);
        for (const auto& triple : running_->query.construct_template) {
            if (const auto filled = filler_.fill(triple)) give(*filled);
        }
        std::reverse(waiting_.begin(), waiting_.end());
        return true;
    }
    TemplateFiller filler_{running_->pool, running_->root->variables()};
};

/// The concise bounded description: the triples of a resource, those of the blank nodes they lead to, and so on.
class DescribeResult final : public GraphResult {
public:
    explicit DescribeResult(std::unique_ptr<RunningQuery> running) : GraphResult(std::move(running)) {
        for (const Term& term : running_->query.resources) {
            for (const Term& each : plan::resolve_name(term, *running_->source)) queue_.push_back(running_->pool.intern(each));
        }
    }

private:
    bool more() override {
        if (queue_.empty()) {
            if (!advance()) return false;
            for (std::size_t c = 0; c < batch_.width(); ++c) queue_.push_back(batch_.column(c)[row_]);
        }
        while (!queue_.empty()) {
            running_->context.cancel.check();
            const TermId resource = queue_.back();
            queue_.pop_back();
            if (resource.is_defined() && !resource.is_literal() && described_.add(std::array{resource})) describe(resource);
        }
        std::reverse(waiting_.begin(), waiting_.end());
        return true;
    }
    void describe(TermId resource) {
        const QuadPattern pattern{{resource, TermId::any(), TermId::any(), TermId{}}};
        const auto cursor = running_->source->scan(best_order(pattern), pattern);
        const auto quads = std::make_unique<QuadBatch>();
        while (cursor->next(*quads)) {
            running_->context.cancel.check();
            for (std::size_t i = 0; i < quads->size; ++i) {
                give({quads->column[0][i], quads->column[1][i], quads->column[2][i]});
                if (quads->column[2][i].tag() == TermTag::BlankNode) queue_.push_back(quads->column[2][i]);
            }
        }
    }
    std::vector<TermId> queue_;
    exec::RowTable described_{1, running_->memory, running_->context.cancel, "the resources to describe"};
};

plan::Actual actual_of(const exec::Operator& measured, const MemoryBudget& memory) {
    const exec::OperatorStatistics& statistics = measured.statistics();
    return {statistics.rows, static_cast<double>(statistics.nanoseconds) / 1e6, memory.peak()};
}

}  // namespace

RunningQuery::RunningQuery(std::shared_ptr<const QuadSource> snapshot, algebra::Query translated, const QueryOptions& options, CancelToken cancel,
                           SharedParts shared)
    : source(std::move(snapshot)),
      query(std::move(translated)),
      memory(options.memory_limit.value_or(MemoryBudget::kUnlimited)),
      pool(source, memory),
      plan(plan::plan_query(query.node, query.variables, query.dataset, pool, {options.resolve_names, options.without_passes})),
      context{pool, plan, std::move(cancel), memory, session, nullptr} {
    session.base = options.base;
    session.services = std::move(shared.services);
    session.projections = std::move(shared.projections);
    session.projection_names = std::move(shared.projection_names);
    session.projection_scope = projection_scope(query.dataset, options);
    if (!options.temporary_directory.empty()) session.temporary_directory = options.temporary_directory;
    root = exec::build(*plan.root, context);
}

Result make_result(std::unique_ptr<RunningQuery> running) {
    switch (running->query.form) {
        case algebra::QueryForm::Ask: return Result(std::make_unique<BooleanResult>(std::move(running)));
        case algebra::QueryForm::Construct: return Result(std::make_unique<ConstructResult>(std::move(running)));
        case algebra::QueryForm::Describe: return Result(std::make_unique<DescribeResult>(std::move(running)));
        case algebra::QueryForm::Select: break;
    }
    return Result(std::make_unique<BindingsResult>(std::move(running)));
}

void TemplateFiller::start_row(const exec::Batch& batch, std::size_t row) {
    batch_ = &batch;
    row_ = row;
    blank_nodes_.clear();
}

TermId TemplateFiller::fill(const algebra::TemplateTerm& term) {
    if (const auto* variable = std::get_if<algebra::Var>(&term)) {
        const auto found = std::find(columns_.begin(), columns_.end(), variable->id);
        return found == columns_.end() || batch_ == nullptr ? TermId{} : batch_->column(static_cast<std::size_t>(found - columns_.begin()))[row_];
    }
    if (const auto* constant = std::get_if<Term>(&term)) return pool_.intern(*constant);
    if (const auto* blank = std::get_if<algebra::TemplateBlank>(&term)) {
        for (const auto& [label, id] : blank_nodes_) {
            if (label == blank->label) return id;
        }
        return blank_nodes_.emplace_back(blank->label, pool_.fresh_blank_node()).second;
    }
    const auto parts = fill(*std::get<std::shared_ptr<const algebra::TemplateTriple>>(term));
    return parts ? pool_.intern_triple(*parts) : TermId{};
}

std::optional<std::array<TermId, 3>> TemplateFiller::fill(const algebra::TemplateTriple& triple) {
    const TermId s = fill(triple.subject), p = fill(triple.predicate), o = fill(triple.object);
    const bool subject_fits = s.tag() == TermTag::Iri || s.tag() == TermTag::BlankNode;
    if (!subject_fits || p.tag() != TermTag::Iri || !o.is_defined() || o.tag() == TermTag::Path) return std::nullopt;
    return std::array{s, p, o};
}

Result Database::query(std::string_view text, const QueryOptions& options) const {
    const CancelToken cancel = implementation_->start_call(options);
    const auto source = implementation_->store->snapshot();
    const sparql::ParseOptions parse = implementation_->parse_options(options, *source, cancel);
    const sparql::Query parsed = sparql::parse_query(text, parse);
    QueryOptions how = options;
    if (!parsed.prologue.base.empty()) how.base = parsed.prologue.base;
    algebra::Query translated = algebra::translate(parsed, implementation_->parameters(options, *source), implementation_->shared.projection_names.get());
    auto running = std::make_unique<RunningQuery>(source, std::move(translated), how, cancel, implementation_->shared);
    running->find_warnings = [&running = *running, written = WrittenRequest(text, options, parsed.prologue, parse.prefixes)] {
        return written.warnings(running.query, *running.source);
    };
    return make_result(std::move(running));
}

std::string Database::explain(std::string_view text, const QueryOptions& options, const ExplainOptions& how) const {
    const CancelToken cancel = implementation_->start_call(options);
    const auto source = implementation_->store->snapshot();
    const sparql::Query parsed = sparql::parse_query(text, implementation_->parse_options(options, *source, cancel));
    RunningQuery running(source, algebra::translate(parsed, implementation_->parameters(options, *source), implementation_->shared.projection_names.get()), options,
                         cancel, implementation_->shared);
    std::vector<plan::Actual> actual;
    if (how.analyze) {
        running.root = exec::build(*running.plan.root, running.context, &running.profiles);
        exec::Batch batch(running.root->variables().size());
        while (running.root->next(batch)) running.context.cancel.check();
        for (const exec::Profile& each : running.profiles) {
            if (each.measured == nullptr) actual.emplace_back();
            else actual.push_back(actual_of(*each.measured, *each.memory));
        }
    }
    return how.json ? plan::explain_json(running.plan, running.pool, actual) : plan::explain_text(running.plan, running.pool, actual);
}

}  // namespace tercet
