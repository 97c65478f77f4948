#include "loaders/article/slots.hpp"

#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/time_expression.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kLocative = word_set("in", "at", "near", "inside", "outside", "from", "into", "around", "across", "to");
constexpr auto kWhere = word_set("in", "at", "near", "inside", "outside", "across", "around");
/// Verbs that say nothing without what something is taken for, or acts as.
constexpr auto kWantsAs = word_set("know", "describe", "serve", "act", "work", "regard", "recognise", "recognize", "identify", "classify",
                                   "designate", "emerge", "function", "pose", "refer", "view", "portray", "list");
constexpr auto kNoArgument =
    word_set("according to", "despite", "because of", "due to", "in addition to", "as of", "such as", "following",
             "during", "amid", "since", "until", "before", "after", "including", "like", "than", "instead of", "as",
             "besides", "except", "ahead of", "in terms of");

std::string time_of(const SentenceContext& context, int word, Tense tense) {
    const Tree& tree = *context.tree;
    return normal_time(join_words(tree, tree.subtree(word, {"case", "acl", "conj", "cc", "punct"})), context.date, tense);
}

/// "On Sunday" of what is to come is the next one.
Tense tense_of(Modality modality) {
    if (modality == Modality::Asserted) return Tense::Past;
    return modality == Modality::Future || modality == Modality::Intended ? Tense::Future : Tense::Unknown;
}

}  // namespace

bool is_time(const Tree& tree, int word) {
    if (lexicon::is_time_word(tree.lemma(word)) || lexicon::weekday_number(tree.form(word)) >= 0) return true;
    const auto is_month = [&](int near) { return std::abs(near - word) <= 2 && lexicon::month_number(tree.form(near)) > 0; };
    const bool of_month = is_month(word) || std::ranges::any_of(tree.children(word), is_month);
    if (of_month && (tree.has_tag(word, "NUM") || tree.has(word, "nummod"))) return true;  // "12 February", "12th of February", "Jan. 7"
    const std::string_view form = tree.form(word);
    if (form.size() != 4 || !std::ranges::all_of(form, text::is_digit)) return false;
    static constexpr auto kSince = word_set("in", "since", "until", "by");
    return form.starts_with("19") || form.starts_with("20") || (form.starts_with("1") && !tree.is(word, "nummod") && kSince.has(tree.preposition(word)));
}

bool is_locative(std::string_view preposition) { return kLocative.has(preposition); }

std::string predicate_part(std::string_view preposition) {
    std::string part(preposition);
    std::ranges::replace(part, ' ', '_');
    return part;
}

bool is_argument(const SentenceContext& context, const Clause& clause, const Clause::Oblique& oblique) {
    const Tree& tree = *context.tree;
    if (oblique.preposition == "as" && kWantsAs.has(tree.lemma(clause.head))) return true;
    if (oblique.preposition.empty() || kNoArgument.has(oblique.preposition)) return false;
    if (is_time(tree, oblique.word)) return false;
    const bool plain = !tree.has(oblique.word, "amod") && !tree.has(oblique.word, "compound");
    return !lexicon::is_adverbial_noun(tree.lemma(oblique.word)) || (tree.has(oblique.word, "det") && !plain);
}

Slots read_slots(const SentenceContext& context, const Clause& clause) {
    const Tree& tree = *context.tree;
    Slots slots;
    const Tense tense = tense_of(clause.modality);
    for (const int child : tree.children(clause.head)) {
        const bool bare =
            tree.is_any(child, {"obl:unmarked", "nmod:unmarked", "advmod", "obl", "obj"}) && is_time(tree, child);
        if (bare && !slots.time) slots.time = time_of(context, child, tense);
    }
    for (const Clause::Oblique& oblique : clause.obliques) {
        if (is_time(tree, oblique.word)) {
            if (!slots.time) slots.time = time_of(context, oblique.word, tense);
            continue;
        }
        if (oblique.preposition.empty()) continue;
        for (const Reference& reference : context.resolve(oblique.word, is_locative(oblique.preposition))) {
            if (reference.is_vague) continue;
            slots.extra.push_back({oblique.preposition, reference.mention});
            const bool where = kWhere.has(oblique.preposition) && reference.type == EntityType::Place;
            if (where && !slots.place) slots.place = reference.mention.name;
        }
    }
    return slots;
}

}  // namespace tercet::article
