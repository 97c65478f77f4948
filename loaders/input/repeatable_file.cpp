#include "loaders/input/repeatable_file.hpp"

#include <filesystem>
#include <fstream>

#include "engine/base/temporary_file.hpp"
#include "loaders/input/input_file.hpp"
#include "tercet/error.hpp"

namespace tercet::input {
namespace {

/// Unpacked, so that a damage is told at once.
void copy_to(const std::string& copy, InputFile& in) {
    std::ofstream out(copy, std::ios::binary);
    if (in.stream().peek() != std::istream::traits_type::eof()) out << in.stream().rdbuf();
    in.check();
    if (!out.flush()) throw Error(ErrorCode::Io, "cannot write a copy of the input to " + copy + "; is the disk full? TMPDIR names another place");
}

}  // namespace

RepeatableFile::RepeatableFile(const std::string& path) : path_(path) {
    std::error_code error;
    if (path != "-" && (std::filesystem::is_regular_file(path, error) || !std::filesystem::exists(path, error))) return;
    InputFile in(path);
    directory_ = std::make_unique<TemporaryDirectory>(std::filesystem::temp_directory_path().string());
    path_ = directory_->path() + "/copy";
    copy_to(path_, in);
}

RepeatableFile::~RepeatableFile() = default;
RepeatableFile::RepeatableFile(RepeatableFile&&) noexcept = default;

}  // namespace tercet::input
