#include "loaders/article/clause.hpp"

#include <algorithm>

#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/slots.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kRelativePronouns = word_set("who", "which", "that", "whom");
constexpr auto kParticipleMarks = word_set("when", "if", "once", "unless", "until", "while", "though", "although");
/// What comes about or moves does it by itself: "the refugees arrived yesterday" is no passive.
constexpr auto kUnaccusative = word_set("arrive", "happen", "occur", "exist", "appear", "emerge", "vanish", "die", "remain", "arise", "belong");
constexpr auto kOrigins = word_set("come", "result", "stem", "arise", "derive", "follow", "emerge");
constexpr int kDeepestConjunct = 5;
constexpr int kLongestPath = 60;  ///< steps up a tree before we stop looking

/// Taggers that take a participle for a preposition ("overseen by") still give it a verb's fine tag.
bool is_verb(const Tree& tree, int word) {
    return tree.has_tag(word, "VERB") || (tree[word].xpos == "VBN" && tree.is(word, "acl"));
}
/// "came as the envoy met rebels": the subject behind "as", taken for an oblique of the verb above.
int subject_behind_as(const Tree& tree, int predicate) {
    const int above = tree.head(predicate);
    if (above == Tree::kNone || !tree.is(predicate, "advcl") || tree[predicate].xpos != "VBD") return Tree::kNone;
    if (tree.has(predicate, "mark") || tree.has(predicate, "nsubj")) return Tree::kNone;
    for (const int oblique : tree.all(above, "obl")) {
        if (above < oblique && oblique < predicate && tree.preposition(oblique) == "as") return oblique;
    }
    return Tree::kNone;
}

/// "claims the area, and after a war regained control": no adjective has an object.
bool is_stray_verb(const Tree& tree, int word) {
    return tree.is(word, "amod") && tree.has_tag(word, "VERB") && word > tree.head(word) && tree.has(word, "obj");
}

/// Participle that stands for a passive: "overseen by", "the ceasefire maintained".
bool is_passive_form(const Tree& tree, int word, int depth = 0) {
    if (tree.has(word, "aux:pass") || tree.has(word, "nsubj:pass")) return true;
    if (tree.has(word, "obj") && tree.has(word, "nsubj")) return false;
    if (kUnaccusative.has(tree.lemma(word))) return false;
    if (tree.is(word, "ccomp") && tree.has(word, "mark")) return false;
    if (tree.is(word, "conj") && tree[word].xpos == "VBN" && !tree.has(word, "aux")) {
        const int first = tree.head(word);
        const bool joins_participle = tree[first].xpos == "VBG" && tree.is(first, "acl");  // "a boy wearing a coat and held by the police"
        const bool has_subject = tree.has(word, "nsubj");  // "one was released and the other thrown into prison"
        if ((has_subject ? tree.has(first, "aux:pass") : joins_participle) && !tree.has(word, "obj")) return true;
        if (!has_subject && depth < kDeepestConjunct) return is_passive_form(tree, first, depth + 1);
    }
    const bool bare = !tree.has(word, "aux") && !tree.has(word, "nsubj") && !tree.has(word, "mark");
    if (tree[word].xpos == "VBD" && bare && tree.is(word, "advcl"))  // "Asked about the talks, he said"
        return subject_behind_as(tree, word) == Tree::kNone;
    if (const int mark = tree.child(word, "mark"); mark != Tree::kNone && !kParticipleMarks.has(tree.lemma(mark)))
        return false;
    return tree[word].xpos == "VBN" && !tree.has(word, "aux") &&
           tree.is_any(word, {"acl", "xcomp", "ccomp", "advcl"}) && !tree.is(word, "acl:relcl");
}

/// "The trouble is that Kenya lacks water": the verb's own subject, beside that of the copula.
int inner_subject(const Tree& tree, int predicate) {
    const auto is_inner = [&](int child) { return tree[child].deprel == "nsubj" || tree[child].deprel == "nsubj:pass"; };
    const auto children = tree.children(predicate);
    const auto found = std::ranges::find_if(children, is_inner);
    return found == children.end() || !tree.has(predicate, "nsubj:outer") ? Tree::kNone : *found;
}

