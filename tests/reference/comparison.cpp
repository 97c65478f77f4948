#include "tests/reference/comparison.hpp"

#include <algorithm>

#include "parser/sparql/parser.hpp"
#include "tests/reference/evaluator.hpp"

namespace tercet::reference {
namespace {

Database filled(const std::string& insert) {
    Database database = Database::in_memory();
    database.update(insert);
    return database;
}

Solution solution_of(const tercet::Result& result, const Row& row) {
    Solution solution;
    for (std::size_t c = 0; c < row.values().size(); ++c) {
        if (row.at(c).is_defined()) solution.emplace(result.variables()[c], row.at(c));
    }
    return solution;
}

std::multiset<std::string> texts(const Multiset& rows) {
    std::multiset<std::string> all;
    for (const Solution& row : rows) all.insert(text_of(row));
    return all;
}

std::string listed(const std::string& title, const std::multiset<std::string>& rows) {
    std::string text = title + '\n';
    for (const std::string& row : rows) text += "  { " + row + "}\n";
    return text;
}

std::multiset<std::string> missing(const std::multiset<std::string>& from, const std::multiset<std::string>& in) {
    std::multiset<std::string> rest;
    std::set_difference(from.begin(), from.end(), in.begin(), in.end(), std::inserter(rest, rest.end()));
    return rest;
}

bool keys_are_seen(const Answer& answer, const std::vector<std::string>& variables) {
    return std::all_of(answer.order.begin(), answer.order.end(), [&](const auto& key) {
        const auto* variable = std::get_if<sparql::Variable>(&key.expression->node);
        return variable != nullptr && std::find(variables.begin(), variables.end(), variable->name) != variables.end();
    });
}

/// Where a row stands, there must be an order that puts it there.
std::string out_of_order(Evaluator& evaluator, const Answer& answer, const Multiset& got) {
    for (std::size_t i = 0; i < got.size(); ++i) {
        std::size_t before = 0, after = 0;
        for (const Solution& other : answer.rows) {
            const auto order = evaluator.order(other, got[i], answer.order);
            before += order == -1 ? 1 : 0;
            after += order == 1 ? 1 : 0;
        }
        const std::size_t place = i + answer.offset;
        if (before > place || place + after + 1 > answer.rows.size()) return "row " + std::to_string(i) + " is out of order: " + text_of(got[i]) + '\n';
    }
    return {};
}

std::string difference(Evaluator& evaluator, const Answer& answer, const Multiset& got, const std::vector<std::string>& variables) {
    const auto expected = texts(answer.rows), actual = texts(got);
    const auto extra = missing(actual, expected);
    if (answer.reduced) {
        const std::set<std::string> wanted(expected.begin(), expected.end()), given(actual.begin(), actual.end());
        return extra.empty() && (wanted == given || answer.limit || answer.offset != 0) ? "" : listed("expected, reduced", expected) + listed("got", actual);
    }
    const std::size_t left = expected.size() - std::min<std::size_t>(expected.size(), answer.offset);
    const std::size_t count = answer.limit ? std::min<std::size_t>(left, *answer.limit) : left;
    if (!extra.empty() || actual.size() != count) return listed("expected " + std::to_string(count) + " of", expected) + listed("got", actual);
    if (got.size() > 60 || !keys_are_seen(answer, variables)) return {};
    return out_of_order(evaluator, answer, got);
}

}  // namespace

World::World(const std::string& insert) : database_(filled(insert)) {
    tercet::Result all = database_.query("SELECT ?s ?p ?o { ?s ?p ?o }"), named = database_.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }");
    for (const Row& row : all) dataset_.default_graph.push_back({row["s"], row["p"], row["o"]});
    for (const Row& row : named) dataset_.named[row["g"].value].push_back({row["s"], row["p"], row["o"]});
}

World::Outcome World::compare(const std::string& query, const std::vector<std::string>& without_passes, std::string* said) const {
    sparql::Query parsed;
    try {
        parsed = sparql::parse_query(query, {});
    } catch (const Error&) {
        return Outcome::Refused;
    }
    Evaluator evaluator(dataset_);
    Answer answer;
    try {
        answer = evaluator.evaluate(parsed);
    } catch (const TooLarge&) {
        return Outcome::Skipped;
    }
    if (answer.ambiguous) return Outcome::Skipped;
    QueryOptions options;
    options.without_passes = without_passes;
    options.resolve_names = false;
    std::string found;
    try {
        tercet::Result result = database_.query(query, options);
        if (result.kind() == ResultKind::Boolean) {
            if (result.boolean() != answer.boolean) found = answer.boolean ? "expected true\n" : "expected false\n";
        } else if (result.kind() == ResultKind::Graph) {
            std::set<std::string> triples;
            while (const auto triple = result.next_triple()) triples.insert(Term::triple_term(*triple).to_string());
            if (triples != answer.triples) found = listed("expected", {answer.triples.begin(), answer.triples.end()}) + listed("got", {triples.begin(), triples.end()});
        } else {
            Multiset got;
            for (const Row& row : result) got.push_back(solution_of(result, row));
            found = difference(evaluator, answer, got, result.variables());
        }
    } catch (const Error& error) {
        found = std::string("error: ") + error.what() + '\n';
    }
    if (said != nullptr) *said = found;
    if (!found.empty()) return Outcome::Different;
    return answer.rows.empty() && !answer.boolean ? Outcome::Empty : Outcome::Same;
}

}  // namespace tercet::reference
