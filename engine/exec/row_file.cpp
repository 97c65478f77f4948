#include "engine/exec/row_file.hpp"

#include <algorithm>
#include <utility>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kBlockIds = (std::size_t{16} << 10U) / sizeof(TermId);
constexpr std::size_t kDeepest = 12;

}  // namespace

void RowFile::append(std::span<const TermId> row) {
    ++rows_;
    waiting_.insert(waiting_.end(), row.begin(), row.end());
    if (waiting_.size() >= kBlockIds) flush();
}

void RowFile::flush() {
    file_.append(std::as_bytes(std::span(waiting_)));
    waiting_.clear();
}

RowFile::Reader::Reader(RowFile& file) : file_(&file), left_(file.rows_) { file.flush(); }

bool RowFile::Reader::next() {
    if (std::exchange(begun_, true)) at_ += file_->width_;
    if (left_ == 0) return false;
    if (at_ >= block_.size() && file_->width_ != 0) {
        const std::size_t rows = std::min<std::uint64_t>(left_, std::max<std::size_t>(kBlockIds / file_->width_, 1));
        block_.resize(rows * file_->width_);
        file_->file_.read(offset_ * sizeof(TermId), std::as_writable_bytes(std::span(block_)));
        offset_ += block_.size();
        at_ = 0;
    }
    --left_;
    return true;
}

bool RowFileOperator::do_next(Batch& out) {
    while (!out.full() && reader_.next()) {
        for (std::size_t c = 0; c < out.width(); ++c) out.column(c)[out.size] = reader_.row()[c];
        ++out.size;
    }
    return out.size > 0;
}

Partitions::Partitions(std::size_t width, std::size_t depth, const Session& session, const char* owner)
    : width_(width), depth_(depth), directory_(session.temporary_directory), files_(kParts) {
    if (depth > kDeepest) {
        throw Error(ErrorCode::Memory, std::string(owner) + " needs more than the query's memory limit, even piece by piece; raise it or ask for less");
    }
}

void Partitions::append(std::uint64_t hash, std::span<const TermId> row) {
    auto& file = files_[mix(hash + depth_ + 1) % kParts];
    if (!file) file = std::make_unique<RowFile>(width_, directory_);
    file->append(row);
}

std::vector<std::unique_ptr<RowFile>> Partitions::take() {
    std::erase(files_, nullptr);
    return std::exchange(files_, {});
}

}  // namespace tercet::exec