/// A clause that a copula only tells of.
bool is_told_by_copula(const Tree& tree, int predicate) {
    return inner_subject(tree, predicate) != Tree::kNone && is_verb(tree, predicate) && tree[predicate].xpos != "VBG";
}

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

/// "It became clear that", "it was said that". An "it" of "it helps to rebuild" may well be somebody, whatever the tree says.
bool has_expletive(const Tree& tree, int predicate) {
    const bool has_clause = tree.has(predicate, "ccomp") || tree.has(predicate, "csubj") || tree.has(predicate, "cop");
    return tree.has(predicate, "expl") && (has_clause || quality_below(tree, predicate) != Tree::kNone);
}

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

/// What a noun says that somebody is is that one: of "Kenya is a country that exports tea", "is on trial, charged with murder" Kenya.
int bearer_of(const Tree& tree, int noun) {
    static constexpr auto kNobody = word_set("it", "this", "that", "there", "what", "which", "these", "those");
    if (!tree.has_tag(noun, "NOUN") || !tree.has(noun, "cop")) return noun;
    const int article = tree.child(noun, "det");
    const bool is_state = article == Tree::kNone && !tree.preposition(noun).empty();
    const bool is_kind = article != Tree::kNone && (tree.lemma(article) == "a" || tree.lemma(article) == "an");
    const int subject = is_state || is_kind ? subject_of(tree, noun) : Tree::kNone;
    return subject == Tree::kNone || kNobody.has(tree.lemma(subject)) ? noun : subject;
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

/// A copula's, a verb's, or a control chain's name without prepositions, and its words.
class Namer {
public:
    explicit Namer(const Tree& tree) : tree_(tree) {}

    void name(Clause& clause) {
        words_.clear();
        clause.predicate = chain(clause.head, clause.is_passive);
        std::ranges::sort(words_);
        clause.predicate_words = words_;
    }

private:
    std::string chain(int word, bool passive) {
        const int above = chain_head(tree_, word);
        std::string own = base(word, passive);
        if (above == Tree::kNone) return noun_chain(word) + own;
        if (is_light_chain(tree_, above)) {
            words_.push_back(above);
            const int further = chain_head(tree_, above);
            return further == Tree::kNone ? own : prefix(further) + "_to_" + own;
        }
        return prefix(above) + "_to_" + own;
    }
    std::string prefix(int word) {
        const bool passive = is_verb(tree_, word) && is_passive_form(tree_, word);
        return depth_++ > 4 ? base(word, passive) : chain(word, passive);
    }
    /// "have responsibility to protect": the noun's verb and the noun belong to the name.
    std::string noun_chain(int word) {
        int first = word;
        while (tree_.is(first, "conj")) first = tree_.head(first);
        const int noun = tree_.head(first);
        if (noun == Tree::kNone || !tree_.is(first, "acl") || tree_.is(first, "acl:relcl") ||
            !is_infinitive(tree_, first)) {
            return {};
        }
        const int verb = tree_.head(noun);
        if (verb == Tree::kNone || !tree_.is(noun, "obj") || tree_.lemma(verb) != "have") return {};
        if (!lexicon::is_infinitive_noun(tree_.lemma(noun))) return {};
        words_.push_back(verb);
        words_.push_back(noun);
        return "have_" + tree_.lemma(noun) + "_to_";
    }
    std::string base(int word, bool passive) {
        words_.push_back(word);
        for (const int child : tree_.children(word)) {
            if (tree_.is_any(child, {"aux", "cop", "compound:prt"})) words_.push_back(child);
        }
        std::string name = passive ? "be_" + text::lower(tree_.form(word)) : tree_.lemma(word);
        const bool has_copula = tree_.has(word, "cop") && !is_told_by_copula(tree_, word);
        if (has_copula || is_shared_quality(tree_, word)) name = "be_" + tree_.lemma(word);
        if (const int quality = quality_below(tree_, word); quality != Tree::kNone) {
            words_.push_back(quality);
            const bool is_compared = tree_[quality].xpos == "JJR" || tree_[quality].xpos == "JJS";
            name += '_' + (is_compared ? tree_.lemma(quality) : text::lower(tree_.form(quality)));
        }
        for (const int particle : tree_.all(word, "compound:prt")) name += '_' + tree_.lemma(particle);
        for (const int stranded : tree_.children(word)) {  // "a partner that can be relied on"
            const bool alone =
                stranded > word && tree_.has_tag(stranded, "ADP") && !tree_.is_any(stranded, {"compound:prt", "mark"});
            if (alone) name += '_' + tree_.lemma(stranded);
        }
        return name;
    }

    const Tree& tree_;
    std::vector<int> words_;
    int depth_ = 0;
};

bool is_by_phrase(const Tree& tree, int word) {
    static constexpr auto kMeans = word_set("mail", "post", "phone", "telephone", "email", "e-mail", "fax", "letter", "text", "car", "train", "bus", "plane", "boat", "air", "sea",
                                            "road", "rail", "land", "hand", "force", "law", "name", "accident", "mistake", "chance", "default", "nature", "design",
                                            "definition", "surprise", "percent", "%", "point");
    const bool is_when = lexicon::is_time_word(tree.lemma(word)) || is_time(tree, word);  // "was used by Thursday"
    const bool is_bare = !tree.has(word, "det") && !tree.has(word, "amod") && !tree.has(word, "compound") && !tree.has(word, "nmod:poss");
    const bool is_means = is_bare && kMeans.has(text::lower(tree.form(word)));  // "by force", not "by forces"
    return !is_when && !is_means && (tree.is(word, "obl:agent") || (tree.is(word, "obl") && tree.preposition(word) == "by"));
}

int by_phrase_of(const Tree& tree, int verb) {
    for (const int child : tree.children(verb)) {
        if (is_by_phrase(tree, child)) return child;
    }
    return Tree::kNone;
}

/// The participle between a passive's object and its "by": "be allowed passage overseen by a third party".
int participle_before(const Tree& tree, int verb, int agent) {
    for (const int object : tree.all(verb, "obj")) {
        for (const int inner : tree.all(object, "acl")) {
            const bool participle =
                tree[inner].xpos == "VBN" && inner < agent && by_phrase_of(tree, inner) == Tree::kNone;
            if (participle) return inner;
        }
    }
    return Tree::kNone;
}

/// By whom a passive is done; a "by" that hangs too high goes to the participle next to it.
int agent_of(const Tree& tree, const Clause& clause) {
    if (!clause.is_passive) return Tree::kNone;
    const int own = by_phrase_of(tree, clause.head);
    if (own != Tree::kNone) return participle_before(tree, clause.head, own) == Tree::kNone ? own : Tree::kNone;
    const int object = tree.head(clause.head);
    const int above = object == Tree::kNone || !tree.is(object, "obj") ? Tree::kNone : tree.head(object);
    const int higher = above == Tree::kNone ? Tree::kNone : by_phrase_of(tree, above);
    return higher != Tree::kNone && participle_before(tree, above, higher) == clause.head ? higher : Tree::kNone;
}

/// "met in person with ministers": what hangs on the adverb is the verb's.
void add_inner_obliques(const Tree& tree, int adverbial, Clause& clause) {
    for (const int inner : tree.all(adverbial, "nmod")) {
        if (const std::string preposition = tree.preposition(inner); !preposition.empty() && preposition != "of") {
            clause.obliques.push_back({inner, preposition});
        }
    }
}

/// "changed so fast that nobody noticed": not what was changed.
bool tells_how(const Tree& tree, int verb, int clause) {
    const int that = tree.child_with_lemma(clause, "that");
    for (int word = verb + 1; word + 1 < that; ++word) {
        if (tree.lemma(word) == "so" && (tree.has_tag(word + 1, "ADV") || tree.has_tag(word + 1, "ADJ"))) return true;
    }
    return false;
}

void collect_arguments(const Tree& tree, Clause& clause) {
    clause.agent = agent_of(tree, clause);
    for (const int child : tree.children(clause.head)) {
        if (is_by_phrase(tree, child) && (clause.is_passive || tree.is(child, "obl:agent"))) continue;
        if (tree.is(child, "obj") && !has_object(tree, clause.head)) continue;
        if (tree.is_any(child, {"obj", "iobj"})) {
            clause.objects.push_back(child);
        } else if (tree.is(child, "obl") && (tree.has(child, "nsubj") || tree.has(child, "cop"))) {
            continue;  // "depends on how severe it is": a clause
        } else if (tree.is(child, "obl") || (clause.kind == Clause::Kind::Copula && tree.is(child, "nmod:unmarked"))) {
            clause.obliques.push_back({child, tree.preposition(child)});
            if (lexicon::is_adverbial_noun(tree.lemma(child))) add_inner_obliques(tree, child, clause);
        } else if (tree.is(child, "ccomp") && !tells_how(tree, clause.head, child)) {
            clause.complement = child;
        }
    }
    if (const int quality = quality_below(tree, clause.head); quality != Tree::kNone && clause.complement == Tree::kNone)
        clause.complement = tree.child(quality, "ccomp");  // "made clear that"
}

/// The gap of "a peace that we have pushed for": the noun outside fills the place of the relative pronoun.
void fill_gap(const Tree& tree, Clause& clause) {
    if (!tree.is(clause.head, "acl:relcl")) return;
    const int antecedent = tree.head(clause.head);
    if (tree.lemma(antecedent) == "what" || tree.lemma(antecedent) == "all") return;  // "what they get", "all they get"
    bool filled = !clause.is_subject_inherited && (clause.subject == antecedent || clause.subject == bearer_of(tree, antecedent));
    for (int& object : clause.objects) {
        if (is_relative_pronoun(tree, object)) {
            object = antecedent;
            filled = true;
        }
    }
    for (Clause::Oblique& oblique : clause.obliques) {
        if (is_relative_pronoun(tree, oblique.word)) {
            oblique.word = antecedent;
            filled = true;
        }
    }
    const bool wants_object = clause.kind == Clause::Kind::Verb && clause.objects.empty() && !clause.is_passive &&
                              clause.complement == Tree::kNone && !tree.has(clause.head, "xcomp");
    if (!filled && wants_object && clause.subject != antecedent && clause.subject != Tree::kNone &&
        !tree.has_tag(antecedent, "ADV") && clause.obliques.empty()) {
        clause.objects.push_back(antecedent);
    }
}

Clause make_clause(const Tree& tree, int head) {
    Clause clause;
    clause.head = head;
    if (tree.has(head, "expl") && tree.lemma(tree.child(head, "expl")) == "there")
        clause.kind = Clause::Kind::Existential;
    else if (!is_told_by_copula(tree, head) && (tree.has(head, "cop") || !is_verb(tree, head)))
        clause.kind = Clause::Kind::Copula;
    clause.is_passive = clause.kind == Clause::Kind::Verb && is_passive_form(tree, head);
    clause.subject = subject_of(tree, head);
    clause.is_subject_inherited = own_subject(tree, head) == Tree::kNone;
    collect_arguments(tree, clause);
    fill_gap(tree, clause);
    Namer(tree).name(clause);
    const bool in_chain = clause.predicate_words.front() != head && chain_head(tree, head) != Tree::kNone;
    const Factuality factuality = factuality_of(tree, head, in_chain);
    clause.polarity = factuality.polarity;
    clause.modality = factuality.modality;
    return clause;
}

}  // namespace

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

bool is_shared_quality(const Tree& tree, int word) {
    return tree.is(word, "conj") && tree.has_tag(word, "ADJ") && !tree.has(word, "cop") && tree.has(tree.head(word), "cop") && !tree.has(word, "nsubj");
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

std::vector<Clause> find_clauses(const Tree& tree) {
    std::vector<Clause> clauses;
    for (int word = 0; word < tree.size(); ++word) {
        if (is_clause_head(tree, word)) clauses.push_back(make_clause(tree, word));
    }
    return clauses;
}

bool is_absorbed(const Tree& tree, const Clause& clause) {
    return clause.objects.empty() && std::ranges::any_of(tree.children(clause.head), [&](int child) {
        return is_clause_head(tree, child) && chain_head(tree, child) == clause.head;
    });
}

}  // namespace tercet::article
