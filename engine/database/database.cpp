#include "tercet/database.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "engine/database/implementation.hpp"
#include "engine/database/network.hpp"
#include "engine/database/rdf_files.hpp"
#include "engine/graph/projection_cache.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/planner.hpp"
#include "engine/results/cell_text.hpp"
#include "engine/results/rdf_writer.hpp"
#include "engine/storage/memory_store.hpp"
#include "engine/storage/rocks_store.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

/// Prefixes that every store has. Declared ones of the same name win.
const PrefixList& standard_prefixes() {
    static const PrefixList prefixes{
        {"", std::string(vocabulary::kNames)},
        {"algo", std::string(vocabulary::kAlgorithms)},
        {"dcterms", "http://purl.org/dc/terms/"},
        {"kg", std::string(vocabulary::kTercet)},
        {"nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"},
        {"owl", "http://www.w3.org/2002/07/owl#"},
        {"path", std::string(vocabulary::kPaths)},
        {"prov", "http://www.w3.org/ns/prov#"},
        {"rdf", std::string(vocabulary::kRdf)},
        {"rdfs", std::string(vocabulary::kRdfs)},
        {"schema", "https://schema.org/"},
        {"skos", "http://www.w3.org/2004/02/skos/core#"},
        {"xsd", std::string(vocabulary::kXsd)},
    };
    return prefixes;
}

SharedParts shared_parts(const OpenOptions& options) {
    return {make_endpoint_client(options.network), std::make_shared<graph::ProjectionCache>(options.projection_memory),
            std::make_shared<algebra::NamedProjections>()};
}

}  // namespace

std::string find_language_model(const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    if (const char* named = std::getenv("TERCET_MODEL")) return named;
    std::error_code ignored;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const std::string beside = (program.parent_path() / "../share/tercet/english.tcm").lexically_normal().string();
    for (const std::string& place : {beside, std::string(TERCET_MODEL_INSTALLED), std::string(TERCET_MODEL_SOURCE)}) {
        if (std::filesystem::exists(place, ignored)) return place;
    }
    return TERCET_MODEL_INSTALLED;
}

const language::Analyser& Database::Implementation::analyser() const {
    const std::scoped_lock lock(model_mutex);
    if (!model) model = language::Analyser::load(find_language_model(options.language_model));
    return *model;
}

PrefixList Database::Implementation::prefixes(const QuadSource& source) const {
    PrefixList all = source.prefixes();
    for (const auto& standard : standard_prefixes()) {
        const auto same = [&](const auto& prefix) { return prefix.first == standard.first; };
        if (std::none_of(all.begin(), all.end(), same)) all.push_back(standard);
    }
    std::sort(all.begin(), all.end());
    return all;
}

sparql::ParseOptions Database::Implementation::parse_options(const QueryOptions& query, const QuadSource& source, CancelToken token) const {
    sparql::ParseOptions parse;
    parse.source = query.source;
    parse.base = query.base;
    parse.cancel = std::move(token);
    if (own_prefixes) parse.prefixes = prefixes(source);
    return parse;
}

algebra::Parameters Database::Implementation::parameters(const QueryOptions& query, const QuadSource& source) const {
    algebra::Parameters values;
    for (const auto& [name, term] : query.parameters) {
        values.emplace_back(name, query.resolve_names ? plan::resolve_name(term, source) : std::vector<Term>{term});
    }
    return values;
}

CancelToken Database::Implementation::start_call(const QueryOptions& query) const {
    CancelToken token = cancel.begin();
    if (query.timeout) token.set_deadline(CancelToken::Clock::now() + *query.timeout);
    return token;
}

