#include "loaders/input/file_list.hpp"

#include <filesystem>
#include <fstream>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

using tercet::input::expand_paths;

namespace {

bool is_text(std::string_view name) { return name.ends_with(".txt"); }

void touch(const std::string& path) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << "x";
}

}  // namespace

TEST_CASE("file list: a directory is the files below it, in order, hidden ones left out", "[input]") {
    const tercet::test::TempDir directory;
    for (const char* name : {"b.txt", "a/c.txt", "a/d.bin", ".hidden/e.txt", ".f.txt"}) touch(directory / name);
    CHECK(expand_paths({directory / ""}, is_text) == std::vector<std::string>{directory / "a/c.txt", directory / "b.txt"});
}

TEST_CASE("file list: patterns match, other paths stand for themselves", "[input]") {
    const tercet::test::TempDir directory;
    for (const char* name : {"b.txt", "a.txt", "a[1].txt"}) touch(directory / name);
    CHECK(expand_paths({directory / "?.txt"}, is_text) == std::vector<std::string>{directory / "a.txt", directory / "b.txt"});
    CHECK(expand_paths({directory / "a[1].txt", "-", "not there"}, is_text) == std::vector<std::string>{directory / "a[1].txt", "-", "not there"});
}

TEST_CASE("file list: nothing to read is an error", "[input]") {
    const tercet::test::TempDir directory;
    touch(directory / "a.bin");
    CHECK_THROWS_AS(expand_paths({directory / ""}, is_text), tercet::Error);
    CHECK_THROWS_AS(expand_paths({directory / "*.txt"}, is_text), tercet::Error);
}
