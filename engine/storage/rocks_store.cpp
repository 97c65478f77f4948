#include "engine/storage/rocks_store.hpp"

#include <mutex>

#include "engine/storage/rocks_transaction.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

class RocksStore final : public Store {
public:
    explicit RocksStore(std::shared_ptr<RocksDatabase> database)
        : state_(std::make_shared<RocksState>(std::move(database))) {}

    std::shared_ptr<const QuadSource> snapshot() const override { return state()->current(); }

    /// RocksDB's readers do not follow a writer, so the store is opened once more. Snapshots keep what they were taken of.
    bool refresh() override {
        const std::scoped_lock turn(refreshing_);
        const auto before = state();
        RocksDatabase& database = before->database();
        if (!database.options().read_only || !database.is_outdated()) return false;
        auto now = std::make_shared<RocksState>(std::make_shared<RocksDatabase>(database.directory(), database.options(), &database));
        const bool is_news = now->current()->version() != before->current()->version() || now->database().identity() != database.identity();
        const std::scoped_lock lock(mutex_);
        state_.swap(now);
        return is_news;
    }

    std::unique_ptr<Transaction> begin(CancelToken cancel) override {
        const auto now = state();
        const RocksDatabase& database = now->database();
        if (database.options().read_only) {
            throw Error(ErrorCode::InvalidArgument, "the store at " + database.directory() + " was opened read-only");
        }
        return std::make_unique<RocksTransaction>(now, std::move(cancel));
    }

private:
    [[nodiscard]] std::shared_ptr<RocksState> state() const {
        const std::scoped_lock lock(mutex_);
        return state_;
    }

    std::mutex refreshing_;
    mutable std::mutex mutex_;
    std::shared_ptr<RocksState> state_;
};

}  // namespace

std::unique_ptr<Store> open_rocks_store(const std::string& directory, const RocksOptions& options) {
    return std::make_unique<RocksStore>(std::make_shared<RocksDatabase>(directory, options));
}

}  // namespace tercet::storage
