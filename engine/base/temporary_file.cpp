#include "engine/base/temporary_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "tercet/error.hpp"

namespace tercet {
namespace {

[[noreturn]] void fail(const std::string& what, int error) {
    throw Error(ErrorCode::Io,
                "cannot " + what + " a temporary file: " + std::generic_category().message(error));
}

}  // namespace

void make_directory(const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) throw Error(ErrorCode::Io, "cannot make the directory " + directory + ": " + error.message());
}

TemporaryFile::TemporaryFile(const std::string& directory) {
    std::string name = directory + "/tercet-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) throw Error(ErrorCode::Io, "cannot make a temporary file in " + directory + ": " + std::generic_category().message(errno));
    ::unlink(name.c_str());
}

TemporaryFile::~TemporaryFile() {
    if (mapped_ != nullptr) ::munmap(mapped_, mapped_bytes_);
    ::close(descriptor_);
}

void TemporaryFile::append(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write", errno);
        size_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void TemporaryFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) fail("read", got < 0 ? errno : EIO);
        offset += static_cast<std::uint64_t>(got);
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

char* TemporaryFile::map(std::size_t bytes) {
    // Without space reserved, a full disk would show as a signal at the first touch.
    if (const int error = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(bytes)); error != 0) fail("grow", error);
    void* const place = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
    if (place == MAP_FAILED) fail("map", errno);
    mapped_ = place;
    mapped_bytes_ = bytes;
    return static_cast<char*>(place);
}

void sync_to_disk(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool is_done = descriptor >= 0 && ::fsync(descriptor) == 0;
    const std::error_code error(errno, std::generic_category());
    if (descriptor >= 0) ::close(descriptor);
    if (!is_done) throw Error(ErrorCode::Io, "cannot write " + path + " to the disk: " + error.message());
}

TemporaryDirectory::TemporaryDirectory(const std::string& parent) : path_(parent + "/tercet-XXXXXX") {
    make_directory(parent);
    if (::mkdtemp(path_.data()) == nullptr) {
        throw Error(ErrorCode::Io, "cannot make a temporary directory in " + parent + ": " + std::generic_category().message(errno));
    }
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace tercet
