#include "loaders/article/quotation.hpp"

#include <algorithm>
#include <array>

#include "loaders/article/clause.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/subject.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr int kLongestPath = 60;
constexpr std::size_t kFewWords = 3;  ///< a quotation of so few words is a term, not speech

/// Follows the marks through one paragraph after the other.
class MarkReader {
public:
    MarkReader(std::string_view text, std::vector<Span>& spans) : text_(text), spans_(spans) {}

    void read(Span paragraph) {
        if (depth_ > 0 && !opens_with_mark(paragraph)) depth_ = 0;
        if (depth_ > 0) {
            depth_ = 0;  // the mark at the start of a further paragraph opens the quotation anew
        }
        for (std::size_t at = paragraph.begin; at < paragraph.end;) {
            const text::QuoteMark mark = text::quote_mark(text_, at);
            if (mark.kind != text::QuoteMark::Kind::None) step(mark, at);
            at += std::max<std::size_t>(mark.size, 1);
        }
        if (depth_ > 0) close(paragraph.end);
    }

private:
    bool opens_with_mark(Span paragraph) const {
        return text::quote_mark(text_, paragraph.begin).kind == text::QuoteMark::Kind::Open;
    }
    void step(const text::QuoteMark& mark, std::size_t at) {
        const bool opens = mark.kind == text::QuoteMark::Kind::Open;
        if (depth_ == 0) {
            if (!opens) return;
            depth_ = 1;
            family_ = mark.family;
            begin_ = at + mark.size;
        } else if (opens && mark.family != family_) {
            ++depth_;
        } else if (!opens && mark.family == family_) {
            close(at);
            depth_ = 0;
        } else if (!opens && mark.family != '\'') {  // marks of different kinds that were mixed up still close
            close(at);
            depth_ = 0;
        }
    }
    void close(std::size_t end) {
        if (end > begin_) spans_.push_back({begin_, end});
    }

    std::string_view text_;
    std::vector<Span>& spans_;
    int depth_ = 0;
    char family_ = 0;
    std::size_t begin_ = 0;
};

/// The sentences that a stretch overlaps: from the first to before the last.
struct SentenceRange {
    std::size_t first = 0;
    std::size_t end = 0;
};
SentenceRange sentences_of(Span span, const std::vector<Tree>& trees) {
    const auto first = std::ranges::partition_point(trees, [&](const Tree& tree) { return tree.sentence().end <= span.begin; });
    const auto end = std::partition_point(first, trees.end(), [&](const Tree& tree) { return tree.sentence().begin < span.end; });
    return {static_cast<std::size_t>(first - trees.begin()), static_cast<std::size_t>(end - trees.begin())};
}

bool is_in_any(const std::vector<Span>& spans, std::size_t at) {
    const auto behind = std::ranges::upper_bound(spans, at, {}, &Span::begin);
    return behind != spans.begin() && std::prev(behind)->contains(at);
}

bool is_speech_verb(const Tree& tree, int word) {
    return tree.has_tag(word, "VERB") && lexicon::is_say_verb(tree.lemma(word)) && !tree.has(word, "aux:pass");
}

/// The say-verb's subject, if it is somebody who can speak.
int speaker_of_verb(const Tree& tree, int verb) {
    const int speaker = subject_of(tree, verb);
    if (speaker == Tree::kNone || speaker == verb) return Tree::kNone;
    const std::string& lemma = tree.lemma(speaker);
    const bool self = lemma == "i" || lemma == "we";  // the quotation's speaker says it, and is found by its marks
    const bool nobody =
        self || lemma == "it" || lemma == "that" || lemma == "this" || lemma == "you" || lemma == "which";
    return nobody ? Tree::kNone : speaker;
}

/// The first name behind a quotation and before a say-verb whose subject the tree does not tell.
int name_between(const Tree& tree, std::size_t begin, int verb) {
    for (int word = 0; word < verb; ++word) {
        if (tree[word].begin >= begin && tree.has_tag(word, "PROPN")) return word;
    }
    return Tree::kNone;
}

/// Looks for the speaker in the sentence that holds the beginning or the end of a quotation.
int speaker_beside(const Tree& tree, Span quotation, const std::vector<Span>& all) {
    const auto quoted = [&](std::size_t at) { return is_in_any(all, at); };
    int best = Tree::kNone;
    std::size_t best_distance = static_cast<std::size_t>(-1);
    for (int word = 0; word < tree.size(); ++word) {
        if (!is_speech_verb(tree, word) || quoted(tree[word].begin)) continue;
        int speaker = speaker_of_verb(tree, word);
        if (speaker == Tree::kNone && subject_of(tree, word) == Tree::kNone)
            speaker = name_between(tree, quotation.end, word);
        if (speaker == Tree::kNone || quoted(tree[speaker].begin)) continue;
        const std::size_t at = tree[word].begin;
        const std::size_t distance =
            at >= quotation.end ? at - quotation.end : 2 * (quotation.begin - std::min(at, quotation.begin));
        if (distance < best_distance) {
            best = speaker;
            best_distance = distance;
        }
    }
    return best;
}

bool is_term(Span span, const std::vector<Tree>& trees) {
    std::size_t words = 0;
    const auto [first, end] = sentences_of(span, trees);
    for (std::size_t s = first; s < end; ++s) {
        for (int i = 0; i < trees[s].size(); ++i) words += span.contains(trees[s][i].begin) ? 1 : 0;
    }
    return words <= kFewWords;
}

