#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "support/catch.hpp"
#include "support/http_server.hpp"
#include "support/temp_dir.hpp"
#include "tercet/tercet.hpp"

namespace tercet::test {
namespace {

constexpr const char* kPrefix = "PREFIX : <http://example/>\n";
constexpr const char* kRemote = ":a :name 'Ann', 'Anna' . :b :name 'Bob' . :c :name 'Cid' . :c :is [] . << :a :knows :b ~ :r >> :since 2020 .";
constexpr const char* kHere = ":a :age 1 . :b :age 2 . :c :age 3 . :d :age 4 . _:x :age 5 .";

Database filled(const std::string& data, const OpenOptions& options = {}) {
    const TempDir place;
    std::ofstream(place / "data.ttl") << kPrefix << data;
    Database database = Database::in_memory(options);
    database.load(place / "data.ttl");
    return database;
}

/// An endpoint over some triples, that answers in one format.
class Endpoint {
public:
    explicit Endpoint(ResultFormat format = ResultFormat::Json, std::string type = "application/sparql-results+json")
        : database_(filled(kRemote)), server_([this, format, type = std::move(type)](const HttpRequest& request) {
              std::ostringstream out;
              database_.query(request.parameter("query")).write(out, format);
              return HttpResponse{200, type, out.str()};
          }) {}
    [[nodiscard]] std::string iri() const { return '<' + server_.url("/sparql") + '>'; }
    [[nodiscard]] std::vector<HttpRequest> requests() const { return server_.requests(); }

private:
    Database database_;
    HttpServer server_;
};

OpenOptions allowed(std::size_t solutions = 200) {
    OpenOptions options;
    options.network.services = {"http://"};
    options.network.solutions_per_request = solutions;
    return options;
}

std::vector<std::string> rows(const Database& database, const std::string& query, const QueryOptions& options = {}) {
    std::vector<std::string> all;
    Result result = database.query(kPrefix + query, options);
    for (const Row& row : result) {
        std::string text;
        for (const Term& value : row.values()) text += (value.is_blank_node() ? "_:" : value.to_string()) + ' ';
        all.push_back(text);
    }
    std::sort(all.begin(), all.end());
    return all;
}

Error failure(const Database& database, const std::string& query, const QueryOptions& options = {}) {
    try {
        rows(database, query, options);
    } catch (const Error& error) {
        return error;
    }
    FAIL("there was no error");
    return Error(ErrorCode::Io, "");
}

const std::vector<std::string> kNames{"1 \"Ann\" ", "1 \"Anna\" ", "2 \"Bob\" ", "3 \"Cid\" "};

std::vector<std::string> plain(std::vector<std::string> rows) {
    for (std::string& row : rows) {
        if (const auto type = row.find("^^<http://www.w3.org/2001/XMLSchema#integer>"); type != std::string::npos) {
            row = row.substr(1, type - 2) + row.substr(type + 44);
        }
    }
    return rows;
}

}  // namespace

TEST_CASE("service: what an endpoint answers is joined, in whatever format it comes", "[service]") {
    const auto [format, type] = GENERATE(table<ResultFormat, std::string>({
        {ResultFormat::Json, "application/sparql-results+json"},
        {ResultFormat::Xml, "application/sparql-results+xml; charset=utf-8"},
        {ResultFormat::Tsv, "text/tab-separated-values"},
        {ResultFormat::Csv, "text/csv"},
    }));
    const Endpoint endpoint(format, type);
    const Database database = filled(kHere, allowed());
    CHECK(plain(rows(database, "SELECT ?n ?name { ?x :age ?n . SERVICE " + endpoint.iri() + " { ?x :name ?name } }")) == kNames);
    CHECK_THAT(endpoint.requests().at(0).headers, Catch::Matchers::Contains("Accept: application/sparql-results+json;q=1, "));
}

TEST_CASE("service: solutions are sent along, so many at a time", "[service]") {
    const auto [most, requests] = GENERATE(table<std::size_t, std::size_t>({{1, 5}, {2, 3}, {200, 1}}));
    const Endpoint endpoint;
    const Database database = filled(kHere, allowed(most));
    CHECK(plain(rows(database, "SELECT ?n ?name { ?x :age ?n . SERVICE " + endpoint.iri() + " { ?x :name ?name } }")) == kNames);
    CHECK(endpoint.requests().size() == requests);
    std::string all;
    for (const HttpRequest& request : endpoint.requests()) all += request.parameter("query");
    CHECK_THAT(all, Catch::Matchers::Contains("VALUES (?tercet_row ?x)") && Catch::Matchers::Contains("<http://example/d>"));
}

TEST_CASE("service: a solution that many rows share is sent once", "[service]") {
    const Endpoint endpoint;
    const Database database = filled(":a :p 1, 2, 3, 4 .", allowed(2));
    CHECK(rows(database, "SELECT ?n ?name { ?x :p ?n . SERVICE " + endpoint.iri() + " { ?x :name ?name } }").size() == 8);
    CHECK(endpoint.requests().size() == 1);
}

TEST_CASE("service: blank nodes are not sent and equal nothing elsewhere", "[service]") {
    const Endpoint endpoint;
    const Database database = filled("[] :p 1 . :a :p 2 .", allowed());
    CHECK(plain(rows(database, "SELECT ?n ?name { ?x :p ?n . SERVICE " + endpoint.iri() + " { ?x :name ?name } }")) ==
          std::vector<std::string>{"2 \"Ann\" ", "2 \"Anna\" "});
    CHECK_THAT(endpoint.requests().at(0).parameter("query"), Catch::Matchers::Contains("UNDEF"));
}

TEST_CASE("service: a solution without a value finds every row once", "[service]") {
    const Endpoint endpoint;
    const Database database = filled("", allowed());
    CHECK(rows(database, "SELECT ?x ?name { VALUES ?x { UNDEF :b } SERVICE " + endpoint.iri() + " { ?x :name ?name } }").size() == 5);
}

TEST_CASE("service: alone, or beside what has no variable in common, it is asked once", "[service]") {
    const Endpoint endpoint;
    const Database database = filled(kHere, allowed());
    CHECK(rows(database, "SELECT * { SERVICE " + endpoint.iri() + " { ?x :name ?name } }").size() == 4);
    CHECK(rows(database, "SELECT * { ?y :age ?n SERVICE " + endpoint.iri() + " { ?x :name ?name } }").size() == 20);
    CHECK(rows(database, "SELECT * { ?y :age ?n SERVICE " + endpoint.iri() + " { :b :name 'Bob' } }").size() == 5);
    CHECK(endpoint.requests().size() == 3);
}

TEST_CASE("service: what nobody looks at is not asked for, and its rows count", "[service]") {
    const Endpoint endpoint;
    const Database database = filled(kHere, allowed());
    const std::string pattern = "{ ?x :age ?n . SERVICE " + endpoint.iri() + " { ?x :name ?name } }";
    CHECK(rows(database, "SELECT ?x " + pattern).size() == 4);
    CHECK(rows(database, "SELECT (1 AS ?one) { SERVICE " + endpoint.iri() + " { ?x :name ?name } }").size() == 4);
    for (const HttpRequest& request : endpoint.requests()) {
        const std::string query = request.parameter("query");
        CHECK(query.substr(0, query.find("WHERE")).find("?name") == std::string::npos);
    }
}

TEST_CASE("service: OPTIONAL keeps rows without an answer", "[service]") {
    const Endpoint endpoint;
    const Database database = filled(kHere, allowed());
    const auto all = rows(database, "SELECT ?x ?name { ?x :age ?n OPTIONAL { SERVICE " + endpoint.iri() + " { ?x :name ?name } } }");
    CHECK(all == std::vector<std::string>{"<http://example/a> \"Ann\" ", "<http://example/a> \"Anna\" ", "<http://example/b> \"Bob\" ",
                                          "<http://example/c> \"Cid\" ", "<http://example/d>  ", "_:  "});
}

TEST_CASE("service: the endpoint may be a variable", "[service]") {
    const Endpoint one, two;
    const Database database = filled(":b :at " + one.iri() + " . :c :at " + two.iri() + " . :d :at 'nowhere' .", allowed());
    const std::string pattern = "SELECT ?name { ?x :at ?where FILTER(isIRI(?where)) SERVICE ?where { ?x :name ?name } }";
    CHECK(rows(database, pattern) == std::vector<std::string>{"\"Bob\" ", "\"Cid\" "});
    CHECK(one.requests().size() == 1);
    CHECK(two.requests().size() == 1);
    const Error error = failure(database, "SELECT ?name { ?x :at ?where SERVICE ?where { ?x :name ?name } }");
    CHECK(error.code() == ErrorCode::Query);
    CHECK(error.position().line == 2);
}

TEST_CASE("service: triple terms and blank nodes come through", "[service]") {
    const Endpoint endpoint;
    const Database database = filled("", allowed());
    CHECK(rows(database, "SELECT ?t { SERVICE " + endpoint.iri() + " { ?r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ?t } }") ==
          std::vector<std::string>{"<<( <http://example/a> <http://example/knows> <http://example/b> )>> "});
    CHECK(rows(database, "SELECT ?b { SERVICE " + endpoint.iri() + " { :c :is ?b } }") == std::vector<std::string>{"_: "});
}

TEST_CASE("service: it is off unless it is allowed", "[service]") {
    const Endpoint endpoint;
    const Database database = filled(kHere);
    const Error error = failure(database, "SELECT * { SERVICE " + endpoint.iri() + " { ?x :name ?name } }");
    CHECK(error.code() == ErrorCode::Query);
    CHECK_THAT(error.message(), Catch::Matchers::Contains("--service"));
    CHECK(endpoint.requests().empty());
}

TEST_CASE("service: SILENT makes nothing of a failure", "[service]") {
    const HttpServer broken([](const HttpRequest&) { return HttpResponse{500, "text/plain", "out of order"}; });
    const HttpServer page([](const HttpRequest&) { return HttpResponse{200, "text/html", "<html>"}; });
    const HttpServer half([](const HttpRequest&) {
        return HttpResponse{200, "text/csv", "tercet_row,x,name\r\n0,http://example/a,Ann\r\n99,http://example/b,Bob\r\n"};
    });
    const HttpServer& server = GENERATE_REF(from_range(std::vector<std::reference_wrapper<const HttpServer>>{broken, page, half}));
    const Database database = filled(":a :age 1 .", allowed());
    const std::string rest = "<" + server.url() + "> { ?x :name ?name } }";
    CHECK(rows(database, "SELECT ?x ?name { ?x :age ?n SERVICE SILENT " + rest) == std::vector<std::string>{"<http://example/a>  "});
    CHECK_THAT(failure(database, "SELECT ?x ?name { ?x :age ?n SERVICE " + rest).message(), Catch::Matchers::StartsWith("SERVICE <" + server.url()));
}

TEST_CASE("service: the query's own limits are not silenced", "[service]") {
    const HttpServer server([](const HttpRequest&) { return HttpResponse{200, "text/plain", "", "", false, true}; });
    const Database database = filled("", allowed());
    QueryOptions options;
    options.timeout = std::chrono::milliseconds(50);
    CHECK(failure(database, "SELECT * { SERVICE SILENT <" + server.url() + "> { ?x :name ?name } }", options).code() == ErrorCode::Timeout);
}

TEST_CASE("service: long queries are posted, short ones are not", "[service]") {
    const Endpoint endpoint;
    const Database database = filled("", allowed());
    const std::string filler = GENERATE(std::string(), std::string(3000, '#') + '\n');
    CHECK(rows(database, "SELECT * { SERVICE " + endpoint.iri() + " { :b :name ?name " + filler + "} }").size() == 1);
    CHECK(endpoint.requests().at(0).method == (filler.empty() ? "GET" : "POST"));
}

TEST_CASE("service: parameters are sent like other values", "[service]") {
    const Endpoint endpoint;
    const Database database = filled("", allowed());
    QueryOptions options;
    options.parameters = {{"who", Term::iri("http://example/b")}};
    CHECK(rows(database, "SELECT ?name { SERVICE " + endpoint.iri() + " { $who :name ?name } }", options) == std::vector<std::string>{"\"Bob\" "});
    CHECK_THAT(failure(database, "SELECT ?x { SERVICE " + endpoint.iri() + " { ?x :name ?n FILTER(?x = $who) } }", options).message(),
               Catch::Matchers::Contains("$who"));
}

TEST_CASE("service: within GRAPH, EXISTS and updates", "[service]") {
    const Endpoint endpoint;
    Database database = filled(kHere, allowed());
    CHECK(rows(database, "SELECT ?x { ?x :age ?n FILTER EXISTS { SERVICE " + endpoint.iri() + " { ?x :name ?name } } }").size() == 3);
    database.update(std::string(kPrefix) + "INSERT { GRAPH :g { ?x :name ?name } } WHERE { ?x :age ?n SERVICE " + endpoint.iri() + " { ?x :name ?name } }");
    CHECK(rows(database, "SELECT * { GRAPH ?g { ?x :name ?name SERVICE " + endpoint.iri() + " { ?x :name ?name } } }").size() == 4);
}

}  // namespace tercet::test
