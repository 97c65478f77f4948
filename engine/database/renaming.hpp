#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/store.hpp"
#include "tercet/database.hpp"

/// Two names become one, and two again.
///
/// Every quad that speaks of the merged name, also inside triple terms, is rewritten to speak of the other one; beside it, in the
/// same graph, stands what it was: MERGE kg:replaced <<( s p o )>>. So a record comes and goes with the article whose quad it
/// tells of, and a split needs nothing else. MERGE kg:alsoStated <<( s p o )>> tells of quads that were there as such too.
/// The merge itself is described in the default graph; it holds the merged name as text, so that nothing goes by that name.
namespace tercet {

/// All merges of a store, in the order of their names.
[[nodiscard]] std::vector<Merge> find_merges(const QuadSource& source);

/// Writes down a new merge; apply_merges() makes it so. Throws Error (InvalidArgument) if it would make a circle or a chain.
void add_merge(Transaction& transaction, const Merge& merge);

/// Rewrites whatever still speaks of merged names, such as an article that was loaded just now.
void apply_merges(Transaction& transaction);

/// Undoes a merge; false if the name was never merged.
[[nodiscard]] bool undo_merge(Transaction& transaction, std::string_view name);

}  // namespace tercet
