#include <string>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/sections.hpp"
#include "tercet/tercet.hpp"

using namespace tercet;

namespace {

std::string text_of(const std::vector<Warning>& warnings) {
    std::string all;
    for (const Warning& warning : warnings) all += (all.empty() ? "" : "\n") + warning.text();
    return all;
}

/// Of a query; of an update, which is run on a copy of the data.
std::string warnings_of(const Database& database, const std::string& data, const std::string& request) {
    if (!is_update_request(request)) return text_of(database.query(request).warnings());
    Database copy = Database::in_memory();
    if (!data.empty()) copy.update(data);
    QueryOptions options;
    options.update_warnings = true;
    return text_of(copy.update(request, options).warnings);
}

}  // namespace

TEST_CASE("warnings: what is probably a slip is told with its place and the way out, and nothing else", "[database]") {
    Database database = Database::in_memory();
    std::string prologue, data, query;
    std::size_t cases = 0;
    for (const auto& [title, text] : support::read_sections(support::source_dir() + "/tests/unit/engine/database/warnings.test")) {
        if (title == "prologue") {
            prologue = text + "\n";
        } else if (title == "data") {
            data = prologue + text;
            database.update(data);
        } else if (title == "warns") {
            INFO(query);
            CHECK(warnings_of(database, data, prologue + query) == text);
            ++cases;
        } else {
            query = text;
        }
    }
    CHECK(cases >= 40);
}
