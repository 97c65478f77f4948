#include "parser/rdf/packet_reader.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

std::string many_lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += "<http://x/s" + std::to_string(i / 3) + "> <http://x/p> \"object " + std::to_string(i) + "\" .\n";
    }
    return text;
}

struct Taken {
    std::uint64_t quads = 0;
    std::string terms;  ///< the bytes of all packets, one after the other
    std::vector<BadStatement> bad_statements;
    std::vector<std::pair<std::string, std::string>> prefixes;
};

Taken take_all(const std::string& text, Format format, std::size_t threads, bool keep_going = false) {
    std::istringstream in(text);
    PacketOptions options;
    options.read.source = "test";
    options.threads = threads;
    options.keep_going = keep_going;
    Taken taken;
    read_packets(in, format, options, [&](const ParsedPacket& parsed) {
        taken.quads += parsed.packet.quads.size();
        taken.terms += parsed.packet.bytes;
        taken.bad_statements.insert(taken.bad_statements.end(), parsed.bad_statements.begin(), parsed.bad_statements.end());
        taken.prefixes.insert(taken.prefixes.end(), parsed.packet.prefixes.begin(), parsed.packet.prefixes.end());
    });
    return taken;
}

}  // namespace

TEST_CASE("packet reader: the packets are those of the document, however many threads there are", "[rdf]") {
    const std::string text = many_lines(100'000);
    const Taken one = take_all(text, Format::NTriples, 1);
    const Taken four = take_all(text, Format::NTriples, 4);
    CHECK(one.quads == 100'000);
    CHECK(four.quads == one.quads);
    CHECK(four.terms == one.terms);
}

TEST_CASE("packet reader: turtle too, with its prefixes", "[rdf]") {
    std::string text = "@prefix : <http://x/> .\n";
    for (int i = 0; i < 20'000; ++i) text += ":s" + std::to_string(i) + " :p :o .\n";
    const Taken taken = take_all(text, Format::Turtle, 2);
    CHECK(taken.quads == 20'000);
    CHECK(taken.prefixes == std::vector<std::pair<std::string, std::string>>{{"", "http://x/"}});
}

TEST_CASE("packet reader: a mistake ends the reading with its place", "[rdf]") {
    const auto format = GENERATE(Format::NTriples, Format::Turtle);
    const std::string text = many_lines(60'000) + "<http://x/s> nonsense .\n" + many_lines(60'000);
    try {
        static_cast<void>(take_all(text, format, 3));
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        CHECK(error.position().line == 60'001);
        CHECK(error.position().column == 14);
    }
}

TEST_CASE("packet reader: whoever takes the packets may give up", "[rdf]") {
    const auto format = GENERATE(Format::NTriples, Format::Turtle);
    std::istringstream in(many_lines(200'000));
    PacketOptions options;
    options.threads = 2;
    const auto refuse = [](const ParsedPacket&) { throw Error(ErrorCode::Io, "no room"); };
    CHECK_THROWS_WITH(read_packets(in, format, options, refuse), Catch::Contains("no room"));
}

TEST_CASE("packet reader: goes on over bad lines and tells where they are", "[rdf]") {
    const std::string bad = "<http://x/s> <http://x/p> \"no end .\n";
    const Taken taken = take_all(many_lines(50'000) + bad + many_lines(10) + "_:b\n" + many_lines(1), Format::NTriples, 2, true);
    CHECK(taken.quads == 50'011);
    REQUIRE(taken.bad_statements.size() == 2);
    CHECK(taken.bad_statements[0].position.line == 50'001);
    CHECK(taken.bad_statements[0].position.column == 27);
    CHECK(taken.bad_statements[0].text == bad);
    CHECK_THAT(taken.bad_statements[0].message, Catch::Contains("object"));
    CHECK(taken.bad_statements[1].position.line == 50'012);
}

}  // namespace tercet::rdf
