#include <filesystem>
#include <fstream>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/database.hpp"
#include "tercet/error.hpp"

using namespace tercet;

namespace {

constexpr const char* kBridge = "Kenya opened the bridge on Monday, the ministry said in Nairobi.\n";
constexpr const char* kMarket = "Uganda closed the market on Friday, the mayor said in Kampala.\n";

std::string without_line_end(std::string_view line) { return std::string(line.substr(0, line.size() - 1)); }

/// Files to load, and a database to load them into.
struct Desk {
    test::TempDir directory;
    Database database = Database::in_memory();

    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = directory / name;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path());
        std::ofstream(path) << text;
        return path;
    }
    bool ask(const std::string& pattern) const {
        return database.query("PREFIX : <urn:tercet:name:> ASK " + pattern).boolean();
    }
    std::size_t articles() const {
        Result result = database.query("SELECT ?a { ?a a <https://schema.org/NewsArticle> }");
        std::size_t count = 0;
        while (result.next() != nullptr) ++count;
        return count;
    }
};

}  // namespace

TEST_CASE("load: files of one name in two folders are two articles", "[database]") {
    Desk desk;
    desk.database.load({desk.write("north/a.txt", kBridge), desk.write("south/a.txt", kMarket)});
    CHECK(desk.articles() == 2);
    CHECK(desk.ask("{ :Kenya :open :bridge }"));
    CHECK(desk.ask("{ :Uganda :close :market }"));
}

TEST_CASE("load: an article is met again by any path to its file", "[database]") {
    Desk desk;
    const std::string path = desk.write("north/a.txt", kBridge);
    desk.database.load(path);
    CHECK(desk.database.load(desk.directory / "north/../north/a.txt").quads_added == 0);
    CHECK(desk.articles() == 1);
}

TEST_CASE("load: a changed article replaces its older self", "[database]") {
    Desk desk;
    desk.database.load(desk.write("a.txt", kBridge));
    desk.database.load(desk.write("a.txt", kMarket));
    CHECK(desk.articles() == 1);
    CHECK_FALSE(desk.ask("{ :Kenya :open :bridge }"));
    CHECK(desk.ask("{ :Uganda :close :market }"));
}

TEST_CASE("load: JSON lines are articles of their own, and leave together", "[database]") {
    Desk desk;
    const std::string lines = "{\"text\": \"" + without_line_end(kBridge) + "\", \"url\": \"http://wire.example/1\"}\n{\"text\": \"" +
                              without_line_end(kMarket) + "\"}\n{\"text\": 5}\n";
    const std::string path = desk.write("news/a.jsonl", lines);
    const LoadReport report = desk.database.load(desk.directory / "news");
    REQUIRE(report.skipped.size() == 1);
    CHECK(report.skipped[0].find("a.jsonl, line 3: no text in it") != std::string::npos);
    CHECK(desk.articles() == 2);
    CHECK(desk.database.query("ASK { <http://wire.example/1> a <https://schema.org/NewsArticle> }").boolean());
    CHECK(desk.database.load(path).quads_added == 0);
    CHECK(desk.database.unload(path));
    CHECK(desk.articles() == 0);
}

TEST_CASE("unload: by path, also when the file is gone", "[database]") {
    Desk desk;
    const std::string north = desk.write("north/a.txt", kBridge);
    desk.database.load({north, desk.write("south/a.txt", kMarket)});
    std::filesystem::remove(north);
    CHECK(desk.database.unload(north));
    CHECK_FALSE(desk.ask("{ :Kenya :open :bridge }"));
    CHECK(desk.ask("{ :Uganda :close :market }"));
    CHECK_FALSE(desk.database.unload(north));
    CHECK_FALSE(desk.database.unload("a.txt"));
}

TEST_CASE("load: thousands of articles are committed in parts, and come out as if at once", "[database]") {
    Desk desk;
    std::string lines;
    const auto add = [&](int document, const std::string& object) {
        const std::string name = std::to_string(document);
        lines += R"({"doc":"http://wire.example/)" + name + R"(","subject":"Kenya","predicate":"open","object":")" + object +
                 R"(","sentence_text":"Kenya opened )" + object + ".\"}\n";
    };
    for (int i = 0; i < 2500; ++i) add(i, "bridge " + std::to_string(i));
    LoadOptions how;
    how.format = LoadFormat::Statements;
    const std::string path = desk.write("many.jsonl", lines);
    CHECK(desk.database.load(path, how).articles == 2500);
    CHECK(desk.articles() == 2500);
    CHECK(desk.ask("{ :Kenya :open :bridge_0, :bridge_999, :bridge_1000, :bridge_2499 }"));
    CHECK(desk.database.load(path, how).quads_added == 0);
    add(0, "market");  // the same article again, with other words
    desk.database.load(desk.write("many.jsonl", lines.substr(lines.rfind('\n', lines.size() - 2) + 1)), how);
    CHECK(desk.articles() == 2500);
    CHECK(desk.ask("{ :Kenya :open :market }"));
    CHECK_FALSE(desk.ask("{ :Kenya :open :bridge_0 }"));
}

TEST_CASE("load: articles beside RDF that cannot be read leave nothing", "[database]") {
    Desk desk;
    const std::vector<std::string> files{desk.write("a.txt", kBridge), desk.write("b.nt", "no triple\n")};
    CHECK_THROWS_AS(desk.database.load(files), Error);
    CHECK(desk.articles() == 0);
}
