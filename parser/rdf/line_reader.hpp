#pragma once

#include <cstddef>
#include <istream>
#include <string>

#include "parser/rdf/reader.hpp"

namespace tercet::rdf {

/// Whole lines of a document.
struct Lines {
    std::string text;
    std::size_t first = 1;  ///< number of the first of them
};

/// Cuts a document into pieces where lines end, for formats in which no statement goes beyond its line.
class LineReader {
public:
    LineReader(std::istream& in, const ReadOptions& options) : in_(in), options_(options) {}

    /// Replaces `lines` by the next piece; false at the end. Throws Error: Io, and Syntax for an endless line.
    [[nodiscard]] bool next(Lines& lines);

private:
    std::size_t read_more(std::string& text);

    std::istream& in_;
    const ReadOptions& options_;
    std::string rest_;  ///< the beginning of a line
    std::size_t line_ = 1;
};

}  // namespace tercet::rdf
