#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "engine/storage/rocks_source.hpp"
#include "engine/storage/writer_turn.hpp"

namespace tercet::storage {

/// What a RocksStore and its transactions share. It always holds the snapshot of the last commit: readers get that one
/// at no cost, and never see a commit on its way. When much lies beside the blocks, a thread folds it into them.
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
    /// After a commit. Precondition: it is the caller's turn to write, and the database holds this version.
    void publish(QuadVersion quads);

private:
    void fold_in_background(const std::stop_token& stop);
    void fold(const std::stop_token& stop);
    [[nodiscard]] bool needs_fold() const;
    void replace_current(QuadVersion quads);

    std::shared_ptr<RocksDatabase> database_;
    WriterTurn writer_;
    mutable std::mutex mutex_;
    std::shared_ptr<const RocksSource> current_;
    bool fold_is_due_ = false;
    std::condition_variable_any due_;
    std::jthread folder_;  ///< last, so that it stops first
};

}  // namespace tercet::storage
