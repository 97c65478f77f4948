#include <string>
#include <vector>

#include "support/catch.hpp"
#include "tercet/tercet.hpp"

using namespace tercet;

namespace {

constexpr const char* kPrologue = "PREFIX : <urn:> PREFIX algo: <urn:tercet:algorithm:> ";

struct Roads {
    Database database;

    explicit Roads(const OpenOptions& options = {}) : database(Database::in_memory(options)) {
        update("INSERT DATA { :a :road :b . :b :road :c . :c :rail :d GRAPH :g { :x :road :y } }");
    }
    void update(const std::string& text) { database.update(kPrologue + text); }
    /// The first value of the first row.
    std::string ask(const std::string& text, const QueryOptions& options = {}) const {
        Result result = database.query(kPrologue + text, options);
        const Row* row = result.next();
        return row == nullptr ? "no row" : row->at(0).value;
    }
    std::uint64_t uses() const {
        std::uint64_t uses = 0;
        for (const ProjectionInfo& info : database.projections()) uses += info.uses;
        return uses;
    }
    std::size_t kept() const {
        std::size_t kept = 0;
        for (const ProjectionInfo& info : database.projections()) kept += info.kept ? 1 : 0;
        return kept;
    }
};

std::string edges_of(const std::string& pattern) { return "CALL algo:describe(" + pattern + ") YIELD (?edges)"; }

const std::string kRoads = "?s ?o { ?s :road ?o }";
const std::string kNameRoads = "CALL algo:project(?s ?o { ?s :road ?o } ; name \"roads\") YIELD (?edges)";
const std::string kUseRoads = "CALL algo:describe(; projection \"roads\") YIELD (?edges)";

}  // namespace

TEST_CASE("projections: a pattern that was projected before is not projected again", "[database][projection]") {
    const Roads roads;
    CHECK(roads.ask(edges_of(kRoads)) == "2");
    CHECK(roads.uses() == 0);
    CHECK(roads.ask(edges_of("?s  ?o{ ?s :road # by car\n ?o}")) == "2");
    CHECK(roads.ask("CALL algo:pageRank(" + kRoads + " ; damping 0.5) YIELD (?node) LIMIT 1") != "no row");
    CHECK(roads.uses() == 2);
    REQUIRE(roads.kept() == 1);
    const ProjectionInfo info = roads.database.projections().front();
    CHECK(info.name.empty());
    CHECK(info.pattern == "?s ?o { ?s :road ?o }");
    CHECK(info.nodes == 3);
    CHECK(info.edges == 2);
    CHECK(info.bytes > 0);
}

TEST_CASE("projections: what changes the pattern's meaning makes another projection", "[database][projection]") {
    const Roads roads;
    CHECK(roads.ask(edges_of(kRoads)) == "2");
    CHECK(roads.ask("SELECT ?edges FROM :g { " + edges_of(kRoads) + " }") == "1");
    CHECK(roads.ask("SELECT ?edges { GRAPH :g { " + edges_of(kRoads) + " } }") == "1");
    CHECK(roads.ask("PREFIX : <urn:other:> " + edges_of(kRoads)) == "0");
    QueryOptions with;
    with.parameters = {{"by", Term::iri("urn:road")}};
    CHECK(roads.ask(edges_of("?s ?o { ?s $by ?o }"), with) == "2");
    with.parameters = {{"by", Term::iri("urn:rail")}};
    CHECK(roads.ask(edges_of("?s ?o { ?s $by ?o }"), with) == "1");
    CHECK(roads.uses() == 0);
    CHECK(roads.ask(edges_of("?s ?o { ?s $by ?o }"), with) == "1");
    CHECK(roads.uses() == 1);
}

TEST_CASE("projections: what may be another each time is not kept", "[database][projection]") {
    const Roads roads;
    const std::string pattern = GENERATE(as<std::string>{}, "?s ?o { ?s :road ?o FILTER(RAND() < 2) }", "?s ?o { ?s :road ?o FILTER(YEAR(NOW()) > 2000) }",
                                         "?s ?o { ?s :road ?x BIND(BNODE() AS ?o) }", "?s ?o { ?s :road ?x BIND(IRI(CONCAT(STR(?x), \"2\")) AS ?o) }",
                                         "?s ?o { ?s :road ?o FILTER EXISTS { ?s :road ?x FILTER(RAND() < 2) } }");
    CAPTURE(pattern);
    CHECK(roads.ask(edges_of(pattern)) == "2");
    CHECK(roads.ask(edges_of(pattern)) == "2");
    CHECK(roads.kept() == 0);
}

TEST_CASE("projections: a CALL that EXISTS asks for each row", "[database][projection]") {
    const Roads roads;
    const std::string ask = "SELECT (COUNT(*) AS ?n) { ?a :road ?b FILTER EXISTS { CALL algo:degree(?s ?o { ?s :road ?o FILTER(?s = ?a) }) YIELD (?node) } }";
    CHECK(roads.ask(ask) == roads.ask(ask));
}

