#include "loaders/article/factuality.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "loaders/article/clause.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kConditionMarks = word_set("if", "unless", "whether", "lest");
constexpr auto kNegRaising = word_set("think", "believe", "expect", "see", "feel", "suppose", "want", "seem", "appear");
constexpr auto kNotAlone = word_set("only", "just", "merely", "simply", "solely");
/// What is none of these is so.
constexpr auto kKnown = word_set("surprise", "secret", "doubt", "wonder", "coincidence", "accident", "mistake", "mystery");
constexpr auto kDoubtAdjectives = word_set("likely", "possible", "able", "probable");
constexpr auto kDoubtAdverbs = word_set("allegedly", "reportedly", "perhaps", "maybe", "possibly", "probably",
                                        "apparently", "supposedly", "purportedly");

Polarity flipped(Polarity polarity) { return polarity == Polarity::Positive ? Polarity::Negative : Polarity::Positive; }

/// Negation words that hang on the predicate itself: "not", "never", "no longer".
bool is_negated(const Tree& tree, int predicate) {
    return std::ranges::any_of(tree.children(predicate), [&](int child) {
        if (!tree.is_any(child, {"advmod", "det", "cc:preconj", "mark"})) return false;
        if (tree.is(child, "det") && !tree.has(predicate, "cop")) return false;
        if (tree.lemma(child) == "without" || tree.lemma(child) == "instead" || tree.lemma(child) == "rather") {
            return tree.is(child, "mark") || tree.lemma(child) == "without";
        }
        if (tree.lemma(child) == "not" && child + 1 < tree.size() && kNotAlone.has(tree.lemma(child + 1))) return false;  // "not only attack"
        const bool no_longer = tree.child_with_lemma(child, "no") != Tree::kNone && tree.lemma(child) == "long";
        return no_longer || lexicon::is_negation(tree.lemma(child));
    });
}

/// "no party agreed", "nobody came": the argument denies the clause.
bool has_negative_argument(const Tree& tree, int predicate) {
    return std::ranges::any_of(tree.children(predicate), [&](int child) {
        if (!tree.is_any(child, {"nsubj", "obj", "csubj"})) return false;
        if (lexicon::is_negation(tree.lemma(child)) && !tree.has_tag(child, "PROPN")) return true;
        return std::ranges::any_of(tree.children(child), [&](int det) {
            return tree.is_any(det, {"det", "advmod"}) && det < child &&
                   (tree.lemma(det) == "no" || tree.lemma(det) == "neither");
        });
    });
}

Modality own_modality(const Tree& tree, int predicate) {
    for (const int child : tree.children(predicate)) {
        if (tree.is(child, "aux")) {
            if (const Modality modality = lexicon::modality_of_auxiliary(text::lower(tree.form(child)));
                modality != Modality::Asserted) {
                return modality;
            }
        }
        if (tree.is(child, "mark") && kConditionMarks.has(tree.lemma(child))) return Modality::Conditional;
        if (tree.is(child, "advmod") && kDoubtAdverbs.has(tree.lemma(child))) return Modality::Possible;
    }
    return Modality::Asserted;
}

bool has_own_auxiliary(const Tree& tree, int predicate) {
    return tree.has(predicate, "aux") || tree.has(predicate, "cop") || tree.has(predicate, "nsubj");
}

/// A conjunct shares the auxiliaries before the first one: "cannot stop or leave".
bool shares_auxiliary(const Tree& tree, int conjunct) {
    return !has_own_auxiliary(tree, conjunct) && tree[conjunct].xpos == "VB";
}

