#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/algebra/named_projections.hpp"
#include "engine/algebra/translate.hpp"
#include "engine/base/cancellation.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/exec/operator.hpp"
#include "engine/model/store.hpp"
#include "loaders/language/analyser.hpp"
#include "parser/sparql/parser.hpp"
#include "tercet/database.hpp"

namespace tercet {

using PrefixList = std::vector<std::pair<std::string, std::string>>;

/// What the running queries of one store have in common; null parts are left out.
struct SharedParts {
    std::shared_ptr<exec::ServiceClient> services;  ///< who asks endpoints for SERVICE
    std::shared_ptr<graph::ProjectionCache> projections;
    std::shared_ptr<algebra::NamedProjections> projection_names;
};

struct Database::Implementation {
    std::unique_ptr<Store> store;
    OpenOptions options;
    std::atomic<bool> own_prefixes = true;  ///< queries may use the store's prefixes undeclared
    CancelToken cancel;
    SharedParts shared;

    mutable std::mutex model_mutex;
    mutable std::optional<language::Analyser> model;

    /// The English model, read when it is first needed.
    [[nodiscard]] const language::Analyser& analyser() const;
    [[nodiscard]] PrefixList prefixes(const QuadSource& source) const;
    [[nodiscard]] sparql::ParseOptions parse_options(const QueryOptions& options, const QuadSource& source, CancelToken cancel = {}) const;
    [[nodiscard]] algebra::Parameters parameters(const QueryOptions& options, const QuadSource& source) const;
    /// A token for one call, with its deadline.
    [[nodiscard]] CancelToken start_call(const QueryOptions& options) const;
};

/// Where the language model is: the option, TERCET_MODEL, the installation, beside the program.
[[nodiscard]] std::string find_language_model(const std::string& wanted);

/// The IRI of an article: that of its file, or, as a part of a file of many, its address or its place in the file. What came
/// through standard input goes by its content.
[[nodiscard]] std::string article_iri_of(const std::string& file, const std::string& part, const std::string& url, const std::string& hash);

/// Everything that a running query needs, in one place that does not move.
struct RunningQuery {
    RunningQuery(std::shared_ptr<const QuadSource> source, algebra::Query query, const QueryOptions& options, CancelToken cancel,
                 SharedParts shared);

    std::shared_ptr<const QuadSource> source;
    algebra::Query query;
    MemoryBudget memory;
    TermPool pool;
    plan::Plan plan;
    exec::Session session;
    exec::Context context;
    exec::Profiles profiles;  ///< of EXPLAIN ANALYZE
    exec::OperatorPtr root;
    std::function<std::vector<Warning>()> find_warnings;  ///< none: nobody wrote the query
};

/// Fills a template with a row. Nothing: an unbound variable, or a term where it may not stand.
class TemplateFiller {
public:
    TemplateFiller(TermPool& pool, const std::vector<algebra::VariableId>& columns) : pool_(pool), columns_(columns) {}

    /// Call before each row: blank nodes of the template are new in every solution.
    void start_row(const exec::Batch& batch, std::size_t row);
    [[nodiscard]] std::optional<std::array<TermId, 3>> fill(const algebra::TemplateTriple& triple);
    [[nodiscard]] TermId fill(const algebra::TemplateTerm& term);

private:
    TermPool& pool_;
    const std::vector<algebra::VariableId>& columns_;
    const exec::Batch* batch_ = nullptr;
    std::size_t row_ = 0;
    std::vector<std::pair<std::string, TermId>> blank_nodes_;
};

[[nodiscard]] Result make_result(std::unique_ptr<RunningQuery> running);

}  // namespace tercet
