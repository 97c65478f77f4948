#include "loaders/article/tuple.hpp"

#include <algorithm>
#include <cstdlib>

#include "loaders/article/clause.hpp"
#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

int E(const char* n, int d) { const char* v = std::getenv(n); return v ? std::atoi(v) : d; }

/// The words as written, spaces where the text has them or leaves words out.
std::string written(const Tree& tree, const std::vector<int>& words) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool joined = i > 0 && words[i] == words[i - 1] + 1 && !tree[words[i - 1]].space_after;
        if (i > 0 && !joined) result += ' ';
        result += tree.form(words[i]);
    }
    return result;
}

void trim_punctuation(const Tree& tree, std::vector<int>& words) {
    const auto loose = [&](int word) {
        const std::string_view form = tree.form(word);
        return form == "," || form == "." || form == ";" || form == ":" || form == "-" || form == "--" || form == "?" || form == "!";
    };
    while (!words.empty() && loose(words.front())) words.erase(words.begin());
    while (!words.empty() && loose(words.back())) words.pop_back();
}

class TupleReader {
public:
    explicit TupleReader(const Tree& tree) : tree_(tree) {}

    std::vector<Tuple> read() {
        for (const Clause& clause : find_clauses(tree_)) {
            if (clause.subject == Tree::kNone) continue;
            if (is_absorbed(clause)) continue;
            if (clause.kind == Clause::Kind::Verb) read_verb(clause);
            else if (clause.kind == Clause::Kind::Copula) read_copula(clause);
            else read_verb(clause);
        }
        read_nominals();
        std::ranges::stable_sort(found_, {}, &Tuple::head);
        return std::move(found_);
    }

private:
    bool is_absorbed(const Clause& clause) const {
        if (!clause.objects.empty()) return false;
        return std::ranges::any_of(tree_.children(clause.head), [&](int child) {
            return is_clause_head(tree_, child) && chain_head(tree_, child) == clause.head;
        });
    }

    std::string phrase(int head, bool with_case) const {
        std::vector<int> words;
        collect(head, head, words, with_case);
        std::ranges::sort(words);
        trim_punctuation(tree_, words);
        return written(tree_, words);
    }
    void collect(int word, int top, std::vector<int>& words, bool with_case) const {
        words.push_back(word);
        for (const int child : tree_.children(word)) {
            if (word == top) {
                if (!with_case && tree_.is(child, "case") && !tree_.has_tag(child, "PART")) continue;
                if (tree_.is_any(child, {"nsubj", "csubj", "cop", "aux", "mark", "expl", "parataxis", "discourse", "advcl"}) && !tree_.is(child, "mark")) continue;
                if (tree_.is(child, "cc") && child < word) continue;
                if (tree_.is(child, "conj") && is_clause_head(tree_, child)) continue;
                if (tree_.is(child, "ccomp")) continue;
                if (E("NOAPPOS", 1) && tree_.is(child, "appos")) continue;
                if (E("NOREL", 1) && tree_.is(child, "acl:relcl")) continue;
                if (E("NOACL", 0) && tree_.is(child, "acl")) continue;
            }
            collect(child, top, words, true);
        }
    }
    std::string clause_text(int head, bool with_mark) const {
        std::vector<int> words = tree_.subtree(head, {"parataxis", "discourse"});
        if (!with_mark) std::erase_if(words, [&](int w) { return tree_.head(w) == head && tree_.is_any(w, {"mark", "cc"}); });
        trim_punctuation(tree_, words);
        return written(tree_, words);
    }

    /// Subjects: a pronoun of a relative clause is replaced by its noun already.
    std::string subject(int word) const { return phrase(word, false); }

