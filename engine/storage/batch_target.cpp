#include <rocksdb/write_batch.h>

#include "engine/storage/commit_target.hpp"

namespace tercet::storage {
namespace {

class BatchTarget final : public CommitTarget {
public:
    explicit BatchTarget(RocksDatabase& database) : database_(database) {}

    void put(Family family, std::string_view key, std::string_view value) override {
        check(batch_.Put(database_.family(family), rocksdb::Slice(key), rocksdb::Slice(value)), "collect changes");
    }
    void remove(Family family, std::string_view key) override {
        check(batch_.Delete(database_.family(family), rocksdb::Slice(key)), "collect changes");
    }
    void remove_range(Family family, std::string_view begin, std::string_view end) override {
        check(batch_.DeleteRange(database_.family(family), rocksdb::Slice(begin), rocksdb::Slice(end)), "collect changes");
    }
    bool families_are_independent() const override { return false; }

    void finish() override {
        database_.write("commit to", [&](rocksdb::DB& db) { return db.Write({}, &batch_); });
    }

private:
    RocksDatabase& database_;
    static constexpr std::size_t kUsualBytes = 512;
    rocksdb::WriteBatch batch_{kUsualBytes};
};

}  // namespace

std::unique_ptr<CommitTarget> make_batch_target(RocksDatabase& database) {
    return std::make_unique<BatchTarget>(database);
}

}  // namespace tercet::storage
