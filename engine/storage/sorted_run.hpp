#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/base/raw_vector.hpp"
#include "engine/base/temporary_file.hpp"

namespace tercet::storage {

/// Records in sorted order, handed out in blocks.
template <typename Record>
class RecordStream {
public:
    virtual ~RecordStream() = default;
    /// The next records, valid until the next call; none at the end.
    [[nodiscard]] virtual std::span<const Record> next() = 0;
};

/// Records that were sorted, kept in memory or, given a directory, in a file.
template <typename Record>
class SortedRun {
    static_assert(std::is_trivially_copyable_v<Record>);

public:
    explicit SortedRun(RawVector<Record> records)
        : size_(records.size()), memory_(std::make_shared<const RawVector<Record>>(std::move(records))) {}
    SortedRun(std::span<const Record> records, const std::string& directory)
        : size_(records.size()), file_(std::make_shared<TemporaryFile>(directory)) {
        file_->append(std::as_bytes(records));
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Replaces the content of `out`.
    void copy(RawVector<Record>& out) const {
        if (memory_) {
            out = *memory_;
            return;
        }
        out.resize(size_);
        file_->read(0, std::as_writable_bytes(std::span(out)));
    }
    [[nodiscard]] std::unique_ptr<RecordStream<Record>> read() const {
        if (memory_) return std::make_unique<MemoryStream>(memory_);
        return std::make_unique<FileStream>(file_, size_);
    }

private:
    class MemoryStream final : public RecordStream<Record> {
    public:
        explicit MemoryStream(std::shared_ptr<const RawVector<Record>> records) : records_(std::move(records)) {}
        std::span<const Record> next() override {
            if (done_) return {};
            done_ = true;
            return *records_;
        }

    private:
        std::shared_ptr<const RawVector<Record>> records_;
        bool done_ = false;
    };

    class FileStream final : public RecordStream<Record> {
    public:
        FileStream(std::shared_ptr<const TemporaryFile> file, std::size_t size) : file_(std::move(file)), left_(size) {}
        std::span<const Record> next() override {
            constexpr std::size_t kBlock = 16384;
            block_.resize(std::min(kBlock, left_));
            if (block_.empty()) return {};
            file_->read(at_ * sizeof(Record), std::as_writable_bytes(std::span(block_)));
            at_ += block_.size();
            left_ -= block_.size();
            return block_;
        }

    private:
        std::shared_ptr<const TemporaryFile> file_;
        std::size_t left_;
        std::size_t at_ = 0;
        std::vector<Record> block_;
    };

    std::size_t size_;
    std::shared_ptr<const RawVector<Record>> memory_;
    std::shared_ptr<TemporaryFile> file_;
};

/// Several streams as one. Of equal records, that of the later stream comes last.
template <typename Record, typename Less>
class MergedStream final : public RecordStream<Record> {
public:
    MergedStream(std::vector<std::unique_ptr<RecordStream<Record>>> streams, Less less) : streams_(std::move(streams)), behind_{less} {
        for (std::size_t i = 0; i < streams_.size(); ++i) {
            const auto left = streams_[i]->next();
            if (!left.empty()) heads_.push_back({i, left});
        }
        std::make_heap(heads_.begin(), heads_.end(), behind_);
    }

    std::span<const Record> next() override {
        block_.clear();
        while (block_.size() < kBlock && !heads_.empty()) {
            copy_run();
            Head& head = heads_.front();
            if (head.left.empty()) head.left = streams_[head.stream]->next();
            if (head.left.empty()) {
                head = heads_.back();
                heads_.pop_back();
            }
            sink_first();
        }
        return block_;
    }

private:
    struct Head {
        std::size_t stream;
        std::span<const Record> left;
    };
    struct Behind {
        Less less;
        bool operator()(const Head& a, const Head& b) const {
            if (less(b.left.front(), a.left.front())) return true;
            return !less(a.left.front(), b.left.front()) && b.stream < a.stream;
        }
    };
    /// Copies from the first stream what comes before the others.
    void copy_run() {
        Head& first = heads_.front();
        const std::size_t most = std::min(first.left.size(), kBlock - block_.size());
        std::size_t count = 1;
        if (heads_.size() == 1) {
            count = most;
        } else {
            const Head& second = heads_.size() > 2 && behind_(heads_[1], heads_[2]) ? heads_[2] : heads_[1];
            for (Head rest{first.stream, first.left.subspan(1)}; count < most && !behind_(rest, second); ++count) rest.left = rest.left.subspan(1);
        }
        block_.insert(block_.end(), first.left.begin(), first.left.begin() + static_cast<std::ptrdiff_t>(count));
        first.left = first.left.subspan(count);
    }
    /// Makes a heap of it again after the first has changed.
    void sink_first() {
        std::size_t at = 0;
        for (std::size_t child = 1; child < heads_.size(); child = 2 * at + 1) {
            if (child + 1 < heads_.size() && behind_(heads_[child], heads_[child + 1])) ++child;
            if (!behind_(heads_[at], heads_[child])) return;
            std::swap(heads_[at], heads_[child]);
            at = child;
        }
    }

    static constexpr std::size_t kBlock = 2048;
    std::vector<std::unique_ptr<RecordStream<Record>>> streams_;
    Behind behind_;
    std::vector<Head> heads_;  ///< a heap, the least first
    std::vector<Record> block_;
};

}  // namespace tercet::storage
