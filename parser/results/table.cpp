#include "parser/results/table.hpp"

#include <stdexcept>

#include "parser/text/unescape.hpp"

namespace tercet::results {
namespace {

/// Calls with a cell; what is wrong with it gets its place.
template <typename Call>
auto at(const Cell& cell, Call call) {
    try {
        if (grammar::find_invalid_utf8(cell.text) != std::string::npos) throw std::invalid_argument("the text is not UTF-8");
        return call();
    } catch (const std::invalid_argument& error) {
        throw Error(ErrorCode::Syntax, error.what(), cell.position);
    }
}

/// A line without any cell stands for no variable, and for the solution that binds none.
bool is_empty(const std::vector<Cell>& record) { return record.size() == 1 && record.front().text.empty(); }

/// The answer of ASK has one line, `true` or `false`.
bool is_boolean(const std::vector<Cell>& record) {
    return record.size() == 1 && (record.front().text == "true" || record.front().text == "false");
}

void read_record(const TableFormat& format, const std::vector<Cell>& record, SolutionBuilder& builder) {
    const auto& variables = builder.variables();
    const std::size_t cells = variables.empty() && is_empty(record) ? 0 : record.size();
    at(record.front(), [&] {
        if (cells == variables.size()) return;
        throw std::invalid_argument("there are " + std::to_string(cells) + " values for " + std::to_string(variables.size()) + " variables");
    });
    for (std::size_t i = 0; i < cells; ++i) {
        Term value = at(record[i], [&] { return format.term_of(record[i].text); });
        if (value.is_defined()) builder.bind(variables[i], std::move(value));
    }
    builder.end_solution();
}

}  // namespace

void read_table(TableFormat& format, const ReadOptions& options, SolutionBuilder& builder) {
    std::vector<Cell> header, record;
    if (!format.next(header)) throw Error(ErrorCode::Syntax, "the answer is empty; its first line names the variables", {options.source, 1, 1, {}});
    bool more = format.next(record);
    if (!more && is_boolean(header)) {
        builder.boolean(header.front().text == "true");
        return;
    }
    if (!is_empty(header)) {
        for (const Cell& cell : header) at(cell, [&] { builder.declare(format.variable_of(cell.text)); });
    }
    builder.end_head();
    builder.begin_solutions();
    for (; more; more = format.next(record)) {
        options.cancel.check();
        read_record(format, record, builder);
    }
}

}  // namespace tercet::results