    std::vector<int> predicate_words(const Clause& clause) const {
        std::vector<int> words = clause.predicate_words;
        const std::vector<int> verbs = words;
        for (const int verb : verbs) {
            for (const int child : tree_.children(verb)) {
                const bool negation = tree_.is(child, "advmod") && lexicon::is_negation(tree_.lemma(child));
                const bool adverb = E("ADV", 1) && tree_.is(child, "advmod") && tree_.has_tag(child, "ADV") && tree_.children(child).empty() &&
                                    child > verbs.front() - 2 && child < verbs.back();
                const bool to = tree_.is(child, "mark") && tree_.lemma(child) == "to" && child > verbs.front();
                if (negation || adverb || to) words.push_back(child);
            }
        }
        std::ranges::sort(words);
        const auto repeated = std::ranges::unique(words);
        words.erase(repeated.begin(), repeated.end());
        return words;
    }

    void add(std::string_view rule, int head, int subject_word, std::string subject_text, std::string predicate, std::vector<std::string> rest, double prior) {
        if (subject_text.empty() || predicate.empty()) return;
        Tuple tuple;
        tuple.rule = rule;
        tuple.head = head;
        tuple.subject = subject_word;
        tuple.predicate = std::move(predicate);
        tuple.arguments.push_back(std::move(subject_text));
        for (auto& part : rest) if (!part.empty()) tuple.arguments.push_back(std::move(part));
        double p = prior * tree_.probability(head) ;
        if (subject_word != Tree::kNone) p *= tree_.probability(subject_word);
        tuple.confidence = std::clamp(p, 0.01, 0.99);
        found_.push_back(std::move(tuple));
    }

    struct Part { int word; std::string preposition; bool is_clause = false; };

    void read_verb(const Clause& clause) {
        std::vector<int> words = predicate_words(clause);
        std::vector<Part> parts;
        for (const auto& oblique : clause.obliques) parts.push_back({oblique.word, oblique.preposition});
        if (clause.agent != Tree::kNone) parts.push_back({clause.agent, "by"});
        for (const int child : tree_.children(clause.head)) {
            if (E("ADVCL", 1) && tree_.is(child, "advcl") && chain_head(tree_, child) != clause.head) parts.push_back({child, "", true});
            if (E("ADVARG", 1) && tree_.is(child, "advmod") && child > clause.head && !lexicon::is_negation(tree_.lemma(child))) parts.push_back({child, ""});
            if (tree_.is(child, "xcomp") && chain_head(tree_, child) != clause.head) parts.push_back({child, "", true});
        }
        std::ranges::stable_sort(parts, {}, &Part::word);
        std::vector<std::string> rest;
        std::string predicate = written(tree_, words);
        std::string_view rule = "object";
        // participles: be
        const bool reduced = clause.is_passive && !tree_.has(clause.head, "aux:pass") && words.front() == clause.head;
        if (reduced && !tree_.is(clause.head, "conj")) predicate = "be " + predicate;
        std::vector<int> objects = clause.objects;
        std::ranges::sort(objects);
        double prior = .9;
        if (clause.complement != Tree::kNone && objects.empty()) {
            rule = "complement";
            const int that = tree_.child_with_lemma(clause.complement, "that");
            if (that != Tree::kNone && tree_.is(that, "mark")) predicate += " that";
            rest.push_back(clause_text(clause.complement, false));
        } else if (!objects.empty()) {
            for (const int object : objects) rest.push_back(phrase(object, true));
        } else {
            rule = "intransitive";
            auto chosen = std::ranges::find_if(parts, [&](const Part& p) { return !p.is_clause && !p.preposition.empty() && p.word > clause.head; });
            if (chosen != parts.end()) {
                rule = clause.is_passive ? "passive" : "oblique";
                predicate += ' ' + chosen->preposition;
                rest.push_back(phrase(chosen->word, false));
                parts.erase(chosen);
            }
        }
        if (clause.complement != Tree::kNone && !objects.empty()) rest.push_back(clause_text(clause.complement, true));
        if (rule == "intransitive") prior = .5;
        for (const Part& part : parts) {
            std::string text = part.is_clause ? clause_text(part.word, true) : phrase(part.word, true);
            rest.push_back(std::move(text));
        }
        add(rule, clause.head, clause.subject, subject(clause.subject), std::move(predicate), std::move(rest), prior);
    }

