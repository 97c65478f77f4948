#include "loaders/article/tuple.hpp"

#include <algorithm>

#include "loaders/article/clause.hpp"
#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kLoosePunctuation = word_set(",", ".", ";", ":", "-", "--", "?", "!");

constexpr double kVerbPrior = 0.9;
constexpr double kIntransitivePrior = 0.5;
constexpr double kAppositionPrior = 0.7;
constexpr double kPossessivePrior = 0.5;

/// The words as written, with spaces where the text has them or where words are left out.
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
    while (!words.empty() && kLoosePunctuation.has(tree.form(words.front()))) words.erase(words.begin());
    while (!words.empty() && kLoosePunctuation.has(tree.form(words.back()))) words.pop_back();
}

void sort_unique(std::vector<int>& words) {
    std::ranges::sort(words);
    const auto repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
}

/// Collects the tuples of one sentence.
class TupleReader {
public:
    explicit TupleReader(const Tree& tree) : tree_(tree) {}

    std::vector<Tuple> read() {
        for (const Clause& clause : find_clauses(tree_)) {
            if (clause.subject == Tree::kNone || is_absorbed(tree_, clause)) continue;
            if (clause.kind == Clause::Kind::Copula)
                read_copula(clause);
            else
                read_verb(clause);
        }
        read_nouns();
        std::ranges::stable_sort(found_, {}, &Tuple::head);
        return std::move(found_);
    }

private:
    /// A further argument of a clause.
    struct Part {
        int word = Tree::kNone;
        std::string preposition;
        bool is_clause = false;
    };

    bool is_negation(int word) const { return tree_.is(word, "advmod") && lexicon::is_negation(tree_.lemma(word)); }

    /// What of a phrase's own dependents is no part of it: of "the house, which burnt" the clause.
    bool stays_outside(int child, bool with_preposition) const {
        if (tree_.is_any(child, {"nsubj", "csubj", "cop", "aux", "expl", "parataxis", "discourse", "advcl", "ccomp",
                                 "appos", "acl:relcl"})) {
            return true;
        }
        if (tree_.is(child, "case")) return !with_preposition && !tree_.has_tag(child, "PART");
        if (tree_.is(child, "cc")) return child < tree_.head(child);
        return tree_.is(child, "conj") && is_clause_head(tree_, child);
    }
    /// The word and what hangs on it, as written, but for the dependents that are left out.
    template <typename LeftOut>
    std::string words_around(int head, const LeftOut& is_left_out) const {
        std::vector<int> words{head};
        for (const int child : tree_.children(head)) {
            if (is_left_out(child)) continue;
            const std::vector<int> below = tree_.subtree(child);
            words.insert(words.end(), below.begin(), below.end());
        }
        std::ranges::sort(words);
        trim_punctuation(tree_, words);
        return written(tree_, words);
    }
    /// Without the part that holds `inner`: the subject of a participle does not say it again.
    std::string phrase(int head, bool with_preposition, int inner = Tree::kNone) const {
        return words_around(head, [&](int child) {
            return stays_outside(child, with_preposition) || (inner != Tree::kNone && tree_.dominates(child, inner));
        });
    }
    /// What follows a copula, negation apart.
    std::string predicative(int head, bool with_preposition) const {
        return words_around(head, [&](int child) {
            return stays_outside(child, with_preposition) || is_negation(child) ||
                   tree_.is_any(child, {"obl", "mark", "punct"});
        });
    }
    std::string clause_words(int head, bool with_mark) const {
        std::vector<int> words = tree_.subtree(head, {"parataxis", "discourse"});
        std::erase_if(words, [&](int word) {
            return !with_mark && tree_.head(word) == head && tree_.is_any(word, {"mark", "cc"});
        });
        trim_punctuation(tree_, words);
        return written(tree_, words);
    }

    /// The clause's verbs with auxiliaries, negation, the "to" between verbs and the adverbs inside.
    std::vector<int> predicate_words(const Clause& clause) const {
        std::vector<int> words = clause.predicate_words;
        for (const int verb : clause.predicate_words) {
            for (const int child : tree_.children(verb)) {
                const bool inside =
                    child >= clause.predicate_words.front() - 1 && child < clause.predicate_words.back();
                const bool adverb = inside && tree_.is(child, "advmod") && tree_.has_tag(child, "ADV") &&
                                    tree_.children(child).empty();
                const bool to = tree_.is(child, "mark") && tree_.lemma(child) == "to" &&
                                child > clause.predicate_words.front();
                if (adverb || to || is_negation(child)) words.push_back(child);
            }
        }
        sort_unique(words);
        return words;
    }

    /// Obliques, agent, adverbs behind the verb, adverbial clauses, in the order of the text.
    std::vector<Part> parts_of(const Clause& clause) const {
        std::vector<Part> parts;
        for (const auto& oblique : clause.obliques) parts.push_back({oblique.word, oblique.preposition});
        if (clause.agent != Tree::kNone) parts.push_back({clause.agent, "by"});
        for (const int child : tree_.children(clause.head)) {
            const bool adverb = tree_.is(child, "advmod") && child > clause.head && !is_negation(child);
            const bool below = tree_.is_any(child, {"advcl", "xcomp"}) && chain_head(tree_, child) != clause.head;
            if (adverb || below) parts.push_back({child, {}, below});
        }
        std::ranges::stable_sort(parts, {}, &Part::word);
        return parts;
    }
    void add_parts(const std::vector<Part>& parts, std::vector<std::string>& arguments) const {
        for (const Part& part : parts)
            arguments.push_back(part.is_clause ? clause_words(part.word, true) : phrase(part.word, true));
    }

