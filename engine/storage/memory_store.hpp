#pragma once

#include <memory>

#include "engine/model/store.hpp"

namespace tercet::storage {

class MemoryState;

/// A store without a disk, for ":memory:" and for tests: the same behaviour as RocksStore.
///
/// A commit copies all quads, and the next reader sorts them: that takes time in proportion to the store, so load much
/// at once.
class MemoryStore : public Store {
public:
    MemoryStore();
    ~MemoryStore() override;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    [[nodiscard]] std::shared_ptr<const QuadSource> snapshot() const override;
    [[nodiscard]] std::unique_ptr<Transaction> begin(CancelToken cancel = {}) override;

private:
    std::shared_ptr<MemoryState> state_;
};

}  // namespace tercet::storage
