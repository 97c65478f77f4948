#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tercet {

/// Makes a directory if it is not there. Throws Error (Io).
void make_directory(const std::string& directory);

/// A file without a name: the system takes it back when it is closed, or when the process dies.
class TemporaryFile {
public:
    /// In a directory that exists. Throws Error (Io), as all of its functions do.
    explicit TemporaryFile(const std::string& directory);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void append(std::span<const std::byte> bytes);
    /// Precondition: the bytes are there.
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;
    /// Memory whose pages the system may write back to the file; valid as long as this. Reserves the disk space.
    [[nodiscard]] char* map(std::size_t bytes);

private:
    int descriptor_;
    std::uint64_t size_ = 0;
    void* mapped_ = nullptr;
    std::size_t mapped_bytes_ = 0;
};

/// Forces a file, or the names in a directory, to the disk. Throws Error (Io).
void sync_to_disk(const std::string& path);

/// A directory that was not there before, so that nothing in it is anybody else's, and goes with what is in it. What cannot be
/// taken away stays.
class TemporaryDirectory {
public:
    /// In `parent`, which is made if it is not there. Throws Error (Io).
    explicit TemporaryDirectory(const std::string& parent);
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

}  // namespace tercet