    /// "led by X" behind its noun lacks the verb that a sentence would have.
    bool is_reduced_passive(const Clause& clause, const std::vector<int>& words) const {
        return clause.is_passive && !tree_.has(clause.head, "aux:pass") && words.front() == clause.head &&
               !tree_.is(clause.head, "conj");
    }

    void read_verb(const Clause& clause) {
        const std::vector<int> words = predicate_words(clause);
        std::string predicate = (is_reduced_passive(clause, words) ? "be " : "") + written(tree_, words);
        std::vector<Part> parts = parts_of(clause);
        std::vector<std::string> arguments{phrase(clause.subject, false, clause.head)};
        std::string_view rule = "object";
        if (clause.objects.empty() && clause.complement != Tree::kNone) {
            rule = "complement";
            const int that = tree_.child_with_lemma(clause.complement, "that");
            if (that != Tree::kNone && tree_.is(that, "mark")) predicate += " that";
            arguments.push_back(clause_words(clause.complement, false));
        } else if (clause.objects.empty()) {
            rule = take_oblique(clause, parts, predicate, arguments);
        }
        std::vector<int> objects = clause.objects;
        std::ranges::sort(objects);
        for (const int object : objects) arguments.push_back(phrase(object, true));
        if (!objects.empty() && clause.complement != Tree::kNone)
            arguments.push_back(clause_words(clause.complement, true));
        add_parts(parts, arguments);
        const double prior = rule == "intransitive" ? kIntransitivePrior : kVerbPrior;
        add(rule, clause.head, clause.subject, std::move(predicate), std::move(arguments), prior);
    }

    /// Without an object, the first oblique behind the verb takes its place and the predicate its preposition.
    std::string_view take_oblique(const Clause& clause, std::vector<Part>& parts, std::string& predicate,
                                  std::vector<std::string>& arguments) const {
        const auto taken = std::ranges::find_if(parts, [&](const Part& part) {
            return !part.is_clause && !part.preposition.empty() && part.word > clause.head;
        });
        if (taken == parts.end()) return "intransitive";
        predicate += ' ' + taken->preposition;
        arguments.push_back(phrase(taken->word, false));
        parts.erase(taken);
        return clause.is_passive ? "passive" : "oblique";
    }

    void read_copula(const Clause& clause) {
        std::vector<int> words;
        for (const int child : tree_.children(clause.head)) {
            if (tree_.is_any(child, {"cop", "aux"}) || is_negation(child)) words.push_back(child);
        }
        std::ranges::sort(words);
        std::string predicate = words.empty() ? "be" : written(tree_, words);
        std::vector<std::string> arguments{phrase(clause.subject, false, clause.head)};
        std::vector<Part> parts;
        for (const auto& oblique : clause.obliques) parts.push_back({oblique.word, oblique.preposition});
        const std::string preposition = tree_.preposition(clause.head);
        if (!preposition.empty()) predicate += ' ' + preposition;
        std::string what = predicative(clause.head, preposition.empty());
        const bool is_adjective = tree_.has_tag(clause.head, "ADJ") || tree_.has_tag(clause.head, "VERB");
        if (is_adjective && !parts.empty()) {  // "is concerned about" the drought
            predicate += ' ' + what;
            if (!parts.front().preposition.empty()) predicate += ' ' + parts.front().preposition;
            arguments.push_back(phrase(parts.front().word, false));
            parts.erase(parts.begin());
        } else {
            arguments.push_back(std::move(what));
        }
        add_parts(parts, arguments);
        add("copula", clause.head, clause.subject, std::move(predicate), std::move(arguments), kVerbPrior);
    }

    /// "be" of an apposition and "have" of a possessive, which the text leaves unsaid.
    void read_nouns() {
        for (int word = 0; word < tree_.size(); ++word) {
            const int noun = tree_.head(word);
            if (noun == Tree::kNone) continue;
            if (tree_.is(word, "appos"))
                add("apposition", word, noun, "be", {bare_phrase(noun), phrase(word, false)}, kAppositionPrior);
            if (tree_.is(word, "nmod:poss") && !tree_.has_tag(word, "PRON"))
                add("possessive", word, noun, "has", {bare_phrase(word), bare_phrase(noun)}, kPossessivePrior);
        }
    }
    std::string bare_phrase(int head) const {
        const std::vector<int> words =
            tree_.subtree(head, {"appos", "acl", "conj", "cc", "case", "punct", "nsubj", "cop", "obl", "advcl", "aux",
                                 "mark", "parataxis", "nmod:poss"});
        return written(tree_, words);
    }

    void add(std::string_view rule, int head, int subject, std::string predicate, std::vector<std::string> arguments,
             double prior) {
        std::erase_if(arguments, [](const std::string& argument) { return argument.empty(); });
        if (arguments.empty() || predicate.empty()) return;
        const double confidence =
            std::clamp(prior * tree_.probability(head) * tree_.probability(subject), 0.01, 0.99);
        found_.push_back({std::move(predicate), std::move(arguments), confidence, rule, head, subject});
    }

    const Tree& tree_;
    std::vector<Tuple> found_;
};

}  // namespace

std::vector<Tuple> find_tuples(const Tree& tree) { return TupleReader(tree).read(); }

}  // namespace tercet::article
