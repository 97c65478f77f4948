#pragma once

#include "engine/storage/check_dictionary.hpp"

namespace tercet::storage {

/// Blocks against their fences, and every order against every other. Returns the number of blocks.
std::uint64_t check_orders(const RocksSource& source, const RocksDatabase& database, const KnownTerms& terms,
                           Problems& problems);

/// A quad as a person reads it; ids for terms that cannot be read.
[[nodiscard]] std::string describe(const QuadSource& source, const Quad& quad);

}  // namespace tercet::storage
