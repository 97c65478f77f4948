#include "loaders/article/expletive.hpp"

#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

/// "it takes years to rebuild"
constexpr auto kTakes = word_set("take", "cost", "pay", "matter", "remain");
/// "it seems that"
constexpr auto kSeems = word_set("seem", "appear", "happen", "turn", "follow");
/// "it is ready to go": somebody is
constexpr auto kDoers = word_set("ready", "able", "unable", "willing", "unwilling", "set", "due", "eager", "keen", "free", "prepared",
    "determined", "committed", "reluctant", "likely", "unlikely", "certain", "sure", "bound", "quick", "slow", "happy", "pleased",
    "glad", "proud", "powerless", "desperate", "anxious", "obliged", "entitled", "fit", "about", "first", "last", "small", "large",
    "big");
/// "it is aware that": somebody is
constexpr auto kKnowers = word_set("aware", "confident", "sure", "certain", "happy", "glad", "sorry", "worried", "concerned", "hopeful",
    "proud", "adamant", "pleased", "afraid");
/// "it is the duty of each to help"
constexpr auto kDuties = word_set("responsibility", "duty", "job", "task", "right", "mistake", "honour", "honor", "privilege",
    "pleasure", "shame", "pity", "crime", "sin", "fact", "secret", "wonder", "surprise", "practice", "aim", "goal", "idea", "policy");

}  // namespace

bool is_expletive(const Tree& tree, int word) {
    if (tree.lemma(word) != "it" || !tree.is_any(word, {"nsubj", "expl"})) return false;
    const int predicate = tree.head(word);
    if (predicate == Tree::kNone || tree.is(word, "expl")) return true;
    const std::string& lemma = tree.lemma(predicate);
    const int quality = quality_below(tree, predicate);  // "it became clear that"
    if (quality != Tree::kNone && !tree.has(predicate, "obj") && (tree.has(quality, "ccomp") || tree.has(predicate, "ccomp"))) return true;
    const bool copular = tree.has(predicate, "cop");
    if (copular && lexicon::is_time_word(lemma)) return true;
    return std::ranges::any_of(tree.children(predicate), [&](int child) {
        if (child < predicate || !tree.is_any(child, {"csubj", "ccomp", "advcl", "xcomp", "acl"}) || tree.is(child, "acl:relcl")) return false;
        const bool to = tree.child_with_lemma(child, "to") != Tree::kNone, that = tree.child_with_lemma(child, "that") != Tree::kNone;
        if (!copular) return (to && kTakes.has(lemma)) || (tree.is(child, "ccomp") && (kSeems.has(lemma) || tree.is(word, "nsubj:pass")));
        if (tree.has_tag(predicate, "ADJ")) return (to && !kDoers.has(lemma)) || (that && !kKnowers.has(lemma));
        return (to || that) && kDuties.has(lemma);
    });
}

bool has_expletive(const Tree& tree, int predicate) {
    const bool has_clause = tree.has(predicate, "ccomp") || tree.has(predicate, "csubj") || tree.has(predicate, "cop");
    return tree.has(predicate, "expl") && (has_clause || quality_below(tree, predicate) != Tree::kNone);
}

}  // namespace tercet::article
