#include "loaders/article/tree_repair.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/tree.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

using language::Sentence;
using language::Word;

constexpr int kNone = -1;

class Repair {
public:
    explicit Repair(Sentence& sentence) : words_(sentence.words) {}

    /// "Azerbaijan accused Armenia": an object and no auxiliary; what looks like a passive participle is the past tense.
    void passive_without_auxiliary(int verb) {
        const int subject = child(verb, {"nsubj:pass"});
        if (at(verb).xpos != "VBN" || subject == kNone || subject > verb) return;
        if (child(verb, {"obj"}) < verb || child(verb, {"aux", "aux:pass", "cop"}) != kNone) return;
        at(subject).deprel = "nsubj";
        at(verb).xpos = "VBD";
    }

    /// "Solberg, its chairman, owns a third": a noun that is a sentence by itself, and a finite verb beside it that lacks a
    /// subject: the noun is the subject.
    void clause_beside_its_subject(int noun) {
        if (at(noun).head != Word::kRoot || !is_noun(noun) || child(noun, {"cop", "nsubj", "nsubj:pass", "case"}) != kNone) return;
        const int verb = child(noun, {"parataxis"});
        if (verb < noun || !is_finite_verb(verb) || child(verb, {"nsubj", "nsubj:pass", "expl", "csubj"}) != kNone) return;
        for (int i = verb + 1; i < size(); ++i) {
            if (at(i).head == noun) at(i).head = verb;
        }
        attach(verb, Word::kRoot, "root");
        attach(noun, verb, "nsubj");
    }

    /// "about Russia's accusing Pashinyan": what a gerund with an object belongs to does what it says.
    void owner_of_a_gerund(int gerund) {
        if (at(gerund).xpos != "VBG" || gerund < 2 || child(gerund, {"obj"}) < gerund || child(gerund, {"nsubj"}) != kNone) return;
        const int mark = gerund - 1;
        if (at(mark).xpos != "POS") return;
        const int owner = at(mark).head;
        if (owner < 0 || owner >= mark || !is_relation(at(owner).deprel, "nmod") || is_above(owner, gerund)) return;
        for (int i = 0; i < owner; ++i) {
            if (at(i).head == owner && at(i).deprel == "case") attach(i, gerund, "mark");
        }
        attach(owner, gerund, "nsubj");
    }

    /// "According to Miller, Washington is concerned": the source is no more than that, and what was taken to explain it is the
    /// subject of the clause that has none.
    void subject_behind_a_source(int source) {
        const int predicate = at(source).head;
        const int mark = child(source, {"case"});
        if (predicate < source || mark == kNone || at(mark).lemma != "accord") return;
        if (!is_finite_verb(predicate) && !has_finite_copula(predicate)) return;
        if (child(predicate, {"nsubj", "nsubj:pass", "expl", "csubj"}) != kNone) return;
        const int subject = child(source, {"appos", "conj"});
        if (subject == kNone || subject > predicate) return;
        attach(subject, predicate, "nsubj");
    }

    /// "supports international monitoring": what stands where nouns stand and has no dependents of a verb is a noun, and the adjective in
    /// front of it is its own.
    void noun_in_ing(int word) {
        if (at(word).upos != "VERB" || at(word).xpos != "VBG" || at(word).deprel != "obj" || word == 0) return;
        if (child(word, {"obj", "iobj", "nsubj", "aux", "mark", "xcomp", "ccomp"}) != kNone) return;
        const int before = word - 1;
        if (at(before).upos != "ADJ" || at(before).deprel != "obj" || at(before).head != at(word).head) return;
        at(word).upos = "NOUN";
        at(word).xpos = "NN";
        at(word).lemma = at(word).form;
        attach(before, word, "amod");
    }

    /// "statements that Russia failed": a conjunction is no object, so the clause tells what was stated.
    void clause_of_content(int mark) {
        if (at(mark).upos != "SCONJ" || at(mark).deprel != "obj") return;
        const int verb = at(mark).head;
        if (at(verb).deprel != "acl:relcl" || child(verb, {"nsubj", "nsubj:pass"}) == kNone) return;
        at(mark).deprel = "mark";
        at(verb).deprel = "acl";
    }

