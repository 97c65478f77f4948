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
    Text,     ///< the text that is read, without the rest of the page: what offsets count in
};

/// Turns articles into statements without a store. Immutable once made: many threads may use one.
class Extractor {
public:
    /// `language_model`: see OpenOptions. Throws Error (NotFound, Damaged, Version).
    explicit Extractor(const std::string& language_model = {});
    Extractor(Extractor&&) noexcept;
    Extractor& operator=(Extractor&&) noexcept;
    ~Extractor();

    /// Reads one file of articles (plain text, Markdown, HTML) and writes their statements; returns how many. Throws
    /// Error: NotFound, Io, or at its end Data with a line for each article that could not be read, or only in part.
    /// With `lines` the file is no article: every line is a sentence of its own, without context.
    std::size_t extract(const std::string& file, std::ostream& out, ExtractFormat format, bool lines = false) const;

private:
    struct Implementation;
    std::unique_ptr<const Implementation> implementation_;
};

}  // namespace tercet