std::size_t paragraph_of(std::size_t at, const std::vector<Span>& paragraphs) {
    const auto found = std::ranges::partition_point(paragraphs, [&](Span paragraph) { return paragraph.end <= at; });
    return static_cast<std::size_t>(found - paragraphs.begin());
}

int according_to(const Tree& tree, int predicate) {
    for (const int child : tree.children(predicate)) {
        if (tree.is_any(child, {"obl", "nmod", "advmod", "advcl"}) && tree.preposition(child) == "according to")
            return child;
        if (text::lower(tree.form(child)) == "according") {  // some trees make a verb of it
            for (const int noun : tree.children(child)) {
                if (tree.is_any(noun, {"obl", "nmod", "obj"})) return noun;
            }
        }
    }
    return Tree::kNone;
}

/// "..., Miller said": the say-verb hangs on what is said.
int speaker_below(const Tree& tree, int predicate, int from) {
    for (const int child : tree.children(predicate)) {
        const bool beside = tree.is(child, "parataxis") ||
                            (tree.is(child, "advcl") && tree.child_with_lemma(child, "as") != Tree::kNone);
        if (!beside || child == from || !is_speech_verb(tree, child) || tree.has(child, "ccomp")) continue;
        if (!tree.has(child, "nsubj")) continue;
        if (const int speaker = speaker_of_verb(tree, child); speaker != Tree::kNone) return speaker;
    }
    return Tree::kNone;
}

}  // namespace

std::vector<Span> find_quotations(std::string_view text, const std::vector<Span>& paragraphs) {
    std::vector<Span> spans;
    MarkReader reader(text, spans);
    for (const Span paragraph : paragraphs) reader.read(paragraph);
    return spans;
}

std::vector<Quotation> attribute_quotations(const std::vector<Span>& spans, const std::vector<Span>& paragraphs,
                                            const std::vector<Tree>& trees) {
    std::vector<Quotation> result;
    for (const Span span : spans) {
        if (is_term(span, trees)) continue;
        Quotation quotation{span, {}};
        const auto [first, end] = sentences_of(span, trees);
        for (std::size_t i = first; i < end; ++i) {
            if (const int found = speaker_beside(trees[i], span, spans); found != Tree::kNone)
                quotation.speaker = {i, found};
        }
        result.push_back(quotation);
    }
    const auto same_paragraph = [&](const Quotation& a, const Quotation& b) {
        return paragraph_of(a.span.begin, paragraphs) == paragraph_of(b.span.begin, paragraphs);
    };
    for (std::size_t i = 1; i < result.size(); ++i) {
        const bool unknown = result[i].speaker.word == Tree::kNone;
        if (unknown && same_paragraph(result[i], result[i - 1])) result[i].speaker = result[i - 1].speaker;
    }
    for (std::size_t i = result.size(); i-- > 1;) {
        const bool unknown = result[i - 1].speaker.word == Tree::kNone;
        if (unknown && same_paragraph(result[i], result[i - 1])) result[i - 1].speaker = result[i].speaker;
    }
    for (std::size_t i = 1; i < result.size(); ++i) {
        if (result[i].speaker.word == Tree::kNone) result[i].speaker = result[i - 1].speaker;
    }
    return result;
}

const Quotation* quotation_at(const std::vector<Quotation>& quotations, std::size_t at) {
    const auto behind = std::ranges::upper_bound(quotations, at, {}, [](const Quotation& quotation) { return quotation.span.begin; });
    return behind != quotations.begin() && std::prev(behind)->span.contains(at) ? &*std::prev(behind) : nullptr;
}

int speaker_in_sentence(const Tree& tree, int predicate) {
    int from = Tree::kNone;
    const auto owner_of_content = [&](int noun) {  // "Pashinyan's statements that Russia failed"
        const bool content =
            from != Tree::kNone && tree.is_any(from, {"acl", "ccomp"}) && lexicon::is_content_noun(tree.lemma(noun));
        const int owner = content ? tree.child(noun, "nmod:poss") : Tree::kNone;
        const int verb = tree.head(noun);  // "told the paper in a statement that Kenya would pay"
        if (content && owner == Tree::kNone && verb != Tree::kNone && tree.is(noun, "obl") && is_speech_verb(tree, verb)) return speaker_of_verb(tree, verb);
        return owner != Tree::kNone && lexicon::is_time_word(tree.lemma(owner)) ? Tree::kNone : owner;  // not "today's news"
    };
    for (int word = predicate, steps = 0; word != Tree::kNone && steps < kLongestPath;
         from = word, word = tree.head(word), ++steps) {
        if (from != Tree::kNone && tree.is_any(from, {"ccomp", "parataxis", "dep", "obj"}) &&
            tree.has_tag(word, "VERB")) {
            const bool tells = is_speech_verb(tree, word) || lexicon::is_opinion_verb(tree.lemma(word));
            const bool own = tree.is(from, "ccomp") || !tree.has(word, "ccomp");
            const bool clause = tree.is(from, "ccomp") || tree.is(from, "parataxis");
            if (tells && own && clause) {
                if (const int speaker = speaker_of_verb(tree, word);
                    speaker != Tree::kNone && !tree.dominates(from, speaker)) {
                    return speaker;
                }
            }
        }
        if (const int owner = owner_of_content(word); owner != Tree::kNone) return owner;
        if (!tree.dominates(predicate, word) || word == predicate) {
            if (const int speaker = speaker_below(tree, word, from); speaker != Tree::kNone) return speaker;
        }
        if (const int speaker = according_to(tree, word); speaker != Tree::kNone && speaker != predicate)
            return speaker;
    }
    return Tree::kNone;
}

}  // namespace tercet::article
