#pragma once

#include "engine/storage/check_problems.hpp"
#include "engine/storage/rocks_source.hpp"

namespace tercet::storage {

/// Statistics and counters against the quads themselves. Precondition: the orders are sound.
void check_statistics(const RocksSource& source, const RocksDatabase& database, std::uint64_t terms, Problems& problems);

}  // namespace tercet::storage
