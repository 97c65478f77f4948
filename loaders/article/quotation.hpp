#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "loaders/article/document.hpp"
#include "loaders/article/tree.hpp"

namespace tercet::article {

/// Who speaks: a noun in a sentence. `word` is Tree::kNone where the text does not say.
struct Speaker {
    std::size_t sentence = 0;
    int word = Tree::kNone;
};

/// Words in quotation marks.
struct Quotation {
    Span span;  ///< between the marks
    Speaker speaker;
};

/// The quotations of an article, in order, none inside another: inner ones belong to the outer speaker's words.
/// A mark that stays open ends with its paragraph, unless the next paragraph opens with one, which goes on with it.
[[nodiscard]] std::vector<Span> find_quotations(std::string_view text, const std::vector<Span>& paragraphs);

/// Finds for each quotation who says it: the say-verb beside it in its sentence, else the speaker of the quotation
/// before it in the paragraph, else the one of the next, else whoever spoke just before.
[[nodiscard]] std::vector<Quotation> attribute_quotations(const std::vector<Span>& spans,
                                                          const std::vector<Span>& paragraphs,
                                                          const std::vector<Tree>& trees);

/// The quotation that the byte stands in, or null. Quotations must be in order.
[[nodiscard]] const Quotation* quotation_at(const std::vector<Quotation>& quotations, std::size_t at);

/// Who says the clause, as far as its own sentence tells: above it ("X said"), beside it ("..., X said"), or
/// "according to X". The innermost speaker wins.
[[nodiscard]] int speaker_in_sentence(const Tree& tree, int predicate);

}  // namespace tercet::article
