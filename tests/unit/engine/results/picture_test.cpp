#include "engine/results/picture.hpp"

#include <cmath>
#include <regex>
#include <sstream>

#include "engine/model/vocabulary.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::results;

namespace {

Term iri(const std::string& name) { return Term::iri("http://example.org/" + name); }
Triple triple(const std::string& s, const std::string& p, const std::string& o) { return {iri(s), iri(p), iri(o)}; }

std::string svg(const std::vector<Triple>& triples, const PictureOptions& options = {}) {
    std::ostringstream out;
    write_svg(out, triples, options);
    return out.str();
}
std::string dot(const std::vector<Triple>& triples, const PictureOptions& options = {}) {
    std::ostringstream out;
    write_dot(out, triples, options);
    return out.str();
}

struct Box {
    double x, y, width, height;
    [[nodiscard]] bool overlaps(const Box& other) const {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
};

/// The boxes of the nodes, as they stand in the picture.
std::vector<Box> boxes_of(const std::string& picture) {
    static const std::regex kNode(
        R"re(</title><rect x="([-0-9.]+)" y="([-0-9.]+)" width="([0-9.]+)" height="([0-9.]+)")re");
    std::vector<Box> boxes;
    for (std::sregex_iterator node(picture.begin(), picture.end(), kNode), end; node != end; ++node) {
        boxes.push_back({std::stod((*node)[1]), std::stod((*node)[2]), std::stod((*node)[3]), std::stod((*node)[4])});
    }
    return boxes;
}
/// The boxes of the labels of edges, from their middles and lengths.
std::vector<Box> labels_of(const std::string& picture) {
    static const std::regex kLabel(R"re(<g class="edge"><text x="([-0-9.]+)" y="([-0-9.]+)">([^<]*)<)re");
    std::vector<Box> boxes;
    for (std::sregex_iterator label(picture.begin(), picture.end(), kLabel), end; label != end; ++label) {
        const double width = 6 * static_cast<double>((*label)[3].length());
        boxes.push_back({std::stod((*label)[1]) - width / 2, std::stod((*label)[2]) - 10, width, 12});
    }
    return boxes;
}

/// Forty things, a hub among them, loops and pairs that point at each other.
std::vector<Triple> forty() {
    std::vector<Triple> triples;
    const auto name = [](int i) { return "rather_long_name_" + std::to_string(i); };
    for (int i = 1; i < 40; ++i) triples.push_back(triple(name(i), "is_connected_to", name((i * 7 + 3) % i)));
    for (int i = 0; i < 12; ++i) triples.push_back(triple(name(i * 3), "knows", name((i * 11 + 5) % 40)));
    triples.push_back(triple(name(1), "answers", name(2)));
    triples.push_back(triple(name(2), "asks", name(1)));
    triples.push_back(triple(name(5), "quotes", name(5)));
    return triples;
}

}  // namespace

TEST_CASE("picture: no node covers another, no label a node or a label", "[results]") {
    const std::string picture = svg(forty());
    std::vector<Box> boxes = boxes_of(picture);
    REQUIRE(boxes.size() == 40);
    const std::vector<Box> labels = labels_of(picture);
    REQUIRE(labels.size() >= 50);
    boxes.insert(boxes.end(), labels.begin(), labels.end());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        for (std::size_t k = i + 1; k < boxes.size(); ++k) CHECK_FALSE(boxes[i].overlaps(boxes[k]));
    }
}

TEST_CASE("picture: the same triples give the same picture", "[results]") {
    CHECK(svg(forty()) == svg(forty()));
    CHECK(dot(forty()) == dot(forty()));
}

TEST_CASE("picture: things are called by label, by what they are given, or by the end of their IRI", "[results]") {
    const std::vector<Triple> triples{
        triple("Miller", "speak_for", "State_Department"),
        triple("Miller", "support", "mission"),
        {iri("Miller"), Term::iri(std::string(vocabulary::rdfs::kLabel)), Term::literal("Matthew Miller")}};
    const PictureOptions options{{}, {{iri("mission").value, "the mission"}}};
    for (const std::string& picture : {svg(triples, options), dot(triples, options)}) {
        CHECK_THAT(picture, Catch::Contains("Matthew Miller") && Catch::Contains("State Department") &&
                                Catch::Contains("speak for") && Catch::Contains("the mission"));
        CHECK_THAT(picture, !Catch::Contains("label>") && !Catch::Contains(">label<"));
    }
}

TEST_CASE("picture: types colour their things and stand in the legend", "[results]") {
    const Term type = Term::iri(std::string(vocabulary::rdf::kType));
    const std::vector<Triple> triples{
        triple("a", "meet", "b"), {iri("a"), type, iri("Person")}, {iri("b"), type, iri("Person")}};
    const std::string picture = svg(triples);
    CHECK(boxes_of(picture).size() == 2);
    CHECK_THAT(picture, Catch::Contains("class=\"legend\"") && Catch::Contains(">Person<"));
    CHECK(boxes_of(svg({{iri("a"), type, iri("Person")}})).size() == 2);
}

TEST_CASE("picture: text cannot break out of its place", "[results]") {
    const std::vector<Triple> triples{{iri("a"), iri("p"), Term::literal("</svg> & \"quoted\"\n\x01 back\\slash")}};
    CHECK_THAT(svg(triples), Catch::Contains("&lt;/svg&gt; &amp;") && !Catch::Contains("\x01"));
    CHECK_THAT(dot(triples), Catch::Contains("\\\"quoted\\\"") && Catch::Contains("back\\\\"));
}

