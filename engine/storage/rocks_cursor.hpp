#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string>

#include "engine/model/quad_source.hpp"

namespace tercet::storage {

/// Walks one index of the disk between the bounds that the pattern's leading parts give.
///
/// This and RocksSource::scan are where blocks of many quads would take the place of one key per quad.
class RocksCursor final : public QuadCursor {
public:
    /// The database must outlive the cursor.
    RocksCursor(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, rocksdb::ReadOptions options,
                const IndexOrder& order, const QuadPattern& pattern);

    bool next(QuadBatch& out, std::size_t limit) override;
    void seek(const Quad& lower) override;

private:
    const IndexOrder& order_;
    QuadPattern pattern_;
    bool filters_;
    std::string upper_;
    rocksdb::Slice upper_slice_;
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace tercet::storage
