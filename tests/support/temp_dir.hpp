#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace tercet::test {

/// A new directory that is gone with its owner.
class TempDir {
public:
    TempDir() : path_(std::filesystem::temp_directory_path() / ("tercet-test-" + std::to_string(std::random_device{}()) + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directories(path_);
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace tercet::test
