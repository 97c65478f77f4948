#include "engine/storage/rocks_store.hpp"

#include "engine/storage/rocks_transaction.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

class RocksStore final : public Store {
public:
    explicit RocksStore(std::shared_ptr<RocksDatabase> database)
        : state_(std::make_shared<RocksState>(std::move(database))) {}

    std::shared_ptr<const QuadSource> snapshot() const override { return state_->current(); }
    std::unique_ptr<Transaction> begin(CancelToken cancel) override {
        const RocksDatabase& database = state_->database();
        if (database.options().read_only) {
            throw Error(ErrorCode::InvalidArgument, "the store at " + database.directory() + " was opened read-only");
        }
        return std::make_unique<RocksTransaction>(state_, std::move(cancel));
    }

private:
    std::shared_ptr<RocksState> state_;
};

}  // namespace

std::unique_ptr<Store> open_rocks_store(const std::string& directory, const RocksOptions& options) {
    return std::make_unique<RocksStore>(std::make_shared<RocksDatabase>(directory, options));
}

}  // namespace tercet::storage