TEST_CASE("projections: a name stands for the pattern", "[database][projection]") {
    const Roads roads;
    CHECK(roads.ask(kNameRoads) == "2");
    CHECK(roads.ask(kUseRoads) == "2");
    CHECK(roads.ask(edges_of(kRoads)) == "2");
    REQUIRE(roads.database.projections().size() == 1);
    CHECK(roads.database.projections().front().name == "roads");
    CHECK(roads.uses() == 2);

    CHECK(roads.ask("CALL algo:project(?s ?o { ?s :rail ?o } ; name \"roads\") YIELD (?edges)") == "1");
    CHECK(roads.ask(kUseRoads) == "1");
}

TEST_CASE("projections: a named one is made anew after a commit, at its next use", "[database][projection]") {
    Roads roads;
    CHECK(roads.ask(kNameRoads) == "2");
    roads.update("INSERT DATA { :d :road :e }");
    REQUIRE(roads.database.projections().size() == 1);
    CHECK_FALSE(roads.database.projections().front().kept);
    CHECK(roads.ask(kUseRoads) == "3");
    CHECK(roads.database.projections().front().kept);
    CHECK(roads.database.projections().front().edges == 3);
}

TEST_CASE("projections: updates see their own changes", "[database][projection]") {
    Roads roads;
    CHECK(roads.ask(kNameRoads) == "2");
    roads.update("INSERT DATA { :d :road :e } ; INSERT { :now :has ?edges } WHERE { " + kUseRoads + " }");
    CHECK(roads.ask("SELECT ?n { :now :has ?n }") == "3");
}

TEST_CASE("projections: a named pattern keeps the parameters that it was named with", "[database][projection]") {
    const Roads roads;
    QueryOptions with;
    with.parameters = {{"by", Term::iri("urn:rail")}};
    CHECK(roads.ask("CALL algo:project(?s ?o { ?s $by ?o } ; name \"mine\") YIELD (?edges)", with) == "1");
    CHECK(roads.ask("CALL algo:describe(; projection \"mine\") YIELD (?edges)") == "1");
    with.parameters = {{"by", Term::iri("urn:road")}};
    CHECK(roads.ask("CALL algo:describe(; projection \"mine\") YIELD (?edges)", with) == "1");
}

TEST_CASE("projections: one of made-up nodes has a name, too", "[database][projection]") {
    const Roads roads;
    const std::string made = "?s ?o { ?s :road ?x BIND(IRI(CONCAT(STR(?x), \"2\")) AS ?o) }";
    CHECK(roads.ask("CALL algo:project(" + made + " ; name \"made\") YIELD (?nodes)") == "4");
    CHECK(roads.ask("SELECT ?node { CALL algo:degree(; projection \"made\") YIELD (?node) FILTER(CONTAINS(STR(?node), \"c2\")) }") == "urn:c2");
    CHECK_FALSE(roads.database.projections().front().kept);
}

TEST_CASE("projections: memory is bounded", "[database][projection]") {
    OpenOptions options;
    options.projection_memory = 0;
    const Roads none(options);
    CHECK(none.ask(kNameRoads) == "2");
    CHECK(none.ask(kUseRoads) == "2");
    CHECK(none.kept() == 0);

    const Roads roads;
    CHECK(roads.ask(edges_of(kRoads)) == "2");
    options.projection_memory = roads.database.projections().front().bytes;
    const Roads one(options);
    CHECK(one.ask(edges_of(kRoads)) == "2");
    CHECK(one.ask(edges_of("?s ?o { ?s :rail ?o }")) == "1");
    REQUIRE(one.kept() == 1);
    CHECK(one.database.projections().front().pattern == "?s ?o { ?s :rail ?o }");
}

TEST_CASE("projections: an unknown name is answered by those there are, the nearest first", "[database][projection]") {
    const Roads roads;
    const auto message = [&](const std::string& query) {
        try {
            static_cast<void>(roads.ask(query));
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::Query);
            CHECK(error.position().line == 1);
            return error.message();
        }
        return std::string("no error");
    };
    CHECK_THAT(message(kUseRoads), Catch::Contains("no projection \"roads\"") && Catch::Contains("algo:project"));
    for (const char* name : {"aaa", "roads", "rods and reels"}) {
        static_cast<void>(roads.ask("CALL algo:project(" + kRoads + " ; name \"" + name + "\") YIELD (?edges)"));
    }
    CHECK_THAT(message("CALL algo:describe(; projection \"rods\") YIELD (?edges)"), Catch::Contains("there are \"roads\", \"aaa\", \"rods and reels\""));
    CHECK_THAT(message("CALL algo:describe(" + kRoads + " ; projection \"roads\") YIELD (?edges)"), Catch::Contains("not both"));
}
