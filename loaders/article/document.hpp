#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/metadata.hpp"

namespace tercet::article {

/// A stretch of bytes of the file.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] bool contains(std::size_t at) const noexcept { return begin <= at && at < end; }
};

/// Words of prose, marks included, that are read of one article: a book. More would take more memory and time than an article may.
inline constexpr std::size_t kMostWords = 200'000;

/// An article as its readers see it: what is prose and what is furniture of the page.
struct Document {
    /// As long as the file; all that is not prose is blanked, so offsets are those of the file.
    std::string prose;
    std::vector<Span> paragraphs;  ///< of prose, the headline included, in order
    Metadata about;
    std::string headline_speaker;  ///< of a headline such as "Taxes will fall - minister"
    bool is_cut = false;           ///< there was more prose than kMostWords, and that is left out
};

/// Tells paragraphs from captions, bylines, datelines, link lists, advertisements and forms, by the shape of the
/// lines and where they stand. What `known` leaves empty is looked for in the text. Never fails.
[[nodiscard]] Document read_document(std::string_view text, Metadata known = {});

}  // namespace tercet::article
