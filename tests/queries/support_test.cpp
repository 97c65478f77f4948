#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "parser/sparql/functions.hpp"
#include "queries/test_file.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/temp_dir.hpp"
#include "tercet/tercet.hpp"

/// docs/sparql-support.md and docs/extensions.md say what is so.
namespace tercet::test {
namespace {

namespace fs = std::filesystem;

fs::path source(const std::string& name) { return fs::path(support::source_dir()) / name; }

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct SupportRow {
    std::string part, state, checked_by;
};

std::vector<SupportRow> support_rows() {
    std::vector<SupportRow> rows;
    for (const std::string& line : lines_of(text_of(source("docs/sparql-support.md")))) {
        if (!line.starts_with("| ") || line.starts_with("| part ")) continue;
        const auto cells = cells_of(line.substr(2));
        REQUIRE(cells.size() >= 3);
        rows.push_back({cells[0], cells[1], cells[2]});
    }
    return rows;
}

/// The requests in ```sparql fences; one goes on until its braces are closed.
std::vector<std::string> examples_of(const std::string& document) {
    std::vector<std::string> examples;
    bool inside = false;
    for (const std::string& line : lines_of(document)) {
        if (line.starts_with("```")) inside = line == "```sparql";
        else if (inside && line.starts_with("SELECT") && (examples.empty() || !is_incomplete_query(examples.back()))) examples.push_back(line);
        else if (inside) examples.back() += '\n' + line;
    }
    return examples;
}

}  // namespace

TEST_CASE("support: every row of the table has a case that is run, and every case a row", "[docs]") {
    std::set<std::string> cases, promised;
    for (const QueryCase& each : read_test_file(source("tests/queries/support.test"))) cases.insert(each.name);
    for (const SupportRow& row : support_rows()) {
        INFO(row.part);
        if (row.checked_by == "support.test") {
            CHECK(promised.insert(row.part).second);
            continue;
        }
        CHECK_THAT(row.checked_by, Catch::Matchers::StartsWith("tests/unit/"));
        CHECK_THAT(text_of(source(row.checked_by)), Catch::Matchers::Contains("TEST_CASE("));
    }
    CHECK(promised == cases);
    CHECK(promised.size() >= 35);
}

TEST_CASE("support: every built-in function and aggregate is called by a case", "[docs]") {
    const std::string tests = text_of(source("tests/queries/support.test"));
    for (const sparql::BuiltIn& function : sparql::built_ins()) CHECK_THAT(tests, Catch::Matchers::Contains(std::string(function.name) + '('));
    for (const char* aggregate : {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}) {
        CHECK_THAT(tests, Catch::Matchers::Contains(std::string(aggregate) + '('));
    }
}

TEST_CASE("support: the examples of our own syntax are read and planned", "[docs]") {
    const TempDir place;
    const Database database = Database::open(place / "store");
    const auto examples = examples_of(text_of(source("docs/extensions.md")));
    CHECK(examples.size() >= 5);
    for (const std::string& example : examples) {
        INFO(example);
        CHECK_NOTHROW(database.explain(example));
    }
}

}  // namespace tercet::test
