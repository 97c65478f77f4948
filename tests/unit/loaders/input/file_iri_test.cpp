#include "loaders/input/file_iri.hpp"

#include <filesystem>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

using tercet::input::file_iri;

TEST_CASE("file IRI: one file has one, however its path is written", "[input]") {
    const tercet::test::TempDir directory;
    std::filesystem::create_directory(directory / "news");
    std::filesystem::create_directory_symlink(directory / "news", directory / "link");
    const std::string iri = file_iri(directory / "news/a.txt");
    CHECK(iri.ends_with("/news/a.txt"));
    CHECK(file_iri(directory / "news/../news/./a.txt") == iri);
    CHECK(file_iri(directory / "link/a.txt") == iri);
    CHECK(file_iri(std::filesystem::relative(directory / "news/a.txt").string()) == iri);
    CHECK(file_iri(directory / "a.txt") != iri);
}

TEST_CASE("file IRI: bytes that it may not hold are encoded", "[input]") {
    CHECK(file_iri("/no such/50%?#\xC3\xA9.txt") == "file:///no%20such/50%25%3F%23\xC3\xA9.txt");
    CHECK(file_iri("-").empty());
}

TEST_CASE("file IRI: it leads back to its file", "[input]") {
    using tercet::input::path_of_file_iri;
    CHECK(path_of_file_iri(file_iri("/no such/50%?#\xC3\xA9.txt")) == "/no such/50%?#\xC3\xA9.txt");
    CHECK(path_of_file_iri("file:/a%2Fb%zz%4") == "/a/b%zz%4");
    CHECK(path_of_file_iri("file://localhost/a?b#c") == "/a");
    CHECK_THROWS_AS(path_of_file_iri("file://elsewhere/a"), tercet::Error);
}