    /// "came as Power and Kim visited Baku": the "and" joins the names in front of the verb, not the verbs, so the names are who visited.
    void clause_behind_as(int verb) {
        const int above = at(verb).head;
        if (at(verb).deprel != "conj" || at(verb).xpos != "VBD" || above > verb) return;
        const int joint = child(verb, {"cc"});
        const int subject = child(above, {"obl"});
        if (joint == kNone || subject < above || subject > joint || child(verb, {"nsubj", "nsubj:pass"}) != kNone) return;
        const int mark = child(subject, {"case"});
        const int second = child(subject, {"conj"});
        if (mark == kNone || at(mark).lemma != "as" || second < joint || second > verb) return;
        attach(joint, second, "cc");
        attach(mark, verb, "mark");
        attach(subject, verb, "nsubj");
        at(verb).deprel = "advcl";
    }

    /// "should be allowed safe passage": what is given is the object of a passive, too.
    void object_of_a_passive(int noun) {
        static constexpr auto kGives = word_set("allow", "give", "grant", "offer", "deny", "promise", "award", "guarantee", "send", "pay", "hand", "refuse");
        const int verb = at(noun).head;
        if (at(noun).upos != "NOUN" || at(noun).deprel != "xcomp" || verb > noun || !kGives.has(at(verb).lemma)) return;
        if (child(verb, {"aux:pass"}) == kNone || child(noun, {"cop", "mark", "case"}) != kNone) return;
        at(noun).deprel = "obj";
    }

    /// "accusing Pashinyan of recognising it": the gerund belongs to the verb that takes one beside its object.
    void gerund_of_an_accusation(int gerund) {
        const int object = at(gerund).head;
        const int mark = child(gerund, {"mark", "case"});
        if (at(gerund).xpos != "VBG" || at(gerund).deprel != "acl" || mark == kNone || (at(mark).lemma != "of" && at(mark).lemma != "from")) return;
        if (at(object).deprel != "obj" || at(object).upos == "NOUN" || at(object).head < 0) return;
        if (!lexicon::is_object_control(at(at(object).head).lemma)) return;
        attach(gerund, at(object).head, "advcl");
    }

private:
    [[nodiscard]] Word& at(int word) { return words_[static_cast<std::size_t>(word)]; }
    [[nodiscard]] int size() const { return static_cast<int>(words_.size()); }

    [[nodiscard]] int child(int word, std::initializer_list<std::string_view> relations) {
        for (int i = 0; i < size(); ++i) {
            if (at(i).head == word && std::find(relations.begin(), relations.end(), at(i).deprel) != relations.end()) return i;
        }
        return kNone;
    }
    [[nodiscard]] bool is_above(int above, int word) {
        for (int i = at(word).head; i != Word::kRoot; i = at(i).head) {
            if (i == above) return true;
        }
        return false;
    }
    [[nodiscard]] bool is_noun(int word) { return at(word).upos == "NOUN" || at(word).upos == "PROPN" || at(word).upos == "PRON"; }
    [[nodiscard]] bool is_finite(int word) { return at(word).xpos == "VBZ" || at(word).xpos == "VBD" || at(word).xpos == "VBP"; }
    [[nodiscard]] bool is_finite_verb(int word) {
        const int auxiliary = child(word, {"aux", "aux:pass"});
        return at(word).upos == "VERB" && (is_finite(word) || (auxiliary != kNone && (is_finite(auxiliary) || at(auxiliary).xpos == "MD")));
    }
    [[nodiscard]] bool has_finite_copula(int word) {
        const int copula = child(word, {"cop"});
        return copula != kNone && is_finite(copula);
    }
    void attach(int word, int head, std::string_view relation) {
        at(word).head = head;
        at(word).deprel = relation;
    }

    std::vector<Word>& words_;
};

}  // namespace

void repair_tree(Sentence& sentence) {
    Repair repair(sentence);
    for (int word = 0; word < static_cast<int>(sentence.words.size()); ++word) {
        repair.passive_without_auxiliary(word);
        repair.clause_beside_its_subject(word);
        repair.owner_of_a_gerund(word);
        if (sentence.words[static_cast<std::size_t>(word)].head == Word::kRoot) continue;  // the others look at what is above
        repair.subject_behind_a_source(word);
        repair.noun_in_ing(word);
        repair.clause_of_content(word);
        repair.clause_behind_as(word);
        repair.object_of_a_passive(word);
        repair.gerund_of_an_accusation(word);
    }
}

}  // namespace tercet::article
