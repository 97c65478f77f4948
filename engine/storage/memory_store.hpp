#pragma once

#include <memory>

#include "engine/model/store.hpp"

namespace tercet::storage {

/// A store without a disk, for ":memory:" and for tests: the same behaviour as RocksStore.
///
/// A commit copies the sorted quads, so it costs time in proportion to the store: load much at once.
class MemoryStore : public Store {
public:
    MemoryStore();
    ~MemoryStore() override;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    [[nodiscard]] std::shared_ptr<const QuadSource> snapshot() const override;
    [[nodiscard]] std::unique_ptr<Transaction> begin() override;

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace tercet::storage
