#pragma once

#include <string>
#include <vector>

namespace tercet::storage {

/// RocksDB's logs of a store that are alive: the list of table files, and the commits since. By path, in the order in
/// which they were begun. Empty if CURRENT does not name a list.
[[nodiscard]] std::vector<std::string> log_files(const std::string& directory);

/// Reads a log and throws Error (Damaged) if a byte in it has changed. The end may be missing: whoever was killed while
/// writing it leaves it so. A file that is gone by now is passed over.
///
/// RocksDB looks, too, but takes some changed bytes for a missing end (a record's length or kind), and then forgets
/// what comes after them without a word.
void check_log_file(const std::string& path);

/// Names the list of table files and its length: if it is the same before and after something was done, no table file
/// came or went meanwhile, and no log did.
[[nodiscard]] std::string table_list_state(const std::string& directory);

}  // namespace tercet::storage