TEST_CASE("picture: weights are widths, and their range stands in the legend", "[results]") {
    const std::vector<Triple> triples{triple("a", "trades", "b"), triple("b", "trades", "c"), triple("a", "trades", "c"), triple("a", "sells", "c")};
    const std::string picture = svg(triples, {{}, {}, {1, 5, 1.5, 1.5}, {}});
    CHECK_THAT(picture, Catch::Contains("stroke-width:1.3px\" marker-end=\"url(#tip0)") && Catch::Contains("stroke-width:6.0px\" marker-end=\"url(#tip4)"));
    CHECK_THAT(picture, Catch::Contains("stroke-width:3.3px"));  // of a and c, who have two
    CHECK_THAT(picture, Catch::Contains(">weight 1<") && Catch::Contains(">weight 5<"));
    CHECK_THAT(dot(triples, {{}, {}, {1, 5, 1.5, 1.5}, {}}), Catch::Contains("penwidth=6"));
    CHECK_THAT(svg(triples), !Catch::Contains(">weight"));
    CHECK_THAT(svg(triples, {{}, {}, {2, 2, 1, 1}, {}}), !Catch::Contains(">weight"));  // all the same
}

TEST_CASE("picture: the first number said of a reifier is the weight of its triple", "[results]") {
    const auto note = [](const std::string& name, const Triple& about) {
        return Triple{iri(name), Term::iri(std::string(vocabulary::rdf::kReifies)), Term::triple_term(about)};
    };
    const Triple short_road = triple("a", "road", "b"), long_road = triple("b", "road", "c");
    const std::vector<Triple> triples{short_road, long_road, note("r1", short_road), {iri("r1"), iri("km"), Term::integer(2)},
                                      note("r2", long_road), {iri("r2"), iri("km"), Term::integer(9)}, {iri("r2"), iri("source"), Term::literal("map")}};
    const std::string picture = svg(triples);
    CHECK(boxes_of(picture).size() == 3);
    CHECK_THAT(picture, Catch::Contains(">weight 2<") && Catch::Contains(">weight 9<"));
    CHECK(boxes_of(svg({note("r1", short_road)})).size() == 2);  // nothing but the note
}

TEST_CASE("picture: a line goes round a node that stands in its way", "[results]") {
    static const std::regex kLine(R"re(<path style="[^"]*" marker-end="[^"]*" d="M([-0-9.]+),([-0-9.]+) Q([-0-9.]+),([-0-9.]+) ([-0-9.]+),([-0-9.]+)")re");
    const std::string picture = svg(forty());
    const std::vector<Box> boxes = boxes_of(picture);
    // Nodes that a line passes below, as it is drawn and as it would be if it were straight.
    std::size_t lines = 0, below_bent = 0, below_straight = 0;
    for (std::sregex_iterator line(picture.begin(), picture.end(), kLine), end; line != end; ++line, ++lines) {
        const auto number = [&](std::size_t i) { return std::stod((*line)[i]); };
        const auto passes_below = [&](const Box& box, double handle_x, double handle_y) {
            for (const double t : {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}) {
                const double x = (1 - t) * (1 - t) * number(1) + 2 * t * (1 - t) * handle_x + t * t * number(5);
                const double y = (1 - t) * (1 - t) * number(2) + 2 * t * (1 - t) * handle_y + t * t * number(6);
                if (box.overlaps({x, y, 0.1, 0.1})) return true;
            }
            return false;
        };
        for (const Box& box : boxes) {
            below_bent += passes_below(box, number(3), number(4)) ? 1 : 0;
            below_straight += passes_below(box, (number(1) + number(5)) / 2, (number(2) + number(6)) / 2) ? 1 : 0;
        }
    }
    CHECK(lines > 50);
    CHECK(below_straight > 10);
    CHECK(3 * below_bent <= below_straight);
}

TEST_CASE("picture: the page has the sentences of each edge, and no text ends its script", "[results]") {
    const auto said = [](const Triple& about) -> std::vector<Evidence> {
        if (about.predicate != iri("meet")) return {};
        Evidence evidence;
        evidence.sentence = "They met.</script>";
        evidence.headline = "A meeting";
        evidence.speaker = "Ann";
        return {evidence, evidence};
    };
    std::ostringstream out;
    write_html(out, {triple("a", "meet", "b"), triple("b", "see", "c")}, {{}, {}, {}, said});
    CHECK_THAT(out.str(), Catch::Contains("const evidence = [[{\"from\":\"Ann, in A meeting\",\"sentence\":\"They met.\\u003c/script>\"}],[]];"));
}

TEST_CASE("picture: nothing, one thing, and too much", "[results]") {
    CHECK_THAT(svg({}), Catch::Contains("</svg>"));
    CHECK(boxes_of(svg({triple("a", "likes", "a")})).size() == 1);
    std::vector<Triple> many;
    for (std::size_t i = 0; i <= kMostPictureNodes; ++i) many.push_back(triple("s", "p", std::to_string(i)));
    CHECK_THROWS_AS(svg(many), Error);
    CHECK_NOTHROW(dot(many));
}
