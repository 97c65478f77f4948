#pragma once

#include <string>
#include <vector>

#include "tercet/database.hpp"
#include "tests/reference/solutions.hpp"

namespace tercet::reference {

/// One store with the same data for both.
class World {
public:
    /// `insert` is an update request. Throws Error if it cannot be done.
    explicit World(const std::string& insert);

    enum class Outcome { Empty, Same, Different, Skipped, Refused };
    /// Runs the query both ways. Empty: the same, but nothing. Skipped: too large, or the specification leaves a choice. Refused: not a query.
    /// `said`, if given, receives what the difference is.
    Outcome compare(const std::string& query, const std::vector<std::string>& without_passes, std::string* said = nullptr) const;

    [[nodiscard]] const Database& database() const { return database_; }
    [[nodiscard]] const Dataset& dataset() const { return dataset_; }

private:
    Database database_;
    Dataset dataset_;
};

}  // namespace tercet::reference
