#include <filesystem>
#include <fstream>

#include <archive.h>
#include <archive_entry.h>

#include "loaders/input/input_file.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

using tercet::input::InputFile;

namespace {

/// Packs lines by libarchive, and cuts off the last bytes.
std::string cut_file(const tercet::test::TempDir& directory, int filter, int lines, std::uintmax_t cut) {
    const std::string path = directory / "a.txt.packed";
    archive* writer = archive_write_new();
    archive_write_add_filter(writer, filter);
    archive_write_set_format_raw(writer);
    archive_write_open_filename(writer, path.c_str());
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    for (int i = 0; i < lines; ++i) {
        const std::string line = "line " + std::to_string(i * 7919) + "\n";
        archive_write_data(writer, line.data(), line.size());
    }
    archive_entry_free(entry);
    archive_write_free(writer);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - cut);
    return path;
}

}  // namespace

TEST_CASE("input: a packed file that is cut short is read as far as it goes", "[input]") {
    // What bzip2 has packed can be unpacked by blocks of 900,000 bytes, the others nearly to the last byte.
    const auto [filter, lines, least] = GENERATE(table<int, int, std::size_t>({
        {ARCHIVE_FILTER_GZIP, 50, 300}, {ARCHIVE_FILTER_GZIP, 100'000, 1'400'000}, {ARCHIVE_FILTER_ZSTD, 100'000, 1'200'000},
        {ARCHIVE_FILTER_XZ, 100'000, 1'400'000}, {ARCHIVE_FILTER_BZIP2, 100'000, 899'000}}));
    CAPTURE(filter, lines);
    const tercet::test::TempDir directory;
    InputFile in(cut_file(directory, filter, lines, 40));
    std::string damage;
    const std::string text = in.read_undamaged(damage);
    CHECK(text.starts_with("line 0\nline 7919\n"));
    CHECK(text.size() >= least);
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
