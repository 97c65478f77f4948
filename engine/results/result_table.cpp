#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "engine/results/cell_text.hpp"
#include "engine/results/writers.hpp"

namespace tercet::results {
namespace {

/// So many rows are looked at before the widths are fixed.
constexpr std::size_t kSample = 1000;
constexpr std::size_t kNarrowest = 6;

struct Cell {
    std::string text;
    TermKind kind = TermKind::Undefined;
    bool right = false;
};
using Cells = std::vector<Cell>;

bool is_numeric(const Term& term) {
    return term.is_literal() && (term.datatype.ends_with("#integer") || term.datatype.ends_with("#decimal") ||
                                 term.datatype.ends_with("#double") || term.datatype.ends_with("#float"));
}

Cells to_cells(const std::vector<Term>& values, const Prefixes& prefixes) {
    Cells cells;
    cells.reserve(values.size());
    for (const Term& term : values) cells.push_back({cell_text(term, prefixes), term.kind, is_numeric(term)});
    return cells;
}

/// Takes from the widest columns until the table fits.
void shrink(std::vector<std::size_t>& widths, std::size_t available) {
    const std::size_t frame = 3 * widths.size() + 1;
    const auto total = [&] {
        std::size_t sum = frame;
        for (const std::size_t width : widths) sum += width;
        return sum;
    };
    while (!widths.empty() && total() > available) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= kNarrowest) return;
        --*widest;
    }
}

class TableWriter {
public:
    TableWriter(std::ostream& out, const WriteOptions& options, std::vector<std::string> header)
        : out_(out), options_(options), header_(std::move(header)) {}

    void set_widths(const std::vector<Cells>& sample) {
        for (const std::string& name : header_) widths_.push_back(display_width(name));
        for (const Cells& cells : sample) {
            for (std::size_t i = 0; i < widths_.size(); ++i) {
                widths_[i] = std::max(widths_[i], display_width(cells[i].text));
            }
        }
        if (options_.width != 0) shrink(widths_, options_.width);
    }

    void top() {
        rule("┌", "┬", "┐");
        Cells cells;
        for (const std::string& name : header_) cells.push_back({name, TermKind::Undefined, false});
        row(cells, "\x1b[1m");
        rule("├", "┼", "┤");
    }
    void bottom() { rule("└", "┴", "┘"); }

    void row(const Cells& cells, const char* style = nullptr) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string text = fit(cells[i].text, widths_[i]);
            const std::string pad(widths_[i] - std::min(widths_[i], display_width(text)), ' ');
            const char* colour = style != nullptr ? style : colour_of(cells[i]);
            out_ << (i == 0 ? "│ " : " │ ");
            if (cells[i].right) out_ << pad;
            if (options_.colour && *colour != '\0') out_ << colour << text << "\x1b[0m";
            else out_ << text;
            if (!cells[i].right) out_ << pad;
        }
        out_ << " │\n";
    }

private:
    static const char* colour_of(const Cell& cell) {
        if (cell.right) return "\x1b[36m";
        switch (cell.kind) {
            case TermKind::Iri: return "\x1b[34m";
            case TermKind::BlankNode: return "\x1b[90m";
            case TermKind::TripleTerm: return "\x1b[35m";
            case TermKind::Path: return "\x1b[33m";
            default: return "";
        }
    }

    void rule(const char* left, const char* middle, const char* right) {
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            out_ << (i == 0 ? left : middle);
            for (std::size_t n = 0; n < widths_[i] + 2; ++n) out_ << "─";
        }
        out_ << right << '\n';
    }

    std::ostream& out_;
    const WriteOptions& options_;
    std::vector<std::string> header_;
    std::vector<std::size_t> widths_;
};

/// Pulls rows of cells, whatever the answer is made of.
class CellReader {
public:
    CellReader(Result& result, const Prefixes& prefixes) : result_(result), prefixes_(prefixes) {}

    [[nodiscard]] bool next(Cells& cells) {
        if (result_.kind() == ResultKind::Graph) {
            const auto triple = result_.next_triple();
            if (!triple) return false;
            cells = to_cells({triple->subject, triple->predicate, triple->object}, prefixes_);
            return true;
        }
        const Row* row = result_.next();
        if (row == nullptr) return false;
        cells = to_cells(row->values(), prefixes_);
        return true;
    }

private:
    Result& result_;
    const Prefixes& prefixes_;
};

std::vector<std::string> header_of(const Result& result) {
    if (result.kind() == ResultKind::Graph) return {"subject", "predicate", "object"};
    return result.variables();
}

std::string markdown_cell(std::string text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '\\' || c == '<' || c == '*' || c == '_' || c == '`') out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::uint64_t write_table(Result& result, std::ostream& out, const WriteOptions& options) {
    if (result.kind() == ResultKind::Boolean) {
        out << (result.boolean() ? "true" : "false") << '\n';
        return 1;
    }
    CellReader reader(result, options.prefixes);
    std::vector<Cells> sample;
    Cells cells;
    while (sample.size() < kSample && reader.next(cells)) sample.push_back(cells);

    const auto header = header_of(result);
    if (header.empty()) {
        out << sample.size() << (sample.size() == 1 ? " solution" : " solutions") << " without variables\n";
        return sample.size();
    }
    TableWriter table(out, options, header);
    table.set_widths(sample);
    table.top();
    for (const Cells& row : sample) table.row(row);
    std::uint64_t rows = sample.size();
    for (; reader.next(cells); ++rows) table.row(cells);
    table.bottom();
    return rows;
}

std::uint64_t write_markdown(Result& result, std::ostream& out, const WriteOptions& options) {
    if (result.kind() == ResultKind::Boolean) {
        out << (result.boolean() ? "true" : "false") << '\n';
        return 1;
    }
    for (const std::string& name : result.variables()) out << "| " << markdown_cell(name) << ' ';
    out << "|\n";
    for (std::size_t i = 0; i < result.variables().size(); ++i) out << "| --- ";
    out << "|\n";
    std::uint64_t rows = 0;
    while (const Row* row = result.next()) {
        for (const Term& term : row->values()) out << "| " << markdown_cell(cell_text(term, options.prefixes)) << ' ';
        out << "|\n";
        ++rows;
    }
    return rows;
}

}  // namespace tercet::results
