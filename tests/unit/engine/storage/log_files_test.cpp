#include "engine/storage/log_files.hpp"

#include <fstream>

#include "engine/storage/crc32c.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::storage;
using tercet::test::TempDir;

namespace {

std::string number(std::uint64_t value, unsigned bytes) {
    std::string out;
    for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return out;
}

/// A record as RocksDB writes it.
std::string record(const std::string& content, char kind = 1) {
    const std::uint32_t sum = crc32c(kind + content);
    return number(((sum >> 15U) | (sum << 17U)) + 0xa282ead8U, 4) + number(content.size(), 2) + kind + content;
}

std::string verdict(const std::string& bytes) {
    const TempDir temp;
    std::ofstream(temp / "log", std::ios::binary) << bytes;
    try {
        check_log_file(temp / "log");
        return "whole";
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Damaged);
        return error.message();
    }
}

}  // namespace

TEST_CASE("log files: the checksum is that of RFC 3720", "[storage]") {
    CHECK(crc32c("123456789") == 0xE3069283U);
    CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
    CHECK(crc32c("56789", crc32c("1234")) == 0xE3069283U);
}

TEST_CASE("log files: one whose end is missing is whole, one that has changed is not", "[storage]") {
    const std::string log = record("one") + record("two and more");
    CHECK(verdict("") == "whole");
    for (std::size_t size = 0; size <= log.size(); ++size) CHECK(verdict(log.substr(0, size)) == "whole");
    for (std::size_t at = 0; at < log.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed = log;
            changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1U << bit));
            CAPTURE(at, bit);
            CHECK(verdict(changed) != "whole");
        }
    }
    CHECK(verdict(log + std::string(100, '\0')) == "whole");
    CHECK(verdict(log + std::string(40'000, '\0')) == "whole");
    CHECK(verdict(log + std::string(40'000, '\0') + "x") != "whole");
}

TEST_CASE("log files: records do not cross the blocks of a log", "[storage]") {
    const std::string full = record(std::string(32768 - 7 - 5, 'x'));
    CHECK(verdict(full + std::string(5, '\0') + record("y")) == "whole");
    CHECK_THAT(verdict(full + "abcde" + record("y")), Catch::Contains("between two records, at byte 32763"));
    CHECK_THAT(verdict(full + std::string(5, '\0') + record("y", 9)), Catch::Contains("no known kind, at byte 32768"));
}
