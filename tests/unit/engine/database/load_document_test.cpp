#include <fstream>

#include "support/catch.hpp"
#include "support/http_server.hpp"
#include "support/temp_dir.hpp"
#include "tercet/rdf.hpp"
#include "tercet/tercet.hpp"

namespace tercet::test {
namespace {

constexpr const char* kTurtle = "<a> <b> <c> . <a> <b> <d> .";
constexpr const char* kXml = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://example/'>"
                             "<rdf:Description rdf:about='http://example/a'><e:b>c</e:b></rdf:Description></rdf:RDF>";
/// "<http://example/a> <http://example/b> <http://example/c> .\n", packed by gzip.
const std::string kPacked("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\xc9\x28\x29\x29\xb0\xd2\xd7\x4f\xad\x48\xcc\x2d\xc8\x49"
                          "\xd5\x4f\xb4\x53\xb0\x41\x13\x4a\xc2\x14\x4a\xb6\x53\xd0\xe3\x02\x00\xd4\x37\x6b\x6d\x3b\x00\x00\x00", 50);

HttpResponse document(const HttpRequest& request) {
    const std::string& path = request.target;
    if (path == "/turtle") return {200, "text/turtle; charset=utf-8", kTurtle};
    if (path == "/data.ttl?version=2") return {200, "text/plain", kTurtle};
    if (path == "/xml") return {200, "application/rdf+xml", kXml};
    if (path == "/page") return {200, "text/html", "<html></html>"};
    if (path == "/half") return {200, "text/turtle", "<a> <b> <c> . <a> <b> ."};
    if (path == "/moved") return {301, "text/plain", "", "/turtle"};
    return {404, "text/plain", "no such page"};
}

std::uint64_t loaded(const std::string& request, const OpenOptions& options = {}) {
    Database database = Database::in_memory(options);
    database.update(request);
    return database.statistics().quads;
}

ErrorCode failure(const std::string& request, const OpenOptions& options = {}) {
    try {
        loaded(request, options);
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("there was no error");
    return {};
}

}  // namespace

TEST_CASE("load: documents of the network are read as their server says, or by their name", "[load]") {
    const HttpServer server(document);
    const auto [path, quads] = GENERATE(table<std::string, std::uint64_t>({{"/turtle", 2}, {"/data.ttl?version=2", 2}, {"/xml", 1}, {"/moved", 2}}));
    Database database = Database::in_memory();
    CHECK(database.load(server.url(path)).quads_added == quads);
    CHECK(loaded("LOAD <" + server.url(path) + "> INTO GRAPH <http://example/g>") == quads);
    CHECK_THAT(server.requests().at(0).headers, Catch::Matchers::Contains("text/turtle, "));
}

TEST_CASE("load: relative IRIs start from where the document was found in the end", "[load]") {
    const HttpServer server(document);
    Database database = Database::in_memory();
    database.update("LOAD <" + server.url("/moved") + ">");
    CHECK(database.query("ASK { <" + server.url("/a") + "> <" + server.url("/b") + "> <" + server.url("/d") + "> }").boolean());
}

TEST_CASE("load: what cannot be loaded is an error, and SILENT leaves nothing of it", "[load]") {
    const HttpServer server(document);
    const auto [path, code] = GENERATE(table<std::string, ErrorCode>({
        {"/missing", ErrorCode::Io}, {"/page", ErrorCode::InvalidArgument}, {"/half", ErrorCode::Syntax}}));
    const std::string url = "<" + server.url(path) + ">";
    CHECK(failure("INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD " + url) == code);
    CHECK(loaded("INSERT DATA { <urn:a> <urn:b> <urn:c> } ; LOAD SILENT " + url + " ; INSERT DATA { <urn:a> <urn:b> <urn:d> }") == 2);
}

TEST_CASE("load: an update goes only where it is allowed to", "[load]") {
    const HttpServer server(document);
    OpenOptions options;
    options.network.loads = {"http://example.org/"};
    CHECK(failure("LOAD <" + server.url("/turtle") + ">", options) == ErrorCode::Query);
    CHECK(server.requests().empty());
    options.network.loads = {server.url()};
    CHECK(loaded("LOAD <" + server.url("/turtle") + ">", options) == 2);
}

TEST_CASE("load: packed documents of the network are unpacked", "[load]") {
    const HttpServer server([](const HttpRequest&) { return HttpResponse{200, "application/gzip", kPacked}; });
    CHECK(loaded("LOAD <" + server.url("/data.nt.gz") + ">") == 1);
}

TEST_CASE("load: a download that breaks off loads nothing", "[load]") {
    const HttpServer server([](const HttpRequest&) { return HttpResponse{200, "application/n-triples", "<urn:a> <urn:b> <urn:c> .\n", "", true}; });
    CHECK(failure("LOAD <" + server.url() + ">") == ErrorCode::Io);
    Database database = Database::in_memory();
    CHECK_THROWS_AS(database.load(server.url()), Error);
    CHECK(database.statistics().quads == 0);
    CHECK(loaded("LOAD SILENT <" + server.url() + ">") == 0);
}

TEST_CASE("load: a file: IRI is decoded", "[load]") {
    const TempDir place;
    std::ofstream(place / "50% caf\xC3\xA9.ttl") << kTurtle;
    const std::string iri = "file://" + place.path() + "/50%25%20caf%C3%A9.ttl";
    CHECK(loaded("LOAD <" + iri + ">") == 2);
    CHECK(loaded("LOAD <file://localhost" + iri.substr(7) + ">") == 2);
    CHECK(loaded("LOAD <file:" + iri.substr(7) + ">") == 2);
    CHECK(failure("LOAD <file://elsewhere" + iri.substr(7) + ">") == ErrorCode::InvalidArgument);
    CHECK(failure("LOAD <file:///no/such/file.ttl>") == ErrorCode::NotFound);
    CHECK(loaded("LOAD SILENT <file:///no/such/file.ttl>") == 0);
}

TEST_CASE("load: documents are validated and converted from the network, too", "[load]") {
    const HttpServer server(document);
    CHECK(validate(server.url("/turtle")).quads == 2);
    CHECK_THROWS_AS(validate(server.url("/half")), Error);
}

}  // namespace tercet::test
