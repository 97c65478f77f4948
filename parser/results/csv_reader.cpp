#include <istream>
#include <stdexcept>

#include "parser/results/readers.hpp"
#include "parser/results/table.hpp"
#include "parser/results/terms.hpp"
#include "parser/results/text_place.hpp"

namespace tercet::results {
namespace {

/// RFC 4180; lines may end with a line feed alone.
class Csv final : public TableFormat {
public:
    Csv(std::istream& in, const std::string& source) : in_(*in.rdbuf()), source_(source) {
        for (const char mark : {'\xEF', '\xBB', '\xBF'}) {
            if (peek() == traits::to_int_type(mark)) in_.sbumpc();
        }
    }

    bool next(std::vector<Cell>& record) override {
        record.clear();
        if (peek() == traits::eof()) return false;
        do {
            record.push_back(peek() == '"' ? quoted() : plain());
        } while (take_separator());
        return true;
    }
    [[nodiscard]] std::string variable_of(const std::string& cell) const override { return cell; }
    [[nodiscard]] Term term_of(const std::string& cell) const override {
        if (cell.empty()) return {};
        if (cell.starts_with("_:")) return make_blank_node(cell.substr(2));
        if (cell.find("://") == std::string::npos && !cell.starts_with("urn:")) return Term::literal(cell);
        try {
            return make_iri(cell);
        } catch (const std::invalid_argument&) {
            return Term::literal(cell);
        }
    }

private:
    using traits = std::char_traits<char>;

    [[nodiscard]] int peek() const { return in_.sgetc(); }
    char take() {
        const char c = traits::to_char_type(in_.sbumpc());
        place_.pass(c);
        return c;
    }
    [[noreturn]] void fail(const std::string& message) const { throw Error(ErrorCode::Syntax, message, place_.position(source_)); }

    void add(Cell& cell, char c) const {
        if (cell.text.size() == kLongestCell) throw Error(ErrorCode::Syntax, "a value is too long, or its quote is never closed", cell.position);
        cell.text += c;
    }
    Cell plain() {
        Cell cell{{}, place_.position(source_)};
        for (int c = peek(); c != traits::eof() && c != ',' && c != '\n' && c != '\r'; c = peek()) {
            if (c == '"') fail("a quote inside a value without quotes; write the value as \"...\", and each quote in it twice");
            add(cell, take());
        }
        return cell;
    }
    Cell quoted() {
        Cell cell{{}, place_.position(source_)};
        take();
        while (true) {
            if (peek() == traits::eof()) throw Error(ErrorCode::Syntax, "the quote is never closed", cell.position);
            const char c = take();
            if (c == '"' && peek() != '"') return cell;
            if (c == '"') take();
            add(cell, c);
        }
    }
    /// False at the end of the record.
    bool take_separator() {
        if (peek() == traits::eof()) return false;
        const char c = take();
        if (c == ',') return true;
        if (c == '\r' && peek() == '\n') take();
        else if (c != '\n') fail("expected a comma or the end of the line");
        return false;
    }

    std::streambuf& in_;
    const std::string& source_;
    TextPlace place_;
};

}  // namespace

void read_csv(std::istream& in, const ReadOptions& options, SolutionBuilder& builder) {
    Csv csv(in, options.source);
    read_table(csv, options, builder);
}

}  // namespace tercet::results
