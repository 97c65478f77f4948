#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.hpp"
#include "tercet/term.hpp"

namespace tercet {

/// One solution of a SELECT query. Valid until the result moves on.
class Row {
public:
    /// The value of a variable (without ?); an undefined Term if it is unbound.
    /// Throws Error (InvalidArgument) if the query has no such variable.
    [[nodiscard]] const Term& operator[](std::string_view variable) const;
    [[nodiscard]] const Term& at(std::size_t column) const { return values_.at(column); }
    [[nodiscard]] const std::vector<Term>& values() const noexcept { return values_; }

private:
    friend class Result;
    std::shared_ptr<const std::vector<std::string>> variables_;
    std::vector<Term> values_;
};

/// What is probably a slip in a query that can be answered all the same.
struct Warning {
    std::string message;    ///< a sentence
    TextPosition position;  ///< in the query

    /// The place, the message, and where the line is known, the line with a caret below.
    [[nodiscard]] std::string text() const;
};

enum class ResultKind { Bindings, Boolean, Graph };

/// The forms in which an answer can be written.
enum class ResultFormat {
    Table, Json, Xml, Csv, Tsv, Markdown,  ///< for solutions; Json and Xml for booleans too
    NTriples, Turtle, Dot, Svg, Html,      ///< for graphs; pictures also for solutions with paths or s p o columns
    Plot, PlotSvg,                         ///< for solutions of one or two columns: in a terminal, as a picture
};

/// How numbers are drawn. Auto: bars for names, lines along numbers and dates, a histogram of a column that stands alone.
enum class PlotKind { Auto, Bars, Lines, Histogram };

struct WriteOptions {
    std::size_t width = 0;   ///< of a table or plot, in terminal cells; 0: as wide as it needs
    bool colour = false;     ///< ANSI colours by kind of term
    /// Prefixes that shorten IRIs in tables and Turtle.
    std::vector<std::pair<std::string, std::string>> prefixes;
    PlotKind plot = PlotKind::Auto;
};

/// One sentence that stands behind a triple.
struct Evidence {
    Triple triple;
    std::string sentence;      ///< its text; empty for a triple that came without one
    std::string article;       ///< IRI
    std::string headline;
    std::string speaker;       ///< who said it; empty: the article itself
    std::string polarity;
    std::string modality;
    std::string rule;          ///< the extraction rule that read it
    double confidence = 0;
};

/// The answer to a query, computed while it is read.
///
/// A result keeps its snapshot of the store alive. It is read once, from front to back, by one thread at a time.
/// Errors that come up while running (time, memory, cancellation) are thrown where the rows are read.
class Result {
public:
    class Source;  ///< what feeds a result; internal
    explicit Result(std::unique_ptr<Source> source);
    Result(Result&&) noexcept;
    Result& operator=(Result&&) noexcept;
    ~Result();

    [[nodiscard]] ResultKind kind() const noexcept;
    /// Names of the columns, without ?.
    [[nodiscard]] const std::vector<std::string>& variables() const noexcept;
    /// The answer of ASK. Throws Error (InvalidArgument) for other forms.
    [[nodiscard]] bool boolean() const;
    /// The next solution, or null at the end.
    [[nodiscard]] const Row* next();
    /// The next triple of CONSTRUCT or DESCRIBE, or nothing at the end.
    [[nodiscard]] std::optional<Triple> next_triple();
    /// What was assumed to answer: names that stood for several.
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept;
    /// Likely slips: constants that the store does not know, with names that are near; variables that are never bound or look
    /// like another; patterns that nothing connects. Found when they are asked for, in milliseconds.
    [[nodiscard]] std::vector<Warning> warnings() const;

    /// The sentences of the store that stand behind a triple; none for a triple that came without.
    [[nodiscard]] std::vector<Evidence> evidence(const Triple& triple) const;

    /// Writes all that is left. Throws Error (InvalidArgument) if the format does not fit the kind.
    /// Returns the number of rows or triples written.
    std::uint64_t write(std::ostream& out, ResultFormat format, const WriteOptions& options = {});

    /// Range over the solutions: for (const tercet::Row& row : result).
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using pointer = const Row*;
        using reference = const Row&;

        Iterator() = default;
        explicit Iterator(Result& result) : result_(&result), row_(result.next()) {}
        reference operator*() const { return *row_; }
        pointer operator->() const { return row_; }
        Iterator& operator++() {
            row_ = result_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.row_ == b.row_; }

    private:
        Result* result_ = nullptr;
        const Row* row_ = nullptr;
    };
    [[nodiscard]] Iterator begin() { return Iterator(*this); }
    [[nodiscard]] Iterator end() { return {}; }

private:
    std::unique_ptr<Source> source_;
    Row row_;
};

}  // namespace tercet
