#include "loaders/input/input_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <filesystem>
#include <iterator>
#include <streambuf>

#include "tercet/error.hpp"

namespace tercet::input {

class InputFile::Buffer : public std::streambuf {
public:
    explicit Buffer(const std::string& path) : path_(path), archive_(archive_read_new()) {
        for (const auto allow : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_zstd,
                                 archive_read_support_filter_xz, archive_read_support_format_raw, archive_read_support_format_empty}) {
            allow(archive_.get());
        }
        const bool standard_input = path == "-";
        if (!standard_input) check_file();
        if (archive_read_open_filename(archive_.get(), standard_input ? nullptr : path.c_str(), kChunk) != ARCHIVE_OK) fail();
        archive_entry* entry = nullptr;
        const int header = archive_read_next_header(archive_.get(), &entry);
        if (header == ARCHIVE_EOF) ended_ = true;
        else if (header != ARCHIVE_OK && header != ARCHIVE_WARN) fail();
    }

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint64_t consumed() const { return static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), -1)); }
    void check() const {
        if (!error_.empty()) throw Error(ErrorCode::Data, path_ + " is damaged: " + error_);
    }
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    static constexpr std::size_t kChunk = 1 << 17;

    struct Free {
        void operator()(archive* a) const { archive_read_free(a); }
    };

    void check_file() {
        std::error_code error;
        const auto status = std::filesystem::status(path_, error);
        if (!std::filesystem::exists(status)) throw Error(ErrorCode::NotFound, "there is no file " + path_);
        if (std::filesystem::is_directory(status)) throw Error(ErrorCode::Io, path_ + " is a directory; name the files in it");
        const auto size = std::filesystem::file_size(path_, error);
        if (!error) size_ = size;
    }

    [[noreturn]] void fail() const {
        const char* why = archive_error_string(archive_.get());
        throw Error(ErrorCode::Io, "cannot read " + path_ + ": " + (why != nullptr ? why : "unknown reason"));
    }

    int_type underflow() override {
        if (ended_) return traits_type::eof();
        const la_ssize_t got = archive_read_data(archive_.get(), chunk_.data(), chunk_.size());
        if (got <= 0) {
            ended_ = true;
            if (got < 0) {
                const char* why = archive_error_string(archive_.get());
                error_ = why != nullptr ? why : "cannot unpack it";
            }
            return traits_type::eof();
        }
        setg(chunk_.data(), chunk_.data(), chunk_.data() + got);
        return traits_type::to_int_type(*gptr());
    }

    std::string path_;
    std::unique_ptr<archive, Free> archive_;
    std::array<char, kChunk> chunk_;
    std::uint64_t size_ = 0;
    std::string error_;
    bool ended_ = false;
};

InputFile::InputFile(const std::string& path) : buffer_(std::make_unique<Buffer>(path)), stream_(std::make_unique<std::istream>(buffer_.get())) {}
InputFile::~InputFile() = default;

std::istream& InputFile::stream() { return *stream_; }
std::uint64_t InputFile::size() const { return buffer_->size(); }
std::uint64_t InputFile::consumed() const { return buffer_->consumed(); }
void InputFile::check() const { buffer_->check(); }

std::string InputFile::read_all() {
    std::string damage;
    std::string text = read_undamaged(damage);
    check();
    return text;
}

std::string InputFile::read_undamaged(std::string& damage) {
    std::string text{std::istreambuf_iterator<char>(*stream_), std::istreambuf_iterator<char>()};
    if (const std::string& error = buffer_->error(); !error.empty()) {
        damage = "it is damaged or cut short (" + error + "); only what stands before that is read";
    }
    return text;
}

}  // namespace tercet::input
