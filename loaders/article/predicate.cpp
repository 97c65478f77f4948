#include "loaders/article/predicate.hpp"

#include <algorithm>

#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kRelativePronouns = word_set("who", "which", "that", "whom");
constexpr auto kParticipleMarks = word_set("when", "if", "once", "unless", "until", "while", "though", "although");
/// What comes about or moves does it by itself: "the refugees arrived yesterday" is no passive.
constexpr auto kUnaccusative = word_set("arrive", "happen", "occur", "exist", "appear", "emerge", "vanish", "die", "remain", "arise", "belong");
constexpr int kDeepestConjunct = 5;
constexpr int kLongestPath = 60;  ///< steps up a tree before we stop looking

bool is_passive(const Tree& tree, int word, int depth) {
    if (tree.has(word, "aux:pass") || tree.has(word, "nsubj:pass")) return true;
    if (tree.has(word, "obj") && tree.has(word, "nsubj")) return false;
    if (kUnaccusative.has(tree.lemma(word))) return false;
    if (tree.is(word, "ccomp") && tree.has(word, "mark")) return false;
    if (const int first = tree.head(word); first != Tree::kNone && tree.is(word, "conj") && tree[word].xpos == "VBN" && !tree.has(word, "aux")) {
        const bool joins_participle = tree[first].xpos == "VBG" && tree.is(first, "acl");  // "a boy wearing a coat and held by the police"
        const bool has_subject = tree.has(word, "nsubj");  // "one was released and the other thrown into prison"
        if ((has_subject ? tree.has(first, "aux:pass") : joins_participle) && !tree.has(word, "obj")) return true;
        if (!has_subject && depth < kDeepestConjunct) return is_passive(tree, first, depth + 1);
    }
    const bool bare = !tree.has(word, "aux") && !tree.has(word, "nsubj") && !tree.has(word, "mark");
    if (tree[word].xpos == "VBD" && bare && tree.is(word, "advcl"))  // "Asked about the talks, he said"
        return subject_behind_as(tree, word) == Tree::kNone;
    if (const int mark = tree.child(word, "mark"); mark != Tree::kNone && !kParticipleMarks.has(tree.lemma(mark)))
        return false;
    return tree[word].xpos == "VBN" && !tree.has(word, "aux") &&
           tree.is_any(word, {"acl", "xcomp", "ccomp", "advcl"}) && !tree.is(word, "acl:relcl");
}

}  // namespace

bool is_verb(const Tree& tree, int word) {
    return tree.has_tag(word, "VERB") || (tree[word].xpos == "VBN" && tree.is(word, "acl"));
}

bool is_relative_pronoun(const Tree& tree, int word) {
    return tree.has_tag(word, "PRON") && kRelativePronouns.has(tree.lemma(word)) &&
           (tree[word].xpos.starts_with("W") || tree.lemma(word) == "that");
}

bool is_infinitive(const Tree& tree, int predicate) {
    static constexpr auto kDone = word_set("admit", "confess", "resort");
    if (tree.child_with_lemma(predicate, "to") == Tree::kNone) return false;
    const int copula = tree.child(predicate, "cop");
    const int above = tree.head(predicate);
    const bool is_gerund = tree[copula == Tree::kNone ? predicate : copula].xpos == "VBG";
    return !is_gerund || above == Tree::kNone || !kDone.has(tree.lemma(above));
}

bool is_stray_verb(const Tree& tree, int word) {
    return tree.is(word, "amod") && tree.has_tag(word, "VERB") && word > tree.head(word) && tree.has(word, "obj");
}

bool is_clause_head(const Tree& tree, int word) {
    if (is_stray_verb(tree, word)) return true;
    if (tree.has_tag(word, "PUNCT") || tree.is_any(word, {"aux", "cop", "case", "mark", "amod", "fixed", "compound"}))
        return false;
    if (tree.has(word, "cop") || tree.has(word, "nsubj") || tree.has(word, "csubj")) return true;
    if (tree.has(word, "expl") && (is_verb(tree, word) || tree.has_tag(word, "AUX"))) return true;
    if (!is_verb(tree, word)) return false;
    if (!tree.is(word, "conj")) {
        return tree.head(word) == Tree::kNone || tree.is_any(word, {"ccomp", "xcomp", "advcl", "acl", "parataxis",
                                                                    "csubj", "nmod", "obl", "list", "appos", "dep"});
    }
    for (int first = word, steps = 0; steps < kLongestPath; first = tree.head(first), ++steps) {
        if (!tree.is(first, "conj")) return is_clause_head(tree, first) || is_verb(tree, first);
    }
    return false;
}

int subject_behind_as(const Tree& tree, int predicate) {
    const int above = tree.head(predicate);
    if (above == Tree::kNone || !tree.is(predicate, "advcl") || tree[predicate].xpos != "VBD") return Tree::kNone;
    if (tree.has(predicate, "mark") || tree.has(predicate, "nsubj")) return Tree::kNone;
    for (const int oblique : tree.all(above, "obl")) {
        if (above < oblique && oblique < predicate && tree.preposition(oblique) == "as") return oblique;
    }
    return Tree::kNone;
}

bool is_passive_form(const Tree& tree, int word) { return is_passive(tree, word, 0); }

int inner_subject(const Tree& tree, int predicate) {
    const auto is_inner = [&](int child) { return tree[child].deprel == "nsubj" || tree[child].deprel == "nsubj:pass"; };
    const auto children = tree.children(predicate);
    const auto found = std::ranges::find_if(children, is_inner);
    return found == children.end() || !tree.has(predicate, "nsubj:outer") ? Tree::kNone : *found;
}

bool is_told_by_copula(const Tree& tree, int predicate) {
    return inner_subject(tree, predicate) != Tree::kNone && is_verb(tree, predicate) && tree[predicate].xpos != "VBG";
}

bool is_shared_quality(const Tree& tree, int word) {
    const int first = tree.head(word);
    return first != Tree::kNone && tree.is(word, "conj") && tree.has_tag(word, "ADJ") && !tree.has(word, "cop") && tree.has(first, "cop") && !tree.has(word, "nsubj");
}

int quality_below(const Tree& tree, int verb) {
    static constexpr auto kMakes = word_set("make", "keep", "leave", "render", "find", "consider", "deem", "declare", "become", "remain", "stay", "grow", "get", "turn");
    if (!kMakes.has(tree.lemma(verb))) return Tree::kNone;
    for (const int child : tree.all(verb, "xcomp")) {
        const bool bare = !tree.has(child, "cop") && !tree.has(child, "mark") && !tree.has(child, "nsubj");
        if (child > verb && tree.has_tag(child, "ADJ") && bare) return child;
    }
    return Tree::kNone;
}

}  // namespace tercet::article
