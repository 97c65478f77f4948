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

    /// "explained to Slate that": in a sentence in small letters a word with a capital is a name, not an infinitive.
    void name_behind_to(int word) {
        const int verb = at(word).head;
        if (at(word).xpos != "VB" || at(word).deprel != "xcomp" || verb > word || !is_capitalised(word) || is_capitalised(verb)) return;
        const int to = child(word, {"mark"});
        if (to == kNone || to != word - 1 || at(to).form != "to" || child(word, {"obj"}) != kNone) return;
        for (int i = word + 1; i < size(); ++i) {
            if (at(i).head == word) at(i).head = verb;
        }
        at(word).upos = "PROPN";
        at(word).xpos = "NNP";
        at(word).lemma = at(word).form;
        at(word).deprel = "obl";
        at(to).upos = "ADP";
        at(to).xpos = "IN";
        at(to).deprel = "case";
    }

    /// "uncooperative and unwilling to leave": the infinitive belongs to the adjective next to it.
    void infinitive_of_the_last_adjective(int verb) {
        const int first = at(verb).head;
        if (at(verb).xpos != "VB" || at(first).upos != "ADJ" || first > verb || child(verb, {"mark"}) == kNone) return;
        if (at(verb).deprel != "advcl" && at(verb).deprel != "xcomp") return;
        int last = kNone;
        for (int i = first + 1; i < verb; ++i) {
            if (at(i).head == first && at(i).deprel == "conj" && at(i).upos == "ADJ") last = i;
        }
        if (last == kNone || child(verb, {"mark"}) != last + 1) return;
        attach(verb, last, "xcomp");
    }

    /// "make the world more worrying": what has a degree is an adjective.
    void participle_with_degree(int word) {
        if ((at(word).xpos != "VBG" && at(word).xpos != "VBN") || at(word).deprel != "xcomp" || word == 0) return;
        const Word& before = at(word - 1);
        const bool has_degree = before.head == word && before.deprel == "advmod" && (before.lemma == "more" || before.lemma == "very" || before.lemma == "so" || before.lemma == "most");
        if (!has_degree || child(word, {"obj", "obl", "xcomp", "ccomp", "mark", "aux", "aux:pass"}) != kNone) return;
        at(word).upos = "ADJ";
        at(word).xpos = "JJ";
        at(word).lemma = at(word).form;
    }

    /// "are onboard the ship": the adverb in front of a noun's article is its preposition.
    void adverb_for_preposition(int word) {
        static constexpr auto kWhere = word_set("onboard", "aboard", "inside", "outside", "alongside", "underneath", "opposite", "near");
        const int noun = at(word).head;
        if (at(word).deprel != "advmod" || !kWhere.has(at(word).lemma) || noun < word || at(noun).upos == "VERB" || !is_noun(noun)) return;
        if (at(word + 1).deprel != "det" || at(word + 1).head != noun || child(noun, {"case"}) != kNone) return;
        at(word).upos = "ADP";
        at(word).xpos = "IN";
        at(word).deprel = "case";
    }

    /// "The appetite for tea used to be a reason": what was taken for a participle is the verb of a sentence that lacks one.
    void used_to(int used) {
        const int predicate = child(used, {"xcomp"});
        if (at(used).form != "used" || at(used).deprel != "acl" || predicate < used || child(predicate, {"mark"}) != used + 1) return;
        int noun = at(used).head;
        while (at(noun).deprel == "nmod" && at(noun).head != Word::kRoot) noun = at(noun).head;
        if (at(noun).head != Word::kRoot || noun > used || !is_noun(noun) || child(noun, {"cop", "nsubj", "nsubj:pass", "case"}) != kNone) return;
        attach(predicate, Word::kRoot, "root");
        attach(noun, predicate, "nsubj");
        attach(used, predicate, "aux");
        at(used).upos = "AUX";
        at(used).xpos = "VBD";
        attach(used + 1, used, "fixed");
        for (int i = used; i < size(); ++i) {
            if (at(i).head == noun) at(i).head = predicate;
        }
    }

    /// "the head of policy, Jeff Knott": a given name behind a comma is that of the person, not of the policy.
    void person_behind_an_office(int name) {
        const int noun = at(name).head;
        if (at(name).deprel != "appos" || noun > name || at(name).gender == language::Gender::Unknown || at(noun).upos != "NOUN") return;
        if (lexicon::is_person_noun(at(noun).lemma) || !is_relation(at(noun).deprel, "nmod")) return;
        const int person = at(noun).head;
        if (person < 0 || person > noun || at(person).upos != "NOUN" || !lexicon::is_person_noun(at(person).lemma)) return;
        at(name).head = person;
    }

    /// "The firm expanded." has no passive either: without any auxiliary, and with a stop at its end, so that it is no headline.
    void passive_of_a_whole_sentence(int verb) {
        if (at(verb).head != Word::kRoot || at(verb).xpos != "VBN" || !at(verb).form.ends_with("ed") || at(size() - 1).form != ".") return;
        const int subject = child(verb, {"nsubj:pass"});
        if (subject == kNone || subject > verb || child(verb, {"aux", "aux:pass", "cop", "obl:agent", "xcomp"}) != kNone) return;
        at(subject).deprel = "nsubj";
        at(verb).xpos = "VBD";
    }

    /// "On Thursday, the 3rd of November, the mayor decided": of two subjects in a row the one that is a day only tells when.
    void day_before_the_subject(int day) {
        if (at(day).deprel != "nsubj") return;
        const int month = child(day, {"nmod"});
        if (month == kNone || lexicon::month_number(at(month).form) <= 0) return;
        for (int i = month + 1; i < at(day).head; ++i) {
            if (at(i).head == at(day).head && is_relation(at(i).deprel, "nsubj")) at(day).deprel = "obl:unmarked";
        }
    }

    /// "subdued the 53 year old": one who is so old, not a year and somebody old.
    void age(int old) {
        if (at(old).lemma != "old" || old == 0 || at(old - 1).head != at(old).head || at(old - 1).deprel != at(old).deprel) return;
        const int unit = old - 1;
        if (at(unit).lemma != "year" && at(unit).lemma != "month" && at(unit).lemma != "week") return;
        if (const int article = child(unit, {"det"}); article != kNone) at(article).head = old;
        attach(unit, old, "obl:unmarked");
    }

    /// "Saint-Gaudens": what follows a hyphen without blanks is the rest of a name, and explains nothing.
    void name_behind_a_hyphen(int word) {
        if (at(word).deprel != "appos" || word < 2 || at(word).upos != "PROPN" || at(word).head != word - 2 || at(word - 2).upos != "PROPN") return;
        if (at(word - 1).form == "-" && !at(word - 1).space_after && !at(word - 2).space_after) at(word).deprel = "flat";
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
    [[nodiscard]] bool is_capitalised(int word) { return at(word).form.front() >= 'A' && at(word).form.front() <= 'Z'; }
    void attach(int word, int head, std::string_view relation) {
        at(word).head = head;
        at(word).deprel = relation;
    }

    std::vector<Word>& words_;
};

}  // namespace

void repair_tree(Sentence& sentence) {
    for (Word& word : sentence.words) {
        if (word.head == Word::kRoot) word.deprel = "root";  // so that whoever asks for a relation finds a head, too
    }
    Repair repair(sentence);
    for (int word = 0; word < static_cast<int>(sentence.words.size()); ++word) {
        repair.passive_without_auxiliary(word);
        repair.passive_of_a_whole_sentence(word);
        repair.clause_beside_its_subject(word);
        repair.owner_of_a_gerund(word);
        if (sentence.words[static_cast<std::size_t>(word)].head == Word::kRoot) continue;  // the others look at what is above
        repair.subject_behind_a_source(word);
        repair.noun_in_ing(word);
        repair.clause_of_content(word);
        repair.clause_behind_as(word);
        repair.object_of_a_passive(word);
        repair.gerund_of_an_accusation(word);
        repair.day_before_the_subject(word);
        repair.age(word);
        repair.name_behind_a_hyphen(word);
        repair.used_to(word);
        repair.person_behind_an_office(word);
        repair.name_behind_to(word);
        repair.infinitive_of_the_last_adjective(word);
        repair.participle_with_degree(word);
        repair.adverb_for_preposition(word);
    }
}

}  // namespace tercet::article
