#include "engine/storage/log_files.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "engine/storage/crc32c.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

namespace fs = std::filesystem;

/// A log is cut into blocks of this size, without a record across two of them:
///
///     checksum of kind and content (4) | length (2) | kind: 1 whole, 2 first, 3 middle, 4 last (1) | content
///
/// What is left of a block behind its last record is zero.
constexpr std::size_t kLogBlock = 32768;
constexpr std::size_t kHeader = 7;
constexpr unsigned kLastKind = 4;

std::uint32_t load32(const char* bytes) noexcept {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return value;
}

/// Logs store their sums turned and shifted.
std::uint32_t masked(std::uint32_t sum) noexcept { return ((sum >> 15U) | (sum << 17U)) + 0xa282ead8U; }

bool is_zero(std::string_view bytes) { return bytes.find_first_not_of('\0') == std::string_view::npos; }

/// Whether the record's sum fits a shorter content than its length says: then the length is what has changed.
bool is_whole_with_another_length(std::string_view record) {
    const std::uint32_t wanted = load32(record.data());
    std::uint32_t sum = crc32c(record.substr(kHeader - 1, 1));
    for (std::size_t i = kHeader;; ++i) {
        if (masked(sum) == wanted) return true;
        if (i == record.size()) return false;
        sum = crc32c(record.substr(i, 1), sum);
    }
}

class LogChecker {
public:
    explicit LogChecker(const std::string& path) : path_(path) {}

    void check() {
        std::ifstream file(path_, std::ios::binary);
        std::string block(kLogBlock, '\0');
        for (; file; block_start_ += kLogBlock) {
            file.read(block.data(), static_cast<std::streamsize>(kLogBlock));
            const auto size = static_cast<std::size_t>(file.gcount());
            if (size == 0) break;
            if (ends_in_zeros_) {
                if (!is_zero({block.data(), size})) fail(0, "holds data behind its end");
                continue;
            }
            check_block({block.data(), size});
        }
        if (file.bad()) throw Error(ErrorCode::Io, "cannot read " + path_);
    }

private:
    void check_block(std::string_view block) {
        std::size_t at = 0;
        while (block.size() - at >= kHeader) {
            const char* header = block.data() + at;
            const std::size_t length = load32(header + 3) >> 8U & 0xFFFFU;
            const auto kind = static_cast<unsigned char>(header[6]);
            if (kind == 0 && length == 0 && is_zero(block.substr(at))) {
                ends_in_zeros_ = true;  // the file system kept the length and lost the bytes
                return;
            }
            if (kind == 0 || kind > kLastKind) fail(at, "has a record of no known kind");
            if (at + kHeader + length > block.size()) {
                const bool may_be_cut_off = block.size() < kLogBlock && !is_whole_with_another_length(block.substr(at));
                if (!may_be_cut_off) fail(at, "has a record with a wrong length");
                return;
            }
            if (masked(crc32c(block.substr(at + kHeader - 1, length + 1))) != load32(header)) {
                fail(at, "has a record whose checksum is wrong");
            }
            at += kHeader + length;
        }
        if (block.size() == kLogBlock && !is_zero(block.substr(at))) fail(at, "has bytes between two records");
    }

    [[noreturn]] void fail(std::size_t at, const std::string& what) const {
        throw Error(ErrorCode::Damaged, "the store is damaged: its file " + path_ + ' ' + what + ", at byte " +
                                            std::to_string(block_start_ + at));
    }

    const std::string& path_;
    std::uint64_t block_start_ = 0;
    bool ends_in_zeros_ = false;
};

/// The list of table files that CURRENT names; empty if it names none.
std::string table_list(const std::string& directory) {
    std::ifstream current(directory + "/CURRENT");
    std::string name;
    std::getline(current, name);
    return name.starts_with("MANIFEST-") ? directory + '/' + name : std::string();
}

}  // namespace

std::vector<std::string> log_files(const std::string& directory) {
    const std::string list = table_list(directory);
    if (list.empty()) return {};
    std::vector<std::string> files;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(directory, gone)) {
        if (entry.path().extension() == ".log") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());  // numbers have six digits, at least
    std::stable_sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    files.insert(files.begin(), list);
    return files;
}

void check_log_file(const std::string& path) { LogChecker(path).check(); }

std::string table_list_state(const std::string& directory) {
    const std::string list = table_list(directory);
    std::error_code gone;
    return list + ' ' + std::to_string(fs::file_size(list, gone));
}

}  // namespace tercet::storage
