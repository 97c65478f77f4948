#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <thread>

#include "support/catch.hpp"
#include "tercet/tercet.hpp"

using namespace tercet;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kNodes = 2'000;
constexpr int kEdges = 20'000;

Database random_graph() {
    std::mt19937 random(7);
    const auto node = [&] { return "<urn:n" + std::to_string(random() % kNodes) + "> "; };
    std::string text = "INSERT DATA { ";
    for (int i = 0; i < kEdges; ++i) text += node() + "<urn:p> " + node() + ". ";
    for (int i = 0; i < kNodes; ++i) text += "<urn:n" + std::to_string(i) + "> <urn:v> " + std::to_string(random() % 100'000) + " . ";
    for (int i = 0; i < kEdges; ++i) text += "GRAPH <urn:g" + std::to_string(i % 50) + "> { " + node() + "<urn:p> " + node() + "} ";
    Database database = Database::in_memory();
    database.update(text + "}");
    return database;
}

std::string many_quads() {
    std::string text = "INSERT DATA { ";
    for (int i = 0; i < 100'000; ++i) text += "<urn:s" + std::to_string(i) + "> <urn:q> \"text " + std::to_string(i) + "\" . ";
    return text + "}";
}

std::string call(const std::string& algorithm, const std::string& yields) {
    return "PREFIX algo: <urn:tercet:algorithm:> SELECT * { CALL algo:" + algorithm + "(?a ?b { ?a <urn:p> ?b }) YIELD (" + yields + ") }";
}

/// Each takes much longer than the tests lets it run, in another operator.
struct LongRequest {
    const char* what;
    std::string text;
};

const std::vector<LongRequest>& long_requests() {
    static const std::string three = "{ ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f } ";
    static const std::string chain = "?a <urn:p> ?b . ?b <urn:p> ?c . ?c <urn:p> ?d . ?d <urn:p> ?e ";
    static const std::vector<LongRequest> requests{
        {"product", "SELECT * " + three},
        {"merge and hash joins", "SELECT (COUNT(*) AS ?n) { " + chain + "}"},
        {"sort", "SELECT * { " + chain + "} ORDER BY ?e ?a"},
        {"sort by an expression", "SELECT * { " + chain + "} ORDER BY STR(?e)"},
        {"top", "SELECT * { " + chain + "} ORDER BY ?e LIMIT 10"},
        {"group", "SELECT ?a ?e (COUNT(*) AS ?n) { " + chain + "} GROUP BY ?a ?e"},
        {"group by everything", "SELECT (GROUP_CONCAT(?e) AS ?n) { " + chain + "}"},
        {"distinct", "SELECT DISTINCT ?a ?b ?d ?e { " + chain + "}"},
        {"count of distinct", "SELECT (COUNT(DISTINCT *) AS ?n) { " + chain + "}"},
        {"filter", "SELECT * { " + three + " FILTER(CONCAT(STR(?a), STR(?c), STR(?f)) = \"\") }"},
        {"regular expression", "SELECT * { " + three + " FILTER(REGEX(STR(?f), \"(a|b)*c\")) }"},
        {"extend", "SELECT ?x { " + three + " BIND(CONCAT(STR(?a), STR(?b)) AS ?x) }"},
        {"optional", "SELECT (COUNT(*) AS ?n) { " + three + " OPTIONAL { ?a <urn:v> ?x . ?y <urn:v> ?x FILTER(?y != ?a) } }"},
        {"minus", "SELECT (COUNT(*) AS ?n) { " + three + " MINUS { ?a <urn:p> ?x . ?x <urn:p> ?e } }"},
        {"exists", "SELECT (COUNT(*) AS ?n) { " + three + " FILTER EXISTS { ?a <urn:p>/<urn:p> ?x FILTER(?x != ?f) } }"},
        {"union", "SELECT (COUNT(*) AS ?n) { " + three + "UNION " + three + "}"},
        {"graph", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a <urn:p> ?b . ?c <urn:p> ?d } GRAPH ?h { ?e <urn:p> ?f } }"},
        {"each graph", "SELECT (COUNT(*) AS ?n) { ?x <urn:p> ?y GRAPH ?g { { SELECT (COUNT(*) AS ?m) { ?a <urn:p> ?b . ?c <urn:p> ?d } } } }"},
        {"path", "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|^<urn:p>)+ ?b }"},
        {"path of a sequence", "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>/<urn:p>)* ?b }"},
        {"all trails", "SELECT ?p { <urn:n1> ALL TRAIL (<urn:p>+ AS ?p) ?b }"},
        {"shortest paths", "SELECT ?p { ?a ALL SHORTEST (<urn:p>+ AS ?p) ?b }"},
        {"cheapest paths", "SELECT ?p { ?a ANY CHEAPEST (<urn:p>+ AS ?p COST 1) ?b }"},
        {"betweenness", call("betweenness", "?node")},
        {"all pairs", call("allPairs", "?distance")},
        {"cycles", call("cycles", "?cycle")},
        {"a projection", "PREFIX algo: <urn:tercet:algorithm:> SELECT * { CALL algo:pageRank(?a ?d { " + chain + "}) YIELD (?node) }"},
        {"construct", "CONSTRUCT { ?a <urn:q> ?f } " + three},
        {"describe", "DESCRIBE ?a ?f " + three},
        {"ask", "ASK { " + three + "FILTER(CONCAT(STR(?a), STR(?c), STR(?f)) = \"\") }"},
        {"insert where", "INSERT { ?a <urn:q> ?e } WHERE { " + chain + "}"},
        {"delete and insert", "DELETE { ?a <urn:p> ?b } INSERT { ?a <urn:q> [ <urn:q> ?d ] } WHERE { " + chain + "}"},
        {"insert data", many_quads()},
    };
    return requests;
}

void run(Database& database, const std::string& text) {
    QueryOptions options;
    options.memory_limit = std::size_t{2} << 30U;
    if (is_update_request(text)) {
        database.update(text, options);
        return;
    }
    Result result = database.query(text, options);
    if (result.kind() == ResultKind::Graph) {
        while (result.next_triple()) {
        }
    } else if (result.kind() == ResultKind::Bindings) {
        while (result.next() != nullptr) {
        }
    }
}

/// Runs a request, and cancels it after a while from another thread. Returns how long it went on.
double milliseconds_after_cancel(Database& database, const std::string& text, std::chrono::microseconds after) {
    std::atomic<bool> running = false, done = false;
    Clock::time_point cancelled = Clock::time_point::max();
    std::thread canceller([&] {
        running.wait(false);
        std::this_thread::sleep_for(after);
        cancelled = Clock::now();
        // Again and again: the first may come before the call has begun, and then it means nothing.
        for (; !done; std::this_thread::sleep_for(std::chrono::milliseconds(20))) database.cancel();
    });
    running = true;
    running.notify_one();
    try {
        run(database, text);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Cancelled);
    }
    const auto ended = Clock::now();
    done = true;
    canceller.join();
    return std::chrono::duration<double, std::milli>(ended - cancelled).count();
}

}  // namespace

