#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "engine/base/line_reader.hpp"
#include "loaders/language/analyser.hpp"

namespace tercet::article {

/// Some lines of a file whose every line is one sentence.
struct SentenceLines {
    std::string text;                           ///< the lines as they are
    std::size_t begin = 0;                      ///< of the text, in the file
    std::vector<language::Sentence> sentences;  ///< their offsets count in `text`
};

/// Reads such a file a part at a time, so that its length does not matter. Quotation marks and brackets as treebanks spell them
/// (``, '', -LRB-) are parsed as plain ones and stay in the words' forms.
class SentenceLineReader {
public:
    /// Is told of each line that is no sentence, by number and reason, and the next goes on.
    using Refuse = std::function<void(std::size_t line, const std::string& reason)>;

    /// The stream and the analyser must outlive this.
    SentenceLineReader(std::istream& in, const language::Analyser& analyser, Refuse refuse);

    /// False at the end.
    [[nodiscard]] bool next(SentenceLines& lines);

private:
    void analyse(SentenceLines& lines, std::size_t first_number) const;

    LineReader reader_;
    const language::Analyser& analyser_;
    Refuse refuse_;
};

}  // namespace tercet::article
