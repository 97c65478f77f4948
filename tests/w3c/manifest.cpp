#include "w3c/manifest.hpp"

#include <algorithm>
#include <array>

#include "tercet/tercet.hpp"

namespace tercet::w3c {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBase = "https://w3c.github.io/rdf-tests/";
/// Groups that need what this is not: a server, or entailment.
constexpr std::array<std::string_view, 5> kLeftOut{"/entailment/", "/protocol/", "/graph-store-protocol/", "/http-rdf-update/", "/service-description/"};
constexpr const char* kPrefixes = R"(
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
)";
constexpr const char* kIncluded = "SELECT ?manifest { ?m mf:include/rdf:rest*/rdf:first ?manifest }";
constexpr const char* kEntries = R"(SELECT ?test ?type ?file ?result {
  ?m mf:entries/rdf:rest*/rdf:first ?test . ?test a ?type ; mf:action ?action .
  OPTIONAL { ?action qt:query|ut:request ?request }
  BIND(COALESCE(?request, ?action) AS ?file)
  OPTIONAL { ?test mf:result ?result FILTER(isIRI(?result)) } })";
/// Of the action and, for updates, of the result: their graphs.
constexpr const char* kData = R"(SELECT ?test ?side ?file ?graph {
  VALUES ?side { mf:action mf:result } ?test ?side ?node .
  { ?node qt:data|ut:data ?file }
  UNION { ?node qt:graphData|ut:graphData ?file FILTER(isIRI(?file)) BIND(STR(?file) AS ?graph) }
  UNION { ?node qt:graphData|ut:graphData ?named . ?named qt:graph|ut:graph ?file ; rdfs:label ?graph } })";
constexpr const char* kEndpoints = "SELECT ?test ?endpoint ?file { ?test mf:action/qt:serviceData ?s . ?s qt:endpoint ?endpoint ; qt:data ?file }";

std::string local_name(const std::string& iri) { return iri.substr(iri.find_last_of("#/") + 1); }

}  // namespace

fs::path Suites::file_of(const std::string& iri) const { return root_ / iri.substr(std::min(kBase.size(), iri.size())); }

std::vector<Test> Suites::tests_of(const std::string& manifest) const {
    std::vector<Test> tests;
    std::vector<std::string> known;
    add_tests(std::string(kBase) + manifest, known, tests);
    return tests;
}

void Suites::add_tests(const std::string& manifest, std::vector<std::string>& known, std::vector<Test>& tests) const {
    const fs::path file = file_of(manifest);
    const auto is_in = [&](std::string_view part) { return manifest.find(part) != std::string::npos; };
    if (!fs::exists(file) || std::any_of(kLeftOut.begin(), kLeftOut.end(), is_in)) return;
    if (std::find(known.begin(), known.end(), manifest) != known.end()) return;
    known.push_back(manifest);

    Database database = Database::in_memory();
    LoadOptions options;
    options.base = manifest;
    database.load(file.string(), options);
    const auto ask = [&](const char* query) { return database.query(std::string(kPrefixes) + query); };
    for (const Row& row : ask(kIncluded)) add_tests(row["manifest"].value, known, tests);

    std::map<std::string, Test> found;
    std::vector<std::string> order;
    for (const Row& row : ask(kEntries)) {
        const std::string& name = row["test"].value;
        if (found.count(name) == 0) order.push_back(name);
        found[name] = {name, local_name(row["type"].value), fs::relative(file.parent_path(), root_).string(), row["file"].value, row["result"].value, {}, {}, {}};
    }
    for (const Row& row : ask(kData)) {
        Test& test = found[row["test"].value];
        (local_name(row["side"].value) == "action" ? test.data : test.expected).push_back({row["file"].value, row["graph"].value});
    }
    for (const Row& row : ask(kEndpoints)) found[row["test"].value].endpoints[row["endpoint"].value].push_back(row["file"].value);
    for (const std::string& name : order) tests.push_back(std::move(found[name]));
}

}  // namespace tercet::w3c
