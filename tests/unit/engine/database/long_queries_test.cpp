#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "tercet/tercet.hpp"

using namespace tercet;

namespace {

constexpr int kMany = 5'000;

std::string many(std::string_view before, std::string_view after) {
    std::string text;
    for (int i = 0; i < kMany; ++i) text.append(before).append(std::to_string(i)).append(after);
    return text;
}

Database two_numbers() {
    Database database = Database::in_memory();
    database.update("INSERT DATA { <urn:a> <urn:p> 17 , -1 }");
    return database;
}

std::size_t rows_of(const Database& database, const std::string& query) {
    Result result = database.query(query);
    std::size_t rows = 0;
    while (result.next() != nullptr) ++rows;
    return rows;
}

}  // namespace

TEST_CASE("long queries: thousands of conditions are answered", "[database]") {
    const Database database = two_numbers();
    CHECK(rows_of(database, "SELECT * { ?s ?p ?o " + many("FILTER(?o != ", ") ") + "}") == 1);
    CHECK(rows_of(database, "SELECT * { ?s ?p ?o FILTER(true" + many(" && ?o != ", "") + ") }") == 1);
    CHECK(rows_of(database, "SELECT * { ?s ?p ?o FILTER(false" + many(" || ?o = ", "") + ") }") == 1);
    CHECK(rows_of(database, "SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o } " + many("FILTER(?o != ", ") ") + "}") == 2);
}

TEST_CASE("long queries: thousands of branches are gone through", "[database]") {
    const Database database = two_numbers();
    CHECK(rows_of(database, "SELECT * { { ?x <urn:q> ?y } " + many("UNION { ?x <urn:p", "> ?y } ") + "UNION { ?x <urn:p> ?y } }") == 2);
    CHECK(rows_of(database, "SELECT * { ?x <urn:p>" + many("|<urn:p", ">") + " ?y }") == 2);
}

TEST_CASE("long queries: too many patterns, steps and aggregates are refused", "[database]") {
    const Database database = two_numbers();
    const std::string what = GENERATE("SELECT * { " + many("?x <urn:p", "> ?y . ") + "}", "SELECT * { ?x <urn:p>" + many("/<urn:p", ">") + " ?y }",
                                      "SELECT (1 AS ?x) { ?s ?p ?o } HAVING " + many("(SUM(?o) > ", ") "));
    try {
        (void)rows_of(database, what);
        FAIL("was answered");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Query);
        CHECK_THAT(error.message(), Catch::Contains("use sub-selects") || Catch::Contains("split it with sub-selects"));
    }
}
