#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/temporary_file.hpp"
#include "engine/exec/operator.hpp"

namespace tercet::exec {

/// What operators keep in memory at least before they put rows off to files: without memory for these there is none for anything.
inline constexpr std::uint32_t kFewestKept = 256;

/// Rows that there was no memory for, in a temporary file, in the order in which they came. A buffer of 16 KiB is all that it holds.
class RowFile {
public:
    RowFile(std::size_t width, const std::string& directory) : width_(width), file_(directory) {}

    void append(std::span<const TermId> row);
    [[nodiscard]] std::uint64_t size() const noexcept { return rows_; }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }

    /// Goes through the rows from the first on. The file must outlive it, and have all of its rows.
    class Reader {
    public:
        explicit Reader(RowFile& file);
        [[nodiscard]] bool next();
        [[nodiscard]] std::span<const TermId> row() const { return {block_.data() + at_, file_->width_}; }

    private:
        RowFile* file_;
        std::uint64_t left_;
        std::uint64_t offset_ = 0;  ///< of the next block, in ids
        std::vector<TermId> block_;
        std::size_t at_ = 0;
        bool begun_ = false;
    };

private:
    void flush();

    std::size_t width_;
    TemporaryFile file_;
    std::uint64_t rows_ = 0;
    std::vector<TermId> waiting_;
};

/// Gives the rows of a file out as an operator does.
class RowFileOperator final : public Operator {
public:
    RowFileOperator(std::vector<VariableId> variables, std::unique_ptr<RowFile> file)
        : Operator(std::move(variables)), file_(std::move(file)), reader_(*file_) {}

private:
    bool do_next(Batch& out) override;
    void do_rewind() override { reader_ = RowFile::Reader(*file_); }

    std::unique_ptr<RowFile> file_;
    RowFile::Reader reader_;
};

/// Sorted files of rows as one sorted sequence; of equal rows those of the earlier file come first.
///
/// `Order` says by what rows are sorted: a type Key, read(row, key), which fills a key, and compare(a, b) of two keys.
template <typename Order>
class MergedFiles {
public:
    explicit MergedFiles(std::vector<std::unique_ptr<RowFile>> files, Order order = {}) : files_(std::move(files)), order_(std::move(order)) {
        for (std::size_t i = 0; i < files_.size(); ++i) {
            heads_.push_back({RowFile::Reader(*files_[i]), {}, i});
            advance();
        }
    }
    [[nodiscard]] bool is_at_end() const noexcept { return heads_.empty(); }
    /// Valid until the next pop(). Precondition: it is not at the end.
    [[nodiscard]] std::span<const TermId> top() const { return heads_.front().rows.row(); }
    void pop() {
        std::ranges::pop_heap(heads_, later());
        advance();
    }

private:
    struct Head {
        RowFile::Reader rows;
        typename Order::Key key;
        std::size_t file;
    };
    [[nodiscard]] auto later() const {
        return [this](const Head& a, const Head& b) {
            const auto order = order_.compare(a.key, b.key);
            return order != 0 ? order > 0 : a.file > b.file;
        };
    }
    /// Moves the head that stands last to its next row, and puts it among the others.
    void advance() {
        Head& head = heads_.back();
        if (!head.rows.next()) return heads_.pop_back();
        order_.read(head.rows.row(), head.key);
        std::ranges::push_heap(heads_, later());
    }

    std::vector<std::unique_ptr<RowFile>> files_;
    Order order_;
    std::vector<Head> heads_;  ///< a heap
};

/// By a number, which is a row's last column.
struct ByNumber {
    using Key = TermId;
    static void read(std::span<const TermId> row, Key& key) { key = row.back(); }
    static std::strong_ordering compare(Key a, Key b) { return a <=> b; }
};
using FilesInTurn = MergedFiles<ByNumber>;

/// Rows that wait for their turn, cut up by a hash so that equal keys wait together.
class Partitions {
public:
    /// `depth`: how often the rows were cut up before. Throws Error (Memory) if that was too often, for `owner`.
    Partitions(std::size_t width, std::size_t depth, const Session& session, const char* owner);
    void append(std::uint64_t hash, std::span<const TermId> row);
    /// Those that have rows.
    [[nodiscard]] std::vector<std::unique_ptr<RowFile>> take();

private:
    static constexpr std::size_t kParts = 16;
    std::size_t width_;
    std::size_t depth_;  ///< other hashes at each depth
    const std::string& directory_;
    std::vector<std::unique_ptr<RowFile>> files_;
};

}  // namespace tercet::exec
