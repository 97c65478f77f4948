#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

namespace tercet::input {

/// A file as a stream of bytes, whatever it is packed with: gzip, zstd, bzip2 and xz are seen by their content.
///
/// "-" is standard input. Reading a damaged archive sets the stream bad and error() says why.
class InputFile {
public:
    /// Throws Error: NotFound, Io (a directory, no permission).
    explicit InputFile(const std::string& path);
    /// What arrives through a stream, under a name for messages. The stream must outlive this; what it throws is thrown here.
    InputFile(const std::string& name, std::istream& bytes);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    [[nodiscard]] std::istream& stream();
    /// Bytes of the file itself, packed as it is; 0 where that is not known.
    [[nodiscard]] std::uint64_t size() const;
    /// How many of them were read so far. Any thread may ask.
    [[nodiscard]] std::uint64_t consumed() const;
    /// The bytes that were unpacked but not taken yet: at first, the start of the file. Taking any ends the view.
    [[nodiscard]] std::string_view head();
    /// What ended the reading before the end of the file, for people; empty: nothing.
    [[nodiscard]] std::string damage() const;
    /// Throws Error (Data) if unpacking failed.
    void check() const;
    /// All that is left, as one text.
    [[nodiscard]] std::string read_all();
    /// The same, but what stands before a damage is returned, and `damage` says what that is. Ends at the limit, in bytes.
    [[nodiscard]] std::string read_undamaged(std::string& damage, std::size_t limit = static_cast<std::size_t>(-1));

private:
    class Buffer;
    std::unique_ptr<Buffer> buffer_;
    std::unique_ptr<std::istream> stream_;
};

}  // namespace tercet::input
