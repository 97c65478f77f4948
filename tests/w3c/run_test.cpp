#include "w3c/run_test.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/model/quad_sink.hpp"
#include "engine/model/term_view.hpp"
#include "parser/rdf/reader.hpp"
#include "parser/sparql/parser.hpp"
#include "support/answers.hpp"
#include "support/http_server.hpp"
#include "tercet/rdf.hpp"
#include "tercet/tercet.hpp"
#include "w3c/facts.hpp"

namespace tercet::w3c {
namespace {

using Failure = std::optional<std::string>;
using Runner = Failure (*)(const Test&, const Suites&);

std::string text_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Failure compared(Facts got, Facts expected, const std::string& what) {
    const std::string sizes = std::to_string(got.size()) + " facts instead of " + std::to_string(expected.size());
    if (isomorphic(std::move(got), std::move(expected))) return std::nullopt;
    return "another " + what + ": " + sizes;
}

// --- RDF ------------------------------------------------------------------------------------------------------------

class FactSink final : public QuadSink {
public:
    Facts facts;
    void add(const QuadView& quad) override {
        Fact fact{to_term(quad.subject), to_term(quad.predicate), to_term(quad.object), to_term(quad.graph)};
        if (std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.push_back(std::move(fact));
    }
};

Facts read_document(const std::filesystem::path& file, const std::string& base) {
    std::ifstream in(file, std::ios::binary);
    FactSink sink;
    rdf::read(in, rdf::guess_format(file.string()).value(), {base, file.string(), {}, {}}, sink);
    return std::move(sink.facts);
}

/// What is wrong about a text that must (not) be read.
template <typename Read>
Failure read_as_expected(const Test& test, Read read) {
    const bool must_fail = test.kind.find("Negative") != std::string::npos;
    try {
        read();
    } catch (const Error& error) {
        // A request that is read and then cannot be run (an unknown function, a graph that is not there) is good syntax.
        if (must_fail || (error.code() != ErrorCode::Syntax && error.code() != ErrorCode::Data)) return std::nullopt;
        return error.what();
    }
    return must_fail ? Failure("it was accepted") : std::nullopt;
}

Failure run_rdf(const Test& test, const Suites& suites) {
    Facts facts;
    const Failure failure = read_as_expected(test, [&] { facts = read_document(suites.file_of(test.action), test.action); });
    if (failure || test.kind.find("Eval") == std::string::npos || test.result.empty()) return failure;
    return compared(std::move(facts), read_document(suites.file_of(test.result), test.result), "graph");
}

// --- SPARQL ---------------------------------------------------------------------------------------------------------

QueryOptions options_of(const Test& test) {
    QueryOptions options;
    options.base = test.action;
    return options;
}

/// Nothing is loaded over the network; SERVICE goes where http_proxy says.
OpenOptions closed() {
    OpenOptions options;
    options.network.services = {"http://"};
    options.network.loads.clear();
    return options;
}

void load(Database& database, const Document& document, const Suites& suites) {
    LoadOptions options;
    options.base = document.iri;
    options.graph = document.graph;
    database.load(suites.file_of(document.iri).string(), options);
}

Failure run_syntax(const Test& test, const Suites& suites) {
    Database database = Database::in_memory(closed());
    const std::string text = text_of_file(suites.file_of(test.action));
    return read_as_expected(test, [&] {
        if (test.kind.find("Update") != std::string::npos) database.update(text, options_of(test));
        else static_cast<void>(database.explain(text, options_of(test)));
    });
}

Facts dump(const Database& database) {
    Facts facts;
    for (const Row& row : database.query("SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")) facts.push_back(row.values());
    return facts;
}

Failure run_update(const Test& test, const Suites& suites) {
    Database database = Database::in_memory(closed()), expected = Database::in_memory();
    for (const Document& document : test.data) load(database, document, suites);
    for (const Document& document : test.expected) load(expected, document, suites);
    database.update(text_of_file(suites.file_of(test.action)), options_of(test));
    return compared(dump(database), dump(expected), "dataset");
}

/// Graphs that FROM names are files beside the query.
std::vector<Document> named_by_query(const std::string& text, const Test& test, const Suites& suites) {
    sparql::ParseOptions options;
    options.base = test.action;
    const auto dataset = sparql::parse_query(text, options).dataset;
    std::vector<Document> documents;
    for (const auto* names : {&dataset.from, &dataset.from_named}) {
        for (const std::string& name : *names) {
            if (std::filesystem::is_regular_file(suites.file_of(name))) documents.push_back({name, name});
        }
    }
    return documents;
}

test::Answer answer_of(Result& result) {
    test::Answer answer;
    answer.is_boolean = result.kind() == ResultKind::Boolean;
    if (answer.is_boolean) answer.yes = result.boolean();
    answer.names = result.variables();
    while (const Row* row = result.next()) answer.rows.push_back(row->values());
    return answer;
}

/// The DAWG's vocabulary for results in RDF.
test::Answer read_result_set(const std::filesystem::path& file, const std::string& base) {
    Database database = Database::in_memory();
    LoadOptions options;
    options.base = base;
    database.load(file.string(), options);
    const std::string prefix = "PREFIX rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> ";
    test::Answer answer;
    for (const Row& row : database.query(prefix + "SELECT ?b { ?set rs:boolean ?b }")) {
        answer.is_boolean = true;
        answer.yes = row.at(0).value == "true";
    }
    for (const Row& row : database.query(prefix + "SELECT ?v { ?set rs:resultVariable ?v }")) answer.names.push_back(row.at(0).value);
    std::map<std::string, std::size_t> solutions;
    for (const Row& row : database.query(prefix + "SELECT ?s ?variable ?value { ?set rs:solution ?s OPTIONAL { ?s rs:binding [ rs:variable ?variable ; rs:value ?value ] } }")) {
        const auto [at, is_new] = solutions.try_emplace(row.at(0).to_string(), answer.rows.size());
        if (is_new) answer.rows.emplace_back(answer.names.size());
        const auto column = std::find(answer.names.begin(), answer.names.end(), row.at(1).value);
        if (column != answer.names.end()) answer.rows[at->second][static_cast<std::size_t>(column - answer.names.begin())] = row.at(2);
    }
    return answer;
}

Failure compare_answers(const test::Answer& got, const test::Answer& expected) {
    if (got.is_boolean || expected.is_boolean) {
        return got.is_boolean && expected.is_boolean && got.yes == expected.yes ? std::nullopt : Failure("another boolean");
    }
    return compared(facts_of_solutions(got.names, got.rows), facts_of_solutions(expected.names, expected.rows), "answer");
}

Failure compare_result(Result& result, const Test& test, const Suites& suites) {
    const std::filesystem::path file = suites.file_of(test.result);
    if (result.kind() == ResultKind::Graph) {
        Facts facts;
        while (const auto triple = result.next_triple()) facts.push_back({triple->subject, triple->predicate, triple->object, Term{}});
        return compared(std::move(facts), read_document(file, test.result), "graph");
    }
    const test::Answer got = answer_of(result);
    const auto format = results::guess_result_format(test.result);
    if (!format) return compare_answers(got, read_result_set(file, test.result));
    const test::Answer expected = test::read_answer(text_of_file(file), *format);
    // CSV keeps no more than text, so ours goes through it, too.
    return compare_answers(format == ResultFormat::Csv ? test::read_answer(test::write_answer(got, *format), *format) : got, expected);
}

/// The endpoints of a test behind a proxy: whatever host is asked, the request comes here.
class Endpoints {
public:
    Endpoints(const Test& test, const Suites& suites) : server_([this](const test::HttpRequest& request) { return answer(request); }) {
        for (const auto& [iri, documents] : test.endpoints) {
            const auto [at, is_new] = databases_.emplace(iri, Database::in_memory(closed()));
            for (const std::string& document : documents) load(at->second, {document, {}}, suites);
        }
        ::setenv("http_proxy", server_.url().c_str(), 1);
    }
    ~Endpoints() { ::unsetenv("http_proxy"); }
    Endpoints(const Endpoints&) = delete;
    Endpoints& operator=(const Endpoints&) = delete;

private:
    test::HttpResponse answer(const test::HttpRequest& request) const {
        const auto found = databases_.find(request.target.substr(0, request.target.find('?')));
        if (found == databases_.end()) return {502, "text/plain", "there is no such host"};
        std::ostringstream out;
        found->second.query(request.parameter("query")).write(out, ResultFormat::Xml);
        return {200, "application/sparql-results+xml", out.str()};
    }
    std::map<std::string, Database> databases_;
    test::HttpServer server_;
};

Failure run_query(const Test& test, const Suites& suites) {
    const std::string text = text_of_file(suites.file_of(test.action));
    Database database = Database::in_memory(closed());
    for (const Document& document : test.data.empty() ? named_by_query(text, test, suites) : test.data) load(database, document, suites);
    const Endpoints endpoints(test, suites);
    Result result = database.query(text, options_of(test));
    return compare_result(result, test, suites);
}

// --- which is run how -----------------------------------------------------------------------------------------------

struct KindRow {
    std::string_view words;  ///< in the name of the kind; the first row that fits counts
    Runner run;
};
constexpr std::array kKinds{
    KindRow{"UpdateEvaluationTest", run_update}, KindRow{"QueryEvaluationTest", run_query}, KindRow{"CSVResultFormatTest", run_query},
    KindRow{"SyntaxTest11", run_syntax},         KindRow{"UpdateSyntax", run_syntax},       KindRow{"SyntaxTest12", run_syntax},
    KindRow{"PositiveSyntaxTest", run_syntax},   KindRow{"NegativeSyntaxTest", run_syntax}, KindRow{"TestTurtle", run_rdf},
    KindRow{"TestTrig", run_rdf},                KindRow{"TestN", run_rdf},                 KindRow{"TestXML", run_rdf},
};

const KindRow* row_of(const std::string& kind) {
    for (const KindRow& row : kKinds) {
        if (kind.find(row.words) != std::string::npos) return &row;
    }
    return nullptr;
}

}  // namespace

bool is_run(const std::string& kind) { return row_of(kind) != nullptr; }

std::optional<std::string> run_test(const Test& test, const Suites& suites) {
    try {
        return row_of(test.kind)->run(test, suites);
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace tercet::w3c
