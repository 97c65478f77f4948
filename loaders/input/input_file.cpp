#include "loaders/input/input_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <filesystem>
#include <streambuf>
#include <vector>

#include "loaders/input/archive_filters.hpp"
#include "loaders/input/damaged_rest.hpp"
#include "tercet/error.hpp"

namespace tercet::input {

class InputFile::Buffer : public std::streambuf {
public:
    explicit Buffer(const std::string& path) : path_(path), archive_(make_archive_reader()) {
        const bool standard_input = path == "-";
        if (!standard_input) check_file();
        begin(archive_read_open_filename(archive_.get(), standard_input ? nullptr : path.c_str(), kChunk));
    }
    Buffer(const std::string& name, std::istream& bytes) : path_(name), bytes_(&bytes), archive_(make_archive_reader()) {
        begin(archive_read_open(archive_.get(), this, nullptr, &Buffer::read_bytes, nullptr));
    }

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint64_t consumed() const { return consumed_; }
    void check() const {
        if (!error_.empty()) throw Error(ErrorCode::Data, path_ + " is damaged: " + error_);
    }
    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] std::string_view head() {
        sgetc();  // fills the buffer
        return {gptr(), static_cast<std::size_t>(egptr() - gptr())};
    }

    /// Takes bytes of the head.
    void pass(std::size_t size) { gbump(static_cast<int>(size)); }

private:
    static constexpr std::size_t kChunk = 1 << 17;

    void begin(int state) {
        archive_entry* entry = nullptr;
        if (state == ARCHIVE_OK) state = archive_read_next_header(archive_.get(), &entry);
        if (state == ARCHIVE_EOF) ended_ = true;
        else if (state != ARCHIVE_OK && state != ARCHIVE_WARN && !take_rest()) fail();
    }
    /// For libarchive, which no exception may pass through: it waits in failure_.
    static la_ssize_t read_bytes(archive*, void* self, const void** begin) {
        auto& buffer = *static_cast<Buffer*>(self);
        try {
            buffer.packed_.resize(kChunk);
            *begin = buffer.packed_.data();
            if (!*buffer.bytes_) return 0;
            buffer.bytes_->read(buffer.packed_.data(), static_cast<std::streamsize>(kChunk));
            return static_cast<la_ssize_t>(buffer.bytes_->gcount());
        } catch (...) {
            buffer.failure_ = std::current_exception();
            return -1;
        }
    }

    void check_file() {
        std::error_code error;
        const auto status = std::filesystem::status(path_, error);
        if (!std::filesystem::exists(status)) throw Error(ErrorCode::NotFound, "there is no file " + path_);
        if (std::filesystem::is_directory(status)) throw Error(ErrorCode::Io, path_ + " is a directory; name the files in it");
        const auto size = std::filesystem::file_size(path_, error);
        if (!error) size_ = size;
    }

    [[nodiscard]] std::string reason() const {
        const char* why = archive_error_string(archive_.get());
        return why != nullptr ? why : "unknown reason";
    }
    [[noreturn]] void fail() const {
        if (failure_) std::rethrow_exception(failure_);
        throw Error(ErrorCode::Io, "cannot read " + path_ + ": " + reason());
    }

    /// After a damage: what can still be unpacked before it. False if there is nothing.
    bool take_rest() {
        if (path_ == "-" || bytes_ != nullptr) return false;
        rest_ = damaged_rest(path_, given_);
        if (rest_.empty()) return false;
        error_ = reason();
        ended_ = true;
        setg(rest_.data(), rest_.data(), rest_.data() + rest_.size());
        return true;
    }

    int_type underflow() override {
        if (ended_) return traits_type::eof();
        const la_ssize_t got = archive_read_data(archive_.get(), chunk_.data(), chunk_.size());
        if (got <= 0) {
            if (failure_) std::rethrow_exception(failure_);
            if (got < 0 && take_rest()) return traits_type::to_int_type(*gptr());
            if (got < 0 && error_.empty()) error_ = reason();
            ended_ = true;
            return traits_type::eof();
        }
        given_ += static_cast<std::uint64_t>(got);
        consumed_ = static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), -1));
        setg(chunk_.data(), chunk_.data(), chunk_.data() + got);
        return traits_type::to_int_type(*gptr());
    }

    std::string path_;
    std::istream* bytes_ = nullptr;  ///< null: a file
    std::vector<char> packed_;
    std::exception_ptr failure_;
    ArchiveReader archive_;
    std::array<char, kChunk> chunk_;
    std::uint64_t size_ = 0;
    std::uint64_t given_ = 0;  ///< bytes that were unpacked so far
    std::string rest_;         ///< behind them, out of a damaged file
    std::atomic<std::uint64_t> consumed_{0};
    std::string error_;
    bool ended_ = false;
};

InputFile::InputFile(const std::string& path) : buffer_(std::make_unique<Buffer>(path)), stream_(std::make_unique<std::istream>(buffer_.get())) {}
InputFile::InputFile(const std::string& name, std::istream& bytes)
    : buffer_(std::make_unique<Buffer>(name, bytes)), stream_(std::make_unique<std::istream>(buffer_.get())) {
    stream_->exceptions(std::ios::badbit);  // what comes out of the buffer is passed on
}
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

std::string InputFile::read_undamaged(std::string& damage, std::size_t limit) {
    std::string text;
    for (std::string_view part = head(); !part.empty() && text.size() < limit; part = head()) {
        const std::size_t size = std::min(part.size(), limit - text.size());
        text.append(part.substr(0, size));
        buffer_->pass(size);
    }
    damage = this->damage();
    return text;
}

std::string_view InputFile::head() { return buffer_->head(); }

std::string InputFile::damage() const {
    const std::string& error = buffer_->error();
    return error.empty() ? std::string() : "it is damaged or cut short (" + error + "); only what stands before that is read";
}

}  // namespace tercet::input
