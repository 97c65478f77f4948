#include <algorithm>
#include <iostream>
#include <limits>
#include <map>

#include "parser/sparql/parser.hpp"
#include "support/catch.hpp"
#include "tests/reference/comparison.hpp"
#include "tests/reference/random_part.hpp"
#include "tests/reference/walks.hpp"

namespace tercet::reference {
namespace {

using sparql::PathMode;
using Selector = sparql::PathSearch::Selector;
using Walks = std::vector<FoundWalk>;

constexpr std::size_t kSearchesPerGraph = 3;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The parts of a query that random_search() makes.
struct Asked {
    const sparql::TriplePattern* triple = nullptr;
    const sparql::PathSearch* search = nullptr;
    const sparql::GraphGraphPattern* graph = nullptr;
    Multiset rows{Solution{}};

    explicit Asked(const sparql::Query& query) { read(*std::get<sparql::SelectQuery>(query.form).where); }

private:
    void read(const sparql::GroupGraphPattern& group) {
        for (const auto& element : group.elements) {
            if (const auto* values = std::get_if<sparql::InlineData>(&element)) rows = data_rows(*values);
            if (const auto* inner = std::get_if<sparql::GraphGraphPattern>(&element)) {
                graph = inner;
                read(*inner->pattern);
            }
            if (const auto* triples = std::get_if<sparql::TriplesBlock>(&element)) {
                triple = &triples->triples.front();
                search = &std::get<sparql::PathSearch>(triple->verb);
            }
        }
    }
};

bool by_cost(Selector selector) { return selector == Selector::AnyCheapest || selector == Selector::CheapestK; }
bool all_walks(Selector selector) { return selector == Selector::All || selector == Selector::AllShortest || selector == Selector::ShortestKGroups; }

bool is_infinite(const sparql::PathSearch& search) {
    return search.selector == Selector::All && search.mode == PathMode::Walk && !most_steps(*search.path);
}

/// The numbers that decide which walks are taken, ascending.
std::vector<double> keys_of(const Walks& walks, Selector selector) {
    std::vector<double> keys;
    for (const FoundWalk& walk : walks) keys.push_back(by_cost(selector) ? walk.cost : static_cast<double>(walk.length));
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// Of these the search takes so many, if there are no others.
std::vector<double> selected(std::vector<double> keys, const sparql::PathSearch& search) {
    if (search.selector == Selector::All) return keys;
    if (!all_walks(search.selector)) {
        keys.resize(std::min<std::size_t>(keys.size(), search.k));
        return keys;
    }
    std::size_t lengths = 0, end = 0;
    for (; end < keys.size(); ++end) {
        if ((end == 0 || keys[end] != keys[end - 1]) && lengths++ == search.k) break;
    }
    keys.resize(end);
    return keys;
}

std::vector<double> below(std::vector<double> keys, double limit) {
    std::erase_if(keys, [&](double key) { return key >= limit; });
    return keys;
}

/// Whether what was found between two ends is what was asked for; of walks with keys from `horizon` on not all are known.
bool agrees(const Walks& known, const Walks& given, const sparql::PathSearch& search, double horizon) {
    const auto keys = keys_of(given, search.selector), all = keys_of(known, search.selector), certain = below(all, horizon);
    if (horizon == kInfinity) return keys == selected(all, search);
    // One more beyond the horizon shows whether all that are certain would be taken anyway.
    auto more = certain;
    more.push_back(horizon);
    const auto wanted = selected(more, search);
    if (wanted.empty() || wanted.back() < horizon) return keys == wanted;
    return below(keys, horizon) == certain && (all_walks(search.selector) || keys.size() >= std::min<std::size_t>(all.size(), search.k)) &&
           selected(keys, search) == keys;
}

/// What a query answers, parted by the row of VALUES, the graph and the ends.
class SearchCheck {
public:
    SearchCheck(const World& world, const std::string& query) : world_(world), text_(query), query_(sparql::parse_query(query, {})), asked_(query_) {}

    World::Outcome outcome() {
        try {
            ask();
        } catch (const Error& error) {
            if (is_infinite(*asked_.search) && error.code() == ErrorCode::Query) return World::Outcome::Refused;
            say(std::string("error: ") + error.what());
        }
        return said.empty() ? (given_ == 0 ? World::Outcome::Empty : World::Outcome::Same) : skipped_ ? World::Outcome::Skipped : World::Outcome::Different;
    }
    std::string said;

private:
    using Key = std::vector<std::string>;

    void say(const std::string& what) { said += what + '\n'; }

    void ask() {
        const Dataset dataset = described(world_.dataset(), query_.dataset);
        for (const auto& [name, graph] : world_.dataset().named) everything_.insert(everything_.end(), graph.begin(), graph.end());
        everything_.insert(everything_.end(), world_.dataset().default_graph.begin(), world_.dataset().default_graph.end());
        Evaluator evaluator(dataset);
        if (asked_.graph == nullptr) walkers_.emplace("", Walker(evaluator, *asked_.search, dataset.default_graph, everything_));
        for (const auto& [name, graph] : dataset.named) {
            const bool wanted = asked_.graph != nullptr && fits(asked_.graph->graph, Term::iri(name));
            if (wanted) walkers_.emplace(name, Walker(evaluator, *asked_.search, graph, everything_));
        }
        for (auto& [name, walker] : walkers_) expect(name, walker);
        if (skipped_) return say("too many walks");
        read_answer();
        for (const auto& [key, walks] : answer_) {
            if (!expected_.contains(key)) compare(key, {});
        }
        for (const auto& [key, walks] : expected_) compare(key, walks);
    }

    static bool fits(const sparql::VarOrIri& graph, const Term& name) {
        const auto* constant = std::get_if<sparql::Constant>(&graph);
        return constant == nullptr || constant->term == name;
    }

    /// Walks from every start that a row and a pattern leave, to every end that they leave.
    void expect(const std::string& name, Walker& walker) {
        std::vector<Term> starts = walker.nodes();
        const auto constant_of = [](const sparql::TermPattern& end) { return std::get_if<sparql::Constant>(&end); };
        for (const auto* end : {constant_of(asked_.triple->subject), constant_of(asked_.triple->object)}) {
            if (end != nullptr && std::find(starts.begin(), starts.end(), end->term) == starts.end()) starts.push_back(end->term);
        }
        for (const Term& start : starts) {
            std::optional<FoundWalks> found;
            for (const Solution& row : asked_.rows) {
                Solution bound = row;
                if (!name.empty() && std::holds_alternative<sparql::Variable>(asked_.graph->graph)) bound.emplace("g", Term::iri(name));
                if (!bind(asked_.triple->subject, start, bound)) continue;
                if (!found) found = walker.walks(start);
                skipped_ = skipped_ || (!found->complete && (asked_.search->selector == Selector::All || asked_.search->mode != PathMode::Walk));
                for (const FoundWalk& walk : found->walks) {
                    Solution ends = bound;
                    if (bind(asked_.triple->object, walk.end, ends)) expected_[key_of(ends, start, walk.end)].push_back(walk);
                }
                horizons_[start.to_string() + name] = horizon(*found, walker);
            }
        }
    }

    [[nodiscard]] double horizon(const FoundWalks& found, const Walker& walker) const {
        if (found.complete) return kInfinity;
        return static_cast<double>(found.looked + 1) * (by_cost(asked_.search->selector) ? walker.least_cost() : 1);
    }

    static bool bind(const sparql::TermPattern& pattern, const Term& term, Solution& row) {
        if (const auto* constant = std::get_if<sparql::Constant>(&pattern)) return constant->term == term;
        return row.emplace(std::get<sparql::Variable>(pattern).name, term).first->second == term;
    }

    static Key key_of(const Solution& row, const Term& start, const Term& end) {
        const auto text = [&](const char* name) { return row.contains(name) ? row.at(name).to_string() : std::string(); };
        return {text("row"), text("g"), start.to_string(), end.to_string()};
    }
    static std::string name_of(const Key& key) { return "row " + key[0] + " graph " + key[1] + ": " + key[2] + " to " + key[3]; }

    /// The graph that was walked in, where ?g has that text.
    [[nodiscard]] std::string graph_of(const std::string& g) const {
        if (asked_.graph == nullptr) return {};
        if (const auto* constant = std::get_if<sparql::Constant>(&asked_.graph->graph)) return constant->term.value;
        return g.substr(1, g.size() - 2);
    }

    void read_answer() {
        QueryOptions options;
        options.resolve_names = false;
        tercet::Result result = world_.database().query(text_, options);
        for (const Row& row : result) {
            ++given_;
            const Term start = row["from"], end = row["to"], path = row["path"];
            const auto walker = walkers_.find(graph_of(row["g"].to_string()));
            const std::vector<Triple> triples = path.triples ? *path.triples : std::vector<Triple>{};
            const auto walk = walker == walkers_.end() ? std::nullopt : walker->second.replayed(start, triples);
            if (!walk || !(walk->end == end) || std::stod(row["cost"].value) != walk->cost) {
                say("no such walk: " + path.to_string() + " at " + row["cost"].value + " from " + start.to_string());
                continue;
            }
            Solution bound;
            for (const char* name : {"row", "g"}) {
                if (row[name].is_defined()) bound.emplace(name, row[name]);
            }
            Walks& walks = answer_[key_of(bound, start, end)];
            if (std::any_of(walks.begin(), walks.end(), [&](const FoundWalk& other) { return other.text == walk->text; })) say("twice: " + walk->text);
            walks.push_back(*walk);
        }
    }

    void compare(const Key& key, const Walks& known) {
        const Walks& given = answer_[key];
        const auto horizon = horizons_.find(key[2] + graph_of(key[1]));
        if (horizon != horizons_.end() && agrees(known, given, *asked_.search, horizon->second)) return;
        say("between " + name_of(key) + " there are");
        for (const FoundWalk& walk : known) say("  " + walk.text + "at " + std::to_string(walk.cost));
        say("and found were");
        for (const FoundWalk& walk : given) say("  " + walk.text + "at " + std::to_string(walk.cost));
    }

    const World& world_;
    std::string text_;
    sparql::Query query_;
    Asked asked_;
    Graph everything_;
    std::map<std::string, Walker> walkers_;
    std::map<Key, Walks> expected_, answer_;
    std::map<std::string, double> horizons_;
    bool skipped_ = false;
    std::size_t given_ = 0;
};

std::string text_of(const Part& query) { return "PREFIX path: <urn:tercet:path:>\n" + (kPrologue + query.text()); }

bool differ(const Part& data, const Part& query, std::string* said = nullptr) {
    try {
        const World world(kPrologue + data.text());
        SearchCheck check(world, text_of(query));
        const bool different = check.outcome() == World::Outcome::Different;
        if (said != nullptr) *said = check.said;
        return different;
    } catch (const Error&) {
        return false;  // a query that is none
    }
}

std::string report(Part data, Part query) {
    shrink_both(data, query, [](const Part& d, const Part& q) { return differ(d, q); });
    std::string said;
    differ(data, query, &said);
    return data.text() + "\n" + query.text() + "\n" + said;
}

}  // namespace

/// TERCET_RANDOM_GRAPHS and TERCET_RANDOM_SEED make it longer, or another one.
TEST_CASE("reference: random path searches find what trying every walk finds", "[reference]") {
    const std::uint64_t wanted = setting("TERCET_RANDOM_GRAPHS", 2000), seed = setting("TERCET_RANDOM_SEED", 1);
    std::size_t same = 0, empty = 0, skipped = 0, refused = 0, different = 0;
    for (std::uint64_t round = 0; round < wanted && different < 10; ++round) {
        Dice dice(seed * 1'000'000'007 + round);
        const Part data = random_graph(dice);
        const World world(kPrologue + data.text());
        for (std::size_t i = 0; i < kSearchesPerGraph && different < 10; ++i) {
            const Part query = random_search(dice);
            switch (SearchCheck(world, text_of(query)).outcome()) {
                case World::Outcome::Same: ++same; break;
                case World::Outcome::Empty: ++empty; break;
                case World::Outcome::Skipped: ++skipped; break;
                case World::Outcome::Refused: ++refused; break;
                case World::Outcome::Different:
                    ++different;
                    FAIL_CHECK("round " << round << ", search " << i << '\n' << report(data, query));
            }
        }
    }
    std::cout << same << " searches agree, " << empty << " more on nothing, " << skipped << " have too many walks, " << refused << " would have no end\n";
    CHECK(different == 0);
    CHECK(skipped + refused + empty < same);  // else the generator has run dry
}

}  // namespace tercet::reference
