#pragma once

#include "engine/storage/rocks_source.hpp"
#include "unit/engine/storage/store_world.hpp"

namespace tercet::storage::test {

/// A closed store's families as RocksDB sees them, to read and to damage them.
class RawStore {
public:
    explicit RawStore(const std::string& directory) : database_(directory, {}) {}

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all(Family family) const {
        std::vector<std::pair<std::string, std::string>> entries;
        const std::unique_ptr<rocksdb::Iterator> each(database_.db().NewIterator({}, database_.family(family)));
        for (each->SeekToFirst(); each->Valid(); each->Next()) entries.emplace_back(each->key().ToString(), each->value().ToString());
        check(each->status(), "read");
        return entries;
    }
    void put(Family family, const std::string& key, const std::string& value) {
        check(database_.db().Put({}, database_.family(family), key, value), "write");
    }
    void remove(Family family, const std::string& key) { check(database_.db().Delete({}, database_.family(family), key), "write"); }

private:
    RocksDatabase database_;
};

}  // namespace tercet::storage::test
