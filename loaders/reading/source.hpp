#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "loaders/article/document.hpp"
#include "loaders/article/metadata.hpp"

namespace tercet::reading {

/// What a file is; the last three hold many documents.
enum class Format { Text, Markdown, Html, JsonLines, Feed, Warc };

/// One document as it was found: bytes of some encoding, and what its container tells of it.
struct RawDocument {
    Format format = Format::Text;
    std::string bytes;
    std::string charset;      ///< as the container names it; empty: it does not
    article::Metadata about;  ///< what the container tells; the document itself adds to it
    std::string part;         ///< which one of its file it is ("line 3"); empty: the only one
    std::string note;         ///< why it is here only in part; empty: it is whole
    std::string refusal;      ///< why it is not here at all; empty: it is
};

/// Not a document, but something to say of the whole file.
[[nodiscard]] inline RawDocument remark(std::string words) {
    RawDocument document;
    document.refusal = std::move(words);
    return document;
}

/// What the reader of a format finds: UTF-8, each paragraph a line.
struct FoundText {
    std::string text;
    article::Metadata about;
    std::string note;
};

/// A document that is ready to be analysed.
struct Source {
    std::string text;            ///< what offsets count in
    article::Document document;  ///< the prose of it
    std::string note;            ///< what could not be read; empty: all was
    std::string refusal;         ///< why it is not to be read at all, such as its language; empty: it is
};

/// What a file is by the end of its name, whatever it is packed with, else by how its bytes begin. Plain text when in doubt.
[[nodiscard]] Format format_of(std::string_view name, std::string_view bytes);

/// Whether the name of a file says that it holds articles.
[[nodiscard]] bool names_an_article(std::string_view name);

/// Finds the text of a document: its encoding, its main part, whether it is English. Never fails; offsets in plain UTF-8
/// text stay those of the bytes. Safe to call from many threads.
[[nodiscard]] Source read_source(RawDocument raw);

}  // namespace tercet::reading
