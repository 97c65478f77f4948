#include "loaders/article/clause.hpp"

#include <algorithm>

#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/slots.hpp"
#include "loaders/article/subject.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

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
