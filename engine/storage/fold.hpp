#pragma once

#include <functional>
#include <stop_token>

#include "engine/storage/block_writer.hpp"
#include "engine/storage/rocks_source.hpp"

namespace tercet::storage {

/// All changes of an order.
[[nodiscard]] DeltaCursor all_changes(const Delta& delta, const IndexOrder& order);

/// Writes every order's blocks anew where `write_order` changes them, and clears what was committed beside them, which
/// it must have applied. `write_rest` writes to other families meanwhile. Returns where the quads are after
/// target.finish().
[[nodiscard]] QuadVersion write_all_blocks(CommitTarget& target, RocksDatabase& database, const RocksSource& base,
                                           const std::function<void(BlockWriter&, const IndexOrder&)>& write_order,
                                           const std::function<void()>& write_rest);

/// Writes into the blocks what the base has beside them. Throws Error (Cancelled) if it is asked to stop.
[[nodiscard]] QuadVersion fold_delta(CommitTarget& target, RocksDatabase& database, const RocksSource& base,
                                     const std::stop_token& stop);

}  // namespace tercet::storage
