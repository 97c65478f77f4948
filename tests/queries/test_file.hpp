#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tercet::test {

/// One request with what it should answer; the format is described in README.md.
struct QueryCase {
    enum class Expect { Rows, Ordered, Boolean, Graph, Dataset, Error };

    std::string name;
    std::string prologue;
    std::string data;
    std::string request;
    std::vector<std::pair<std::string, std::string>> parameters;
    Expect expect = Expect::Rows;
    std::string expected;                  ///< rows, triples or quads as text; "true"; the code and words of an error
    std::vector<std::string> notes;
};

[[nodiscard]] std::vector<QueryCase> read_test_file(const std::filesystem::path& file);

/// The lines of a text that are not empty.
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);
/// Cells of "a | b |", without the blanks around them.
[[nodiscard]] std::vector<std::string> cells_of(const std::string& line);

}  // namespace tercet::test
