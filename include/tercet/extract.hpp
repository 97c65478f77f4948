#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace tercet {

enum class ExtractFormat {
    JsonLines,
    Turtle,
    Table,
    Carb,     ///< sentence, confidence, predicate and arguments in the sentence's own words, between tabs
    Explain,  ///< how each sentence was read, for a person
    Names,    ///< JSON lines: every name, where it stands, and whose it is
    Text,     ///< the text that is read, without the rest of the page: what offsets count in
};

/// How the fields of JSON lines are called; a dot leads into an inner object. Empty: usual names are tried.
struct ArticleFields {
    std::string text;
    std::string title;
    std::string url;
    std::string date;
    std::string author;
    std::string site;
};

/// The files of articles that paths name: those below a directory, those that a pattern (`news/*.html`) matches, and any
/// other path itself. Throws Error (NotFound) for a directory or pattern with nothing to read.
[[nodiscard]] std::vector<std::string> find_articles(const std::vector<std::string>& paths);

/// Turns articles into statements without a store. Immutable once made: many threads may use one.
class Extractor {
public:
    /// `language_model`: see OpenOptions. Throws Error (NotFound, Damaged, Version).
    explicit Extractor(const std::string& language_model = {});
    Extractor(Extractor&&) noexcept;
    Extractor& operator=(Extractor&&) noexcept;
    ~Extractor();

    /// Reads one file of articles (plain text, Markdown, HTML, RSS, Atom, JSON lines, WARC) and writes their statements
    /// (or their names); returns how many. Throws
    /// Error: NotFound, Io, or at its end Data with a line for each article that could not be read, or only in part.
    /// With `lines` the file is no article: every line is a sentence of its own, without context.
    std::size_t extract(const std::string& file, std::ostream& out, ExtractFormat format, bool lines = false,
                        const ArticleFields& fields = {}) const;

private:
    struct Implementation;
    std::unique_ptr<const Implementation> implementation_;
};

}  // namespace tercet