TEST_CASE("cancellation: every long request ends when another thread says so", "[database]") {
    Database database = random_graph();
    const std::uint64_t before = database.statistics().quads;
    std::mt19937 random(11);
    for (const LongRequest& request : long_requests()) {
        INFO(request.what);
        const std::chrono::milliseconds after(1 + random() % 60);
        CHECK_NOTHROW(milliseconds_after_cancel(database, request.text, after));
    }
    const bool is_unchanged = database.statistics().quads == before || database.statistics().quads == before + 100'000;
    CHECK(is_unchanged);
}

/// For people: TERCET_CANCEL_ROUNDS=20 TERCET_CANCEL_WITHIN=2000 (milliseconds) tells the longest time after a cancel; of one request
/// with TERCET_CANCEL_WHAT=sort.
TEST_CASE("cancellation: how long it takes", "[database]") {
    const char* rounds = std::getenv("TERCET_CANCEL_ROUNDS");
    if (rounds == nullptr) return;
    const char* within = std::getenv("TERCET_CANCEL_WITHIN");
    const char* what = std::getenv("TERCET_CANCEL_WHAT");
    std::mt19937 random(std::random_device{}());
    Database database = random_graph();
    for (const LongRequest& request : long_requests()) {
        if (what != nullptr && std::string(what) != request.what) continue;
        double longest = 0;
        for (int i = 0; i < std::atoi(rounds); ++i) {
            const std::chrono::microseconds after(1000 + random() % (1000 * (within == nullptr ? 1000 : std::atoi(within))));
            longest = std::max(longest, milliseconds_after_cancel(database, request.text, after));
        }
        std::cout << request.what << ": " << longest << " ms\n" << std::flush;
    }
}

TEST_CASE("cancellation: it concerns what runs, and nothing that begins later", "[database]") {
    Database database = Database::in_memory();
    database.update("INSERT DATA { <urn:a> <urn:p> 1 , 2 , 3 }");
    database.cancel();
    Result running = database.query("SELECT * { ?s ?p ?o }");
    CHECK(running.next() != nullptr);

    Result other = database.query("SELECT * { ?s ?p ?o . ?t ?q ?u . ?v ?r ?w }");
    database.cancel();
    Result later = database.query("SELECT * { ?s ?p ?o }");

    CHECK_THROWS_WITH(other.next(), Catch::Contains("cancelled"));
    CHECK(later.next() != nullptr);
}
