#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>

#include <unistd.h>

#include "queries/test_file.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "tercet/tercet.hpp"

namespace tercet::test {
namespace {

namespace fs = std::filesystem;
using Expect = QueryCase::Expect;

/// A directory that goes when it is done with.
struct Workplace {
    fs::path path = fs::temp_directory_path() / ("tercet-queries-" + std::to_string(::getpid()));
    Workplace() { fs::create_directories(path); }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
};

using MakeDatabase = std::function<Database(const Workplace&)>;

struct StoreKind {
    const char* name;
    MakeDatabase make;
};

std::string without_labels(const std::string& text) {
    static const std::regex label("_:[A-Za-z0-9_.-]+");
    return std::regex_replace(text, label, "_:");
}

std::vector<std::string> sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

void load_text(Database& database, const Workplace& place, const std::string& text) {
    const fs::path file = place.path / "data.trig";
    std::ofstream(file) << text;
    database.load(file.string());
}

std::vector<std::string> dumped(const Database& database, DumpFormat format) {
    std::ostringstream out;
    database.dump(out, format);
    return sorted(lines_of(without_labels(out.str())));
}

/// The quads of a TriG text, as a store in memory dumps them.
std::vector<std::string> quads_of(const std::string& text, const Workplace& place) {
    Database database = Database::in_memory();
    load_text(database, place, text);
    return dumped(database, DumpFormat::NQuads);
}

std::string row_text(const std::vector<std::string>& cells) {
    std::string text;
    for (const std::string& cell : cells) text += cell + " | ";
    return text;
}

std::string cell_text(const Database& database, const std::string& cell) {
    if (cell.empty() || cell == "UNDEF") return {};
    if (cell == "_:") return cell;
    return without_labels(database.parse_term(cell).to_string());
}

std::vector<std::string> expected_rows(const Database& database, const QueryCase& test) {
    std::vector<std::string> rows;
    const auto lines = lines_of(test.expected);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        std::vector<std::string> cells = lines[i] == "()" ? std::vector<std::string>{} : cells_of(lines[i]);
        for (std::string& cell : cells) cell = cell_text(database, cell);
        rows.push_back(row_text(cells));
    }
    return rows;
}

std::vector<std::string> actual_rows(Result& result) {
    std::vector<std::string> rows;
    for (const Row& row : result) {
        std::vector<std::string> cells;
        for (const Term& value : row.values()) cells.push_back(without_labels(value.to_string()));
        rows.push_back(row_text(cells));
    }
    return rows;
}

std::vector<std::string> variables_of(const QueryCase& test) {
    const auto lines = lines_of(test.expected);
    std::vector<std::string> names = lines.empty() ? std::vector<std::string>{} : cells_of(lines.front());
    if (names == std::vector<std::string>{"()"}) names.clear();
    return names;
}

void check_notes(const QueryCase& test, const Result& result) {
    for (const std::string& words : test.notes) {
        const bool said = std::any_of(result.notes().begin(), result.notes().end(),
                                      [&](const std::string& note) { return note.find(words) != std::string::npos; });
        INFO("expected a note: " << words);
        CHECK(said);
    }
}

void check_answer(Database& database, const QueryCase& test, const std::string& request, const QueryOptions& options, const Workplace& place) {
    if (test.expect == Expect::Dataset) {
        database.update(request, options);
        CHECK(dumped(database, DumpFormat::NQuads) == quads_of(test.prologue + test.expected, place));
        return;
    }
    Result result = database.query(request, options);
    if (test.expect == Expect::Boolean) {
        CHECK(result.boolean() == (test.expected == "true"));
    } else if (test.expect == Expect::Graph) {
        std::ostringstream out;
        result.write(out, ResultFormat::NTriples);
        CHECK(sorted(lines_of(without_labels(out.str()))) == quads_of(test.prologue + test.expected, place));
    } else {
        CHECK(result.variables() == variables_of(test));
        const bool ordered = test.expect == Expect::Ordered;
        const auto got = actual_rows(result), expected = expected_rows(database, test);
        CHECK((ordered ? got : sorted(got)) == (ordered ? expected : sorted(expected)));
    }
    check_notes(test, result);
}

void check_error(Database& database, const QueryCase& test, const std::string& request, const QueryOptions& options) {
    const std::size_t blank = test.expected.find(' ');
    const auto before = dumped(database, DumpFormat::NQuads);
    try {
        if (is_update_request(request)) {
            database.update(request, options);
        } else {
            Result result = database.query(request, options);
            if (result.kind() == ResultKind::Bindings) actual_rows(result);
        }
        FAIL("there was no error");
    } catch (const Error& error) {
        CHECK(to_string(error.code()) == test.expected.substr(0, blank));
        if (blank != std::string::npos) CHECK_THAT(error.message(), Catch::Matchers::Contains(test.expected.substr(blank + 1)));
    }
    CHECK(dumped(database, DumpFormat::NQuads) == before);
}

void run(const QueryCase& test, const StoreKind& kind, const Workplace& place) {
    INFO("case: " << test.name << "\nstore: " << kind.name << '\n' << test.request);
    Database database = kind.make(place);
    load_text(database, place, test.prologue + test.data);
    QueryOptions options;
    for (const auto& [name, term] : test.parameters) options.parameters.emplace_back(name, database.parse_term(term));
    const std::string request = test.prologue + test.request;
    try {
        if (test.expect == Expect::Error) check_error(database, test, request, options);
        else check_answer(database, test, request, options, place);
    } catch (const Error& error) {
        FAIL_CHECK(error.what());
    }
}

}  // namespace

TEST_CASE("queries: every case of the test files is answered as it says", "[queries]") {
    const Workplace place;
    std::size_t opened = 0;
    const StoreKind kinds[] = {
        {"memory", [](const Workplace&) { return Database::in_memory(); }},
        {"directory", [&](const Workplace& at) { return Database::open((at.path / std::to_string(opened++)).string()); }},
    };
    std::size_t cases = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(support::source_dir()) / "tests" / "queries")) {
        if (entry.path().extension() != ".test") continue;
        INFO(entry.path().filename().string());
        for (const QueryCase& test : read_test_file(entry.path())) {
            ++cases;
            for (const StoreKind& kind : kinds) run(test, kind, place);
        }
    }
    CHECK(cases >= 80);
}

}  // namespace tercet::test
