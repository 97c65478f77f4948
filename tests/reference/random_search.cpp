#include <array>

#include "tests/reference/random_part.hpp"

/// Small graphs, and path searches in them.
namespace tercet::reference {
namespace {

constexpr std::array<std::string_view, 6> kThings{":a", ":b", ":c", ":d", "_:x", "_:y"};
constexpr std::array<std::string_view, 3> kNames{":g", ":h", ":a"};

Part edge(Dice& dice, std::size_t things) {
    const auto thing = [&] { return std::string(kThings[dice.chance(85) ? dice.below(things) : 4 + dice.below(2)]); };
    std::string object = thing();
    if (dice.chance(6)) object = dice.one_of(std::array<std::string, 3>{"1", "\"x\"", "<<( :a :p :b )>>"});
    const std::string predicate = dice.one_of(std::array<std::string, 6>{":p", ":p", ":p", ":q", ":q", "a"});
    const std::string weight = dice.one_of(std::array<std::string, 4>{"1", "2", "0.5", "4e0"});
    return removable(word(thing() + ' ' + predicate + ' ' + object + (dice.chance(15) ? " {| :w " + weight + " |} ." : " .")));
}

class SearchMaker {
public:
    explicit SearchMaker(Dice& dice) : dice_(dice) {}

    Part query() {
        std::vector<Part> group;
        const bool in_graph = dice_.chance(30);
        if (dice_.chance(30)) group.push_back(removable(values()));
        Part search_part = search();
        if (in_graph) search_part = row(' ', "GRAPH " + (dice_.chance(60) ? "?g" : std::string(dice_.one_of(kNames))) + " { ", "", " }", {search_part});
        group.push_back(std::move(search_part));
        if (group.size() == 2 && dice_.chance(30)) std::swap(group[0], group[1]);
        const std::string from = !in_graph && dice_.chance(15) ? (dice_.chance(50) ? "FROM :g\nFROM :h\n" : "FROM :a\n") : "";
        return row(' ',
                   "SELECT ?row ?g (path:start(?path) AS ?from) (path:end(?path) AS ?to) (path:cost(?path) AS ?cost) ?path\n" + from + "WHERE {\n",
                   "\n", "\n}", std::move(group));
    }

private:
    std::string end(const char* variable) {
        if (dice_.chance(70)) return variable;
        return dice_.one_of(std::array<std::string, 10>{":a", ":a", ":b", ":b", ":c", ":d", ":nowhere", "1", "?x", "?g"});
    }

    Part search() {
        const bool cheapest = dice_.chance(30);
        std::vector<Part> parts{word(end("?x")), word(selector(cheapest))};
        // "1" is no subject
        if (parts.front().open == "1") parts.front().open = ":c";
        std::vector<Part> inside{path(3), word("AS ?path")};
        const std::size_t filter = dice_.below(10);
        if (filter == 0) inside.push_back(removable(word("WHERE { FILTER(PREDICATE(?path) != :q) }")));
        if (filter == 1) inside.push_back(removable(word("WHERE { FILTER(:c NOT IN (SUBJECT(?path), OBJECT(?path))) }")));
        if (filter == 2) inside.push_back(word("WHERE { ?r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ?path ; :w ?w }"));
        if (cheapest && dice_.chance(80)) {
            const std::string cost = dice_.one_of(std::array<std::string, 6>{
                "IF(PREDICATE(?path) = :p, 1, 2.5)", "2", "IF(OBJECT(?path) = :b, 0, 1)", "IF(SUBJECT(?path) = :a, 0.5, 1e0)",
                "IF(EXISTS { ?r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ?path }, 0.5, 2)",
                "IF(EXISTS { ?m :q ?n FILTER(?n IN (SUBJECT(?path), OBJECT(?path))) }, 1, 3)"});
            const std::string annotation = dice_.one_of(std::array<std::string, 3>{"?w", "?w", "IF(EXISTS { ?r :w ?v FILTER(?v = ?w && ?w > 1) }, 3, ?w)"});
            inside.push_back(word("COST " + (filter == 2 ? annotation : cost)));
        }
        parts.push_back(row(' ', "(", " ", ")", std::move(inside)));
        parts.push_back(word(end("?y")));
        return row(' ', "", " ", "", std::move(parts));
    }

    std::string selector(bool cheapest) {
        static const std::array<std::string, 4> kCheapest{"ANY CHEAPEST", "CHEAPEST", "CHEAPEST 2", "CHEAPEST 4"};
        static const std::array<std::string, 11> kOther{"ANY", "ANY 2", "ALL", "ALL", "ANY SHORTEST", "SHORTEST", "ALL SHORTEST",
                                                        "SHORTEST 2", "SHORTEST 4", "SHORTEST 2 GROUPS", "SHORTEST 3 GROUPS"};
        const std::string mode = dice_.one_of(std::array<std::string, 5>{"", " WALK", " TRAIL", " SIMPLE", " ACYCLIC"});
        if (!cheapest && mode.size() > 1 && dice_.chance(10)) return mode.substr(1);
        return (cheapest ? dice_.one_of(kCheapest) : dice_.one_of(kOther)) + mode;
    }

    Part path(int depth) {
        if (depth == 0 || dice_.chance(25)) return step();
        switch (dice_.below(9)) {
            case 0: return row('h', "^(", "", ")", {path(depth - 1)});
            case 1: return row('h', "(", "/", ")", {path(depth - 1), path(depth - 1)});
            case 2: case 3: return row('h', "(", "|", ")", {path(depth - 1), path(depth - 1)});
            case 4: return row('h', "(", "", ")*", {path(depth - 1)});
            case 5: case 6: return row('h', "(", "", ")+", {path(depth - 1)});
            case 7: return row('h', "(", "", ")?", {path(depth - 1)});
            default: return row('h', "(", "", dice_.one_of(std::array<std::string, 5>{"){2}", "){1,3}", "){0,2}", "){2,}", "){,2}"}), {path(depth - 1)});
        }
    }
    Part step() {
        static const std::array<std::string, 12> kSteps{":p", ":p", ":q", "^:p", "a", "!()", "(!()|^!())", "^!()", "!(:p)", "!(^:q)", "!(:p|^:q)", "!(a)"};
        return word(dice_.one_of(kSteps), 'h');
    }

    Part values() {
        static const std::array<std::string, 6> kEnds{":a", ":b", ":c", ":nowhere", "UNDEF", "UNDEF"};
        Part made = row(' ', "VALUES (?x ?y ?row) { ", " ", " }", {});
        for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
            made.parts.push_back(removable(word('(' + dice_.one_of(kEnds) + ' ' + dice_.one_of(kEnds) + ' ' + std::to_string(i) + ')')));
        }
        return made;
    }

    Dice& dice_;
};

}  // namespace

Part random_graph(Dice& dice) {
    Part data{' ', false, "INSERT DATA {\n", "\n", "\n}", {}};
    const std::size_t things = 2 + dice.below(3);
    for (std::size_t i = 3 + dice.below(6); i > 0; --i) data.parts.push_back(edge(dice, things));
    for (std::size_t g = 1 + dice.below(3); g > 0; --g) {
        Part graph{' ', true, "GRAPH " + std::string(dice.one_of(kNames)) + " { ", " ", " }", {}};
        for (std::size_t i = 2 + dice.below(4); i > 0; --i) graph.parts.push_back(edge(dice, things));
        data.parts.push_back(std::move(graph));
    }
    return data;
}

Part random_search(Dice& dice) { return SearchMaker(dice).query(); }

}  // namespace tercet::reference
