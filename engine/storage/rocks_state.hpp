#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "engine/storage/rocks_source.hpp"
#include "engine/storage/writer_turn.hpp"

namespace tercet::storage {

/// What a RocksStore and its transactions share. It always holds the snapshot of the last commit that is durable: readers get that
/// one at no cost, and never see a commit on its way. When much lies beside the blocks, a thread folds it into them.
///
/// A commit has two steps. While it is a writer's turn, its changes go to the log, and the next writer starts from there. Then the writer
/// waits for the log to reach the disk, which one does for all that wait: what is behind in the log is never on the disk without what is
/// before it.
class RocksState {
public:
    explicit RocksState(std::shared_ptr<RocksDatabase> database);
    RocksState(const RocksState&) = delete;
    RocksState& operator=(const RocksState&) = delete;

    [[nodiscard]] RocksDatabase& database() const noexcept { return *database_; }
    [[nodiscard]] WriterTurn& writer() noexcept { return writer_; }
    [[nodiscard]] std::shared_ptr<const RocksSource> current() const {
        const std::scoped_lock lock(mutex_);
        return current_;
    }
    /// What is written, durable or not.
    struct Written {
        std::shared_ptr<const RocksSource> source;
        std::uint64_t number = 0;  ///< grows with everything that is written
    };
    /// What a writer starts from. Precondition: it is the caller's turn to write.
    [[nodiscard]] Written written() const {
        const std::scoped_lock lock(mutex_);
        return written_;
    }
    /// After the first step of a commit; returns its number. Precondition: it is the caller's turn to write, and the database
    /// holds this version.
    std::uint64_t append(QuadVersion quads);
    /// The second step: after this, what was written up to this number is durable, and visible. Throws Error if it cannot be made so;
    /// then nobody writes any more.
    void finish(std::uint64_t number);

private:
    void fold_in_background(const std::stop_token& stop);
    void fold(const std::stop_token& stop);
    std::uint64_t replace(QuadVersion quads);

    std::shared_ptr<RocksDatabase> database_;
    WriterTurn writer_;
    mutable std::mutex mutex_;  ///< of all below
    Written written_;
    std::shared_ptr<const RocksSource> current_;
    std::uint64_t durable_ = 0;  ///< the number of current_
    bool is_syncing_ = false;
    std::condition_variable synced_;
    bool fold_is_due_ = false;
    std::condition_variable_any due_;
    std::jthread folder_;  ///< last, so that it stops first
};

}  // namespace tercet::storage