Database::Database(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open(const std::string& directory, const OpenOptions& options) {
    auto made = std::make_unique<Implementation>();
    storage::RocksOptions how{options.create_if_missing, options.read_only};
    how.cache_bytes = options.cache;
    made->store = storage::open_rocks_store(directory, how);
    made->options = options;
    made->shared = shared_parts(options);
    return Database(std::move(made));
}

Database Database::in_memory(const OpenOptions& options) {
    auto made = std::make_unique<Implementation>();
    made->store = std::make_unique<storage::MemoryStore>();
    made->options = options;
    made->shared = shared_parts(options);
    made->own_prefixes = false;
    return Database(std::move(made));
}

bool Database::refresh() { return implementation_->store->refresh(); }

void Database::cancel() const noexcept { implementation_->cancel.cancel(); }

Term Database::parse_term(std::string_view text) const {
    const auto source = implementation_->store->snapshot();
    sparql::ParseOptions options;
    options.prefixes = implementation_->prefixes(*source);
    return sparql::parse_term(text, options);
}

PrefixList Database::prefixes() const {
    if (!implementation_->own_prefixes) return implementation_->store->snapshot()->prefixes();
    return implementation_->prefixes(*implementation_->store->snapshot());
}

DatabaseStatistics Database::statistics() const {
    const auto source = implementation_->store->snapshot();
    const StoreStatistics counts = source->statistics();
    return {counts.quads, counts.default_graph_quads, source->graphs().size(), counts.predicates, counts.terms};
}

void Database::dump(std::ostream& out, DumpFormat format, std::string_view graph) const {
    const auto source = implementation_->store->snapshot();
    const auto writer = results::make_rdf_writer(rdf_format_of(format), out,
                                                 format >= DumpFormat::Turtle ? implementation_->prefixes(*source) : PrefixList{});
    TermPool pool(source);
    std::vector<TermId> graphs{TermId{}};
    const auto named = source->graphs();
    graphs.insert(graphs.end(), named.begin(), named.end());
    if (!graph.empty()) graphs = {pool.intern(Term::iri(std::string(graph)))};
    const auto batch = std::make_unique<QuadBatch>();
    for (const TermId each : graphs) {
        const QuadPattern pattern{{TermId::any(), TermId::any(), TermId::any(), each}};
        const auto cursor = source->scan(each.is_defined() ? kIndexOrders.back() : kIndexOrders.front(), pattern);
        while (cursor->next(*batch)) {
            for (std::size_t i = 0; i < batch->size; ++i) {
                const Term s = pool.term(batch->column[0][i]), p = pool.term(batch->column[1][i]), o = pool.term(batch->column[2][i]), g = pool.term(each);
                const TermViewHolder sv(s), pv(p), ov(o), gv(g);
                writer->add(QuadView{sv.view(), pv.view(), ov.view(), gv.view()});
            }
        }
    }
    writer->finish();
}

std::vector<std::string> Database::complete(std::string_view start, std::size_t limit) const {
    QueryOptions options;
    options.parameters = {};
    const std::size_t colon = start.find(':');
    if (colon == std::string_view::npos) return {};
    const auto all = implementation_->prefixes(*implementation_->store->snapshot());
    std::vector<std::string> found;
    for (const auto& [name, iri] : all) {
        if (name != start.substr(0, colon)) continue;
        const std::string wanted = iri + std::string(start.substr(colon + 1));
        for (const char* position : {"?s ?x ?o", "?x ?p ?o"}) {
            Result result = query("SELECT DISTINCT ?x { " + std::string(position) + " FILTER(isIRI(?x) && STRSTARTS(STR(?x), " +
                                  Term::literal(wanted).to_string() + ")) } LIMIT " + std::to_string(limit), options);
            for (const Row& row : result) {
                const std::string text = results::short_iri(row.at(0).value, {{name, iri}});
                if (text.front() != '<' && std::find(found.begin(), found.end(), text) == found.end()) found.push_back(text);
            }
        }
    }
    std::sort(found.begin(), found.end());
    if (found.size() > limit) found.resize(limit);
    return found;
}

bool is_incomplete_query(std::string_view text) { return sparql::is_incomplete(text); }

bool is_update_request(std::string_view text) {
    // The first word that is neither a comment nor part of the prologue.
    static constexpr std::array<std::string_view, 10> kUpdates{"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"};
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '#') {
            at = text.find('\n', at);
        } else if (c == '<') {
            at = text.find('>', at);
            if (at != std::string_view::npos) ++at;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            std::size_t end = at;
            std::string word;
            while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_' || text[end] == '-')) {
                word += static_cast<char>(std::toupper(static_cast<unsigned char>(text[end++])));
            }
            const bool prefix_name = end < text.size() && text[end] == ':';
            if (!prefix_name && word != "PREFIX" && word != "BASE" && word != "VERSION") {
                return std::find(kUpdates.begin(), kUpdates.end(), word) != kUpdates.end();
            }
            at = end;
        } else {
            ++at;
        }
        if (at == std::string_view::npos) break;
    }
    return false;
}

}  // namespace tercet
