#pragma once

#include <string>
#include <vector>

#include "parser/results/reader.hpp"
#include "parser/results/solution_builder.hpp"
#include "tercet/error.hpp"

/// What CSV and TSV have in common: a header, and records of as many cells.
namespace tercet::results {

/// Longer cells are refused, so that a missing quote does not take all memory.
inline constexpr std::size_t kLongestCell = std::size_t{64} << 20U;

struct Cell {
    std::string text;
    TextPosition position;
};

/// One of the two formats. Methods throw std::invalid_argument for what a cell may not be; the reader adds the cell's place.
class TableFormat {
public:
    virtual ~TableFormat() = default;
    /// Replaces `record` by the cells of the next record; false at the end.
    virtual bool next(std::vector<Cell>& record) = 0;
    [[nodiscard]] virtual std::string variable_of(const std::string& cell) const = 0;
    /// Undefined: unbound.
    [[nodiscard]] virtual Term term_of(const std::string& cell) const = 0;
};

void read_table(TableFormat& format, const ReadOptions& options, SolutionBuilder& builder);

}  // namespace tercet::results
