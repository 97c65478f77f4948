#include "loaders/article/subject.hpp"

#include <algorithm>

#include "loaders/article/expletive.hpp"
#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kOrigins = word_set("come", "result", "stem", "arise", "derive", "follow", "emerge");
constexpr int kLongestPath = 60;  ///< steps up a tree before we stop looking

/// Who does the infinitive of "the mission to verify", "Washington's efforts to broker".
int subject_of_noun_infinitive(const Tree& tree, int noun) {
    for (const int child : tree.all(noun, "nmod")) {  // "the importance for both to agree", "is a chance for both to agree"
        if (tree.preposition(child) == "for" && lexicon::is_infinitive_noun(tree.lemma(noun))) return child;
    }
    if (tree.has(noun, "cop")) return subject_of(tree, noun);  // "is in New York to attend"
    if (!lexicon::is_infinitive_noun(tree.lemma(noun))) return noun;
    if (const int owner = tree.child(noun, "nmod:poss"); owner != Tree::kNone) return owner;
    const int verb = tree.head(noun);
    const bool has_it = verb != Tree::kNone && tree.is(noun, "obj") && is_verb(tree, verb);
    return has_it ? subject_of(tree, verb) : Tree::kNone;
}

/// "calls for a mission to verify": the noun in front of an infinitive, if it is one that is there to do something.
int agent_before(const Tree& tree, int predicate) {
    const int to = tree.child_with_lemma(predicate, "to");
    if (to <= 0) return Tree::kNone;
    const int noun = to - 1;
    if (tree.has_tag(noun, "NOUN") && lexicon::is_agent_noun(tree.lemma(noun))) return noun;
    if (tree.is_any(noun, {"obj", "iobj"}) && lexicon::is_enabling(tree.lemma(tree.head(noun)))) return noun;
    for (int above = tree.head(noun), steps = 0; above != Tree::kNone && above < to && steps < 3;
         above = tree.head(above), ++steps) {
        if (!tree.has_tag(above, "NOUN") && !tree.has_tag(above, "PROPN")) break;
        if (!lexicon::is_infinitive_noun(tree.lemma(above))) continue;
        const int whose = subject_of_noun_infinitive(tree, above);  // "stressed the importance for both to agree"
        if (whose != Tree::kNone && whose != above) return whose;
    }
    return Tree::kNone;
}

/// "said that the speech was an attack, accusing Yerevan": the one who says it accuses too.
int reporter(const Tree& tree, int predicate, int above) {
    if (!tree.is(predicate, "advcl") || tree[predicate].xpos != "VBG" || !tree.is_any(above, {"ccomp", "acl"}))
        return Tree::kNone;
    const std::string& lemma = tree.lemma(predicate);
    const bool speaks = lexicon::is_say_verb(lemma) || lemma == "accuse" || lemma == "call" || lemma == "urge" ||
                        lemma == "blame" || lemma == "speak" || lemma == "talk" || lemma == "address";
    int verb = tree.head(above);
    if (verb != Tree::kNone && lexicon::is_utterance_noun(tree.lemma(verb)))
        verb = tree.head(verb);  // "said in a statement that"
    return speaks && verb != Tree::kNone && lexicon::is_say_verb(tree.lemma(verb)) ? subject_of(tree, verb)
                                                                                   : Tree::kNone;
}

/// "accuse X of setting", "those it suspects of being".
bool is_gerund_complement(const Tree& tree, int predicate) {
    const int mark = tree.child(predicate, "mark");
    static constexpr auto kPrepositions = word_set("of", "from", "for", "about", "against");
    return (mark != Tree::kNone && kPrepositions.has(tree.lemma(mark))) || tree.preposition(predicate) == "of" || tree.preposition(predicate) == "from";
}

/// The direct object; of "those it suspects of being" the noun that the relative clause is about.
int object_of(const Tree& tree, int verb, int complement) {
    const int object = has_object(tree, verb) ? tree.child(verb, tree.has(verb, "obj") ? "obj" : "iobj") : Tree::kNone;
    if (object == Tree::kNone && is_gerund_complement(tree, complement) && tree.is(verb, "acl:relcl") &&
        tree.has(verb, "nsubj")) {
        const int subject = tree.child(verb, "nsubj");
        return is_relative_pronoun(tree, subject) || !lexicon::is_object_control(tree.lemma(verb)) ? Tree::kNone
                                                                                                   : tree.head(verb);
    }
    return object;
}

/// Who does the infinitive or participle below a verb.
int controller(const Tree& tree, int predicate, int above) {
    const std::string& lemma = tree.lemma(above);
    const bool complement = tree.is_any(predicate, {"xcomp", "ccomp"});
    if (const int noun = agent_before(tree, predicate);
        noun != Tree::kNone && (!complement || tree.is_any(noun, {"obj", "iobj"})))
        return noun;
    if (const int speaker = reporter(tree, predicate, above); speaker != Tree::kNone) return speaker;
    if (tree[predicate].xpos == "VBG" && tree.child_with_lemma(predicate, "from") != Tree::kNone && kOrigins.has(lemma)) return Tree::kNone;
    if (const int object = object_of(tree, above, predicate); object != Tree::kNone && !lexicon::is_time_word(tree.lemma(object))) {
        if (!complement && is_gerund_complement(tree, predicate) && lexicon::is_object_control(lemma)) return object;
        if (complement && lemma != "promise" && lemma != "use") return object;
        if (is_infinitive(tree, predicate) && lexicon::is_object_control(lemma)) return object;
    }
    if (is_infinitive(tree, predicate) && lexicon::is_oblique_control(lemma)) {
        for (const int oblique : tree.all(above, "obl")) {
            const std::string preposition = tree.preposition(oblique);
            if (oblique > above && oblique < predicate &&
                (preposition == "on" || preposition == "for" || preposition == "to"))
                return oblique;
        }
    }
    return subject_of(tree, above);
}

