#include <filesystem>
#include <fstream>

#include <zlib.h>

#include "loaders/input/input_file.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

using tercet::input::InputFile;

namespace {

/// A gzip file of lines with the last bytes cut off.
std::string cut_file(const tercet::test::TempDir& directory, int lines, std::uintmax_t cut) {
    const std::string path = directory / "a.txt.gz";
    const gzFile file = gzopen(path.c_str(), "wb");
    for (int i = 0; i < lines; ++i) gzputs(file, ("line " + std::to_string(i * 7919) + "\n").c_str());
    gzclose(file);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - cut);
    return path;
}

}  // namespace

TEST_CASE("input: a gzip file that is cut short is read as far as it goes", "[input]") {
    const auto lines = GENERATE(50, 100'000);
    const tercet::test::TempDir directory;
    InputFile in(cut_file(directory, lines, 30));
    std::string damage;
    const std::string text = in.read_undamaged(damage);
    CHECK(text.starts_with("line 0\nline 7919\n"));
    CHECK(text.size() > static_cast<std::size_t>(lines) * 5);
    CHECK(damage.find("cut short") != std::string::npos);
    CHECK_THROWS_AS(in.check(), tercet::Error);
}

TEST_CASE("input: a gzip file of which nothing is left says so", "[input]") {
    const tercet::test::TempDir directory;
    const std::string path = directory / "a.txt.gz";
    std::ofstream(path) << "\x1F\x8B\x08";
    std::string text;
    try {
        InputFile in(path);
        text = in.read_all();
    } catch (const tercet::Error&) {
        text.clear();
    }
    CHECK(text.size() <= 3);
}