    void read_copula(const Clause& clause) {
        std::vector<int> words;
        for (const int child : tree_.children(clause.head)) {
            if (tree_.is_any(child, {"cop", "aux"}) || (tree_.is(child, "advmod") && lexicon::is_negation(tree_.lemma(child)))) words.push_back(child);
        }
        std::ranges::sort(words);
        std::string predicate = words.empty() ? "be" : written(tree_, words);
        std::vector<std::string> rest;
        std::vector<Part> parts;
        for (const auto& oblique : clause.obliques) parts.push_back({oblique.word, oblique.preposition});
        const bool adjective = tree_.has_tag(clause.head, "ADJ") || tree_.has_tag(clause.head, "VERB");
        std::vector<int> inner;
        collect_predicative(clause.head, clause.head, inner);
        std::ranges::sort(inner);
        if (const std::string preposition = tree_.preposition(clause.head); !preposition.empty()) {
            predicate += ' ' + preposition;
            std::erase_if(inner, [&](int w) { return tree_.head(w) == clause.head && tree_.is(w, "case"); });
        }
        trim_punctuation(tree_, inner);
        if (adjective && !parts.empty() && E("ADJP", 1)) {
            predicate += ' ' + written(tree_, inner);
            predicate += (parts.front().preposition.empty() ? "" : " ") + parts.front().preposition;
            rest.push_back(phrase(parts.front().word, false));
            parts.erase(parts.begin());
        } else {
            rest.push_back(written(tree_, inner));
        }
        for (const Part& part : parts) rest.push_back(phrase(part.word, true));
        add("copula", clause.head, clause.subject, subject(clause.subject), predicate, rest, .9);
    }
    void collect_predicative(int word, int top, std::vector<int>& words) const {
        words.push_back(word);
        for (const int child : tree_.children(word)) {
            if (word == top && tree_.is_any(child, {"nsubj", "csubj", "cop", "aux", "mark", "expl", "parataxis", "discourse", "advcl", "obl", "ccomp", "appos", "acl:relcl", "punct", "cc"}) && !(tree_.is(child, "cc") && child > word)) {
                if (!(tree_.is(child, "punct") && child < top)) continue;
                continue;
            }
            if (word == top && tree_.is(child, "advmod") && lexicon::is_negation(tree_.lemma(child))) continue;
            if (word == top && tree_.is(child, "conj") && is_clause_head(tree_, child)) continue;
            collect_predicative(child, top, words);
        }
    }

    void read_nominals() {
        for (int word = 0; word < tree_.size(); ++word) {
            const int head = tree_.head(word);
            if (head == Tree::kNone) continue;
            if (tree_.is(word, "appos") && E("APPOS", 1))
                add("apposition", word, head, phrase_plain(head), "be", {phrase(word, false)}, .7);
            if (tree_.is(word, "nmod:poss") && !tree_.has_tag(word, "PRON") && E("POSS", 1)) {
                std::vector<int> words = tree_.subtree(head, {"nmod:poss", "acl", "appos", "conj", "cc", "punct", "case", "nsubj", "cop", "obl", "advcl", "mark"});
                std::vector<int> owner = tree_.subtree(word, {"case", "appos", "acl", "punct"});
                add("possessive", word, head, written(tree_, owner), "has", {written(tree_, words)}, .5);
            }
        }
    }
    std::string phrase_plain(int head) const {
        std::vector<int> words = tree_.subtree(head, {"appos", "acl", "conj", "cc", "case", "punct", "nsubj", "cop", "advcl", "aux", "mark", "parataxis"});
        return written(tree_, words);
    }

    const Tree& tree_;
    std::vector<Tuple> found_;
};

}  // namespace

std::vector<Tuple> find_tuples(const Tree& tree) { return TupleReader(tree).read(); }

}  // namespace tercet::article