bool is_question(const Tree& tree, int predicate) {
    if (tree.head(predicate) != Tree::kNone) return false;
    const auto is_mark = [&](int i) { return text::quote_mark(tree.form(i), 0).size > 0 || tree.form(i) == "''" || tree.form(i) == "``"; };
    bool is_quoted = false;
    for (int i = tree.size() - 1; i >= 0 && tree.has_tag(i, "PUNCT"); --i) {
        is_quoted |= is_mark(i);
        if (tree.form(i) != "?") continue;
        int opening = i - 1;  // of somebody's question: "they asked, 'Who goes there?'"
        while (is_quoted && opening > predicate && !is_mark(opening)) --opening;
        return !is_quoted || opening <= predicate;
    }
    return false;
}

/// A wh-clause below ask, wonder: its content is in question.
bool is_asked(const Tree& tree, int predicate, int above) {
    const bool asks = tree.lemma(above) == "ask" || tree.lemma(above) == "wonder";
    return asks && tree.is_any(predicate, {"ccomp", "advcl"}) && !is_infinitive(tree, predicate);
}

Modality light_modality(const Tree& tree, int word) {
    const std::string& lemma = tree.lemma(word);
    if (lemma == "have" || lemma == "need" || lemma == "get") return Modality::Necessary;
    if (lemma == "go" && tree.has(word, "aux")) return Modality::Future;
    return kDoubtAdjectives.has(lemma) ? Modality::Possible : Modality::Asserted;
}

/// The preposition of "accused of setting", "prevented from leaving", "warned against leaving"; empty if there is none.
std::string_view preposition_of_gerund(const Tree& tree, int predicate) {
    static constexpr auto kPrepositions = word_set("of", "from", "about", "against");
    for (const int child : tree.children(predicate)) {
        if (tree.is_any(child, {"mark", "case"}) && kPrepositions.has(tree.lemma(child))) return tree.lemma(child);
    }
    return {};
}

/// What the clause above does to the one below it.
void apply_governor(const Tree& tree, int predicate, int above, bool as_chain, Factuality& result) {
    const Factuality outer = factuality_of(tree, above, chain_head(tree, above) != Tree::kNone);
    const auto weaken = [&](Modality modality) {
        if (result.modality == Modality::Asserted) result.modality = modality;
    };
    if (as_chain) {  // the verb above is in the name: its own factuality is this one's
        if (outer.polarity == Polarity::Negative) result.polarity = flipped(result.polarity);
        weaken(outer.modality);
        if (is_light_chain(tree, above)) weaken(light_modality(tree, above));
        return;
    }
    if (tree.is(predicate, "acl:relcl") && outer.polarity == Polarity::Negative) {
        result.polarity = flipped(result.polarity);  // "is not a partner that keeps promises"
        return;
    }
    if (is_asked(tree, predicate, above)) weaken(Modality::Question);
    const std::string& lemma = tree.lemma(above);
    if (tree.is_any(predicate, {"ccomp", "xcomp", "csubj"})) {
        weaken(lexicon::modality_below(lemma));
        if (lexicon::is_negative_implicative(lemma) && outer.polarity == Polarity::Positive) {
            result.polarity = flipped(result.polarity);
        }
        if (outer.polarity == Polarity::Negative) {
            if (kNegRaising.has(lemma))
                result.polarity = flipped(result.polarity);
            else if (!kKnown.has(lemma))
                weaken(Modality::Possible);
        }
        weaken(outer.modality);
    } else if (const std::string_view preposition = preposition_of_gerund(tree, predicate); tree.is(predicate, "advcl") && !preposition.empty()) {
        const bool is_warned_off = preposition == "against" && !lexicon::is_negative_implicative(lemma);
        weaken(is_warned_off ? Modality::Desired : lexicon::modality_below(lemma));
        if (is_warned_off || lexicon::is_negative_implicative(lemma)) result.polarity = flipped(result.polarity);
    } else if (tree.is(predicate, "advcl") && is_infinitive(tree, predicate)) {
        const Modality meant = lexicon::modality_below(lemma);
        weaken(meant == Modality::Asserted ? Modality::Desired : meant);
    }
}

}  // namespace

