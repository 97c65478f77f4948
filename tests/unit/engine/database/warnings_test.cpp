#include <string>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/sections.hpp"
#include "tercet/tercet.hpp"

using namespace tercet;

namespace {

std::string warnings_of(const Database& database, const std::string& query) {
    std::string all;
    for (const Warning& warning : database.query(query).warnings()) all += (all.empty() ? "" : "\n") + warning.text();
    return all;
}

}  // namespace

TEST_CASE("warnings: what is probably a slip is told with its place and the way out, and nothing else", "[database]") {
    Database database = Database::in_memory();
    std::string prologue, query;
    std::size_t cases = 0;
    for (const auto& [title, text] : support::read_sections(support::source_dir() + "/tests/unit/engine/database/warnings.test")) {
        if (title == "prologue") {
            prologue = text + "\n";
        } else if (title == "data") {
            database.update(prologue + text);
        } else if (title == "warns") {
            INFO(query);
            CHECK(warnings_of(database, prologue + query) == text);
            ++cases;
        } else {
            query = text;
        }
    }
    CHECK(cases >= 40);
}