/// "parallels to draw": what is done to the noun, not by it.
bool is_thing_to_handle(const Tree& tree, int noun) {
    const std::string& lemma = tree.lemma(noun);
    const bool acts =
        lexicon::is_agent_noun(lemma) || lexicon::is_person_noun(lemma) || lexicon::is_infinitive_noun(lemma);
    return tree.has_tag(noun, "NOUN") && !acts && !tree.has(noun, "cop");
}

/// "conversations over the last 24 hours involving Baku": hours involve nobody, so it is what they qualify. "fined drivers using a
/// camera": nobody but the one who fines uses it.
int participle_subject(const Tree& tree, int predicate, int noun) {
    const bool gerund = tree[predicate].xpos == "VBG" && (tree.has(predicate, "mark") || tree.has(predicate, "case"));
    if (gerund) return Tree::kNone;  // "the idea of buying": not the idea buys
    if (const int bearer = bearer_of(tree, noun); bearer != noun && tree.has(predicate, "punct")) return bearer;
    const int above = tree.head(noun);
    if (above == Tree::kNone) return noun;
    const bool is_means = tree.lemma(predicate) == "use" && tree[predicate].xpos == "VBG" && !lexicon::is_person_noun(tree.lemma(noun));
    if (is_means && tree.is_any(noun, {"obj", "nsubj:pass"}) && tree.has_tag(noun, "NOUN")) return subject_of(tree, above);
    if (!lexicon::is_time_word(tree.lemma(noun))) return noun;
    if (tree.is(noun, "nmod")) return above;
    const bool is_spent = tree.is(noun, "obj") && tree[predicate].xpos == "VBG";  // "spent months waiting", not "the time taken"
    return is_spent || tree.is(noun, "obl") ? subject_of(tree, above) : noun;
}

}  // namespace

int own_subject(const Tree& tree, int predicate) {
    if (const int inner = inner_subject(tree, predicate); inner != Tree::kNone) return inner;
    for (const std::string_view relation : {"nsubj", "csubj"}) {
        if (const int found = tree.child(predicate, relation); found != Tree::kNone) return found;
    }
    const bool finite = tree[predicate].xpos == "VBZ" || tree[predicate].xpos == "VBD";
    const int called = finite ? tree.child(predicate, "vocative") : Tree::kNone;
    if (called != Tree::kNone && called < predicate) return called;  // a name set off by commas is not called upon here
    const bool gerund = is_verb(tree, predicate) && tree[predicate].xpos == "VBG";  // "Russia's accusing him"
    return gerund ? tree.child(predicate, "nmod:poss") : Tree::kNone;
}

int bearer_of(const Tree& tree, int noun) {
    static constexpr auto kNobody = word_set("it", "this", "that", "there", "what", "which", "these", "those");
    if (!tree.has_tag(noun, "NOUN") || !tree.has(noun, "cop")) return noun;
    const int article = tree.child(noun, "det");
    const bool is_state = article == Tree::kNone && !tree.preposition(noun).empty();
    const bool is_kind = article != Tree::kNone && (tree.lemma(article) == "a" || tree.lemma(article) == "an");
    const int subject = is_state || is_kind ? subject_of(tree, noun) : Tree::kNone;
    return subject == Tree::kNone || kNobody.has(tree.lemma(subject)) ? noun : subject;
}

int antecedent_of(const Tree& tree, int predicate) {
    for (int steps = 0; predicate != Tree::kNone && steps < kLongestPath; predicate = tree.head(predicate), ++steps) {
        if (tree.is(predicate, "acl:relcl")) return tree.head(predicate);
        if (!tree.is_any(predicate, {"conj", "xcomp", "ccomp"})) return Tree::kNone;
    }
    return Tree::kNone;
}

int subject_of(const Tree& tree, int predicate) {
    for (int steps = 0; predicate != Tree::kNone && steps < kLongestPath; ++steps) {
        if (const int own = own_subject(tree, predicate); own != Tree::kNone) {
            if (!is_relative_pronoun(tree, own)) return own;
            const int antecedent = antecedent_of(tree, predicate);
            return antecedent == Tree::kNone ? own : bearer_of(tree, antecedent);
        }
        const int above = tree.head(predicate);
        if (above == Tree::kNone || has_expletive(tree, predicate)) return Tree::kNone;
        if (tree.is(predicate, "conj")) {
            predicate = above;
        } else if (tree.is(predicate, "acl:relcl")) {
            return tree.lemma(above) == "what" ? Tree::kNone : bearer_of(tree, above);  // "what happened" does not say what did
        } else if (tree.is(predicate, "acl")) {
            if (is_infinitive(tree, predicate) && !tree.has(predicate, "obj") && is_thing_to_handle(tree, above))
                return Tree::kNone;
            return is_infinitive(tree, predicate) ? subject_of_noun_infinitive(tree, above)
                                                  : participle_subject(tree, predicate, above);
        } else if (is_stray_verb(tree, predicate)) {
            if (tree.preposition(above).empty()) return above;
            predicate = tree.head(above);
        } else if (const int behind_as = subject_behind_as(tree, predicate); behind_as != Tree::kNone) {
            return behind_as;
        } else if (tree.is_any(predicate, {"xcomp", "advcl", "ccomp"})) {
            if (is_clause_head(tree, above)) return controller(tree, predicate, above);
            if (!is_shared_quality(tree, above)) return Tree::kNone;
            predicate = above;  // "absent and unwilling to help"
        } else {
            return Tree::kNone;
        }
    }
    return Tree::kNone;
}

}  // namespace tercet::article