bool has_object(const Tree& tree, int verb) {
    const int object = tree.child(verb, "obj");
    if (object == Tree::kNone) return tree.has(verb, "iobj");
    const bool opens_content = tree.is(verb, "acl:relcl") && is_relative_pronoun(tree, object) &&
                               tree.has(verb, "xcomp") && lexicon::is_content_noun(tree.lemma(tree.head(verb)));
    return !opens_content;
}

bool is_light_chain(const Tree& tree, int word) {
    const std::string& lemma = tree.lemma(word);
    if (kDoubtAdjectives.has(lemma)) return tree.has(word, "cop");
    if (lemma == "have" || lemma == "need") return tree.has_tag(word, "VERB") && !has_object(tree, word);
    if (lemma == "get" && tree.form(word) == "got") return tree.child_with_lemma(word, "have") != Tree::kNone && !has_object(tree, word);  // "have got to"
    return tree.has_tag(word, "VERB") && lexicon::is_aspect_verb(lemma) && !has_object(tree, word);
}

int chain_head(const Tree& tree, int predicate) {
    int first = predicate;
    while (tree.is(first, "conj") && tree.head(first) != Tree::kNone && !tree.has(first, "nsubj"))
        first = tree.head(first);
    const int above = tree.head(first);
    if (above == Tree::kNone || !is_infinitive(tree, first)) {
        const bool gerund = above != Tree::kNone && tree.is(first, "xcomp") && tree[first].xpos == "VBG" &&
                            lexicon::is_aspect_verb(tree.lemma(above)) && !tree.has(above, "obj");
        return gerund ? above : Tree::kNone;
    }
    if (tree.has(first, "nsubj") || tree.has_tag(above, "AUX")) return Tree::kNone;
    if (tree.is(first, "xcomp")) return has_object(tree, above) ? Tree::kNone : above;
    if (tree.is_any(first, {"advcl", "ccomp"}) && tree.has_tag(above, "ADJ") && (tree.has(above, "cop") || is_shared_quality(tree, above))) return above;
    if (tree.is(first, "advcl") && is_light_chain(tree, above)) return above;
    return Tree::kNone;
}

Factuality factuality_of(const Tree& tree, int predicate, bool as_chain) {
    Factuality result{Polarity::Positive, own_modality(tree, predicate)};
    if (is_negated(tree, predicate) != has_negative_argument(tree, predicate)) result.polarity = Polarity::Negative;
    if (is_question(tree, predicate) && result.modality == Modality::Asserted) result.modality = Modality::Question;

    const int above = tree.head(predicate);
    if (above == Tree::kNone) return result;
    if (tree.is(predicate, "conj")) {
        if (!shares_auxiliary(tree, predicate) && has_own_auxiliary(tree, predicate) && !as_chain) {
            const Factuality first = factuality_of(tree, above, as_chain);
            const bool keeps = first.modality != Modality::Asserted && !tree.has(predicate, "aux");
            if (keeps && result.modality == Modality::Asserted) result.modality = first.modality;
            return result;
        }
        const Factuality first = factuality_of(tree, above, as_chain);
        if (result.modality == Modality::Asserted) result.modality = first.modality;
        if (shares_auxiliary(tree, predicate) && first.polarity == Polarity::Negative)
            result.polarity = Polarity::Negative;
        return result;
    }
    if (is_clause_head(tree, above)) {
        apply_governor(tree, predicate, above, as_chain, result);
    } else if (tree.is(predicate, "acl") && !tree.is(predicate, "acl:relcl")) {
        if (!is_infinitive(tree, predicate) || result.modality != Modality::Asserted) return result;
        const int verb = tree.is_any(above, {"obj", "iobj"}) ? tree.head(above) : Tree::kNone;
        const bool enabled = verb != Tree::kNone && lexicon::is_enabling(tree.lemma(verb));
        result.modality =
            enabled ? lexicon::modality_below(tree.lemma(verb)) : lexicon::modality_of_noun(tree.lemma(above));
    }
    return result;
}

}  // namespace tercet::article
