#pragma once

#include <memory>
#include <string>

namespace tercet {
class TemporaryDirectory;
}

namespace tercet::input {

/// A file that can be read as often as one likes. Of what comes but once, as standard input and pipes do, a copy is made on the disk,
/// which goes with this.
class RepeatableFile {
public:
    /// Throws Error: NotFound, Io, Data (what is packed is damaged).
    explicit RepeatableFile(const std::string& path);
    ~RepeatableFile();
    RepeatableFile(RepeatableFile&&) noexcept;

    /// What to open.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
    std::unique_ptr<TemporaryDirectory> directory_;
};

}  // namespace tercet::input
