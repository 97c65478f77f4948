#include <algorithm>

#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/rules.hpp"
#include "loaders/article/slots.hpp"
#include "loaders/article/subject.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr std::size_t kLongestClause = 30;  ///< words of a clause that may be an object
constexpr std::size_t kLongClause = 15;     ///< words from which on what hangs on a clause is left out
constexpr double kObjectPrior = 0.9;
constexpr double kPassivePrior = 0.9;
constexpr double kObliquePrior = 0.75;
constexpr double kBarePrior = 0.6;
constexpr double kClausePrior = 0.7;

/// The clause in words, for "announced that ..."; nothing if it is too long to be one.
std::optional<Reference> clause_reference(const SentenceContext& context, int head) {
    const Tree& tree = *context.tree;
    std::vector<int> words = tree.subtree(head);
    if (words.size() > kLongClause) words = tree.subtree(head, {"advcl", "acl", "parataxis", "conj", "cc"});
    while (!words.empty() && (tree.has_tag(words.front(), "PUNCT") || tree.lemma(words.front()) == "that"))
        words.erase(words.begin());
    while (!words.empty() && tree.has_tag(words.back(), "PUNCT")) words.pop_back();
    if (words.empty() || words.size() > kLongestClause) return std::nullopt;
    Reference reference;
    reference.mention = {join_words(tree, words), join_words(tree, words), tree[words.front()].begin,
                         tree[words.back()].end};
    reference.type = EntityType::Concept;
    reference.sentence = context.index;
    reference.word = head;
    return reference;
}

class VerbRule {
public:
    VerbRule(SentenceContext& context, const Clause& clause)
        : context_(context), clause_(clause), tree_(*context.tree) {}

    void apply() {
        if (clause_.subject == Tree::kNone || context_.is_full()) return;
        if (is_absorbed(tree_, clause_) || is_report()) return;
        slots_ = read_slots(context_, clause_);
        const bool by_a_name = tree_.lemma(clause_.head) == "know";  // "known by its acronym": nobody knows it there
        if (clause_.agent != Tree::kNone && !by_a_name) return apply_passive_with_agent();
        if (apply_together()) return;
        for (const Reference& subject : context_.resolve(clause_.subject)) apply_to(subject);
    }

private:
    /// "X said": carried by the attribution of what was said.
    bool is_report() const {
        const std::string& lemma = tree_.lemma(clause_.head);
        if (!lexicon::is_bare_report(lemma) || clause_.is_passive) return false;
        if (lemma == "tell" || lemma == "say") return true;
        return clause_.objects.empty() || clause_.complement != Tree::kNone;
    }

    /// "discussed it with Y when they met": they are who discussed it and whom with.
    bool apply_together() {
        const int above = tree_.head(clause_.head);
        const bool alone = tree_.lemma(clause_.head) == "meet" && tree_.lemma(clause_.subject) == "they" &&
                           clause_.objects.empty() && tree_.is(clause_.head, "advcl");
        if (!alone || !context_.resolve(clause_.subject).front().is_vague) return false;
        const int first = subject_of(tree_, above);
        for (const int other : tree_.all(above, "obl")) {
            if (first == Tree::kNone || tree_.preposition(other) != "with") continue;
            Draft draft = draft_of(clause_, "together", kObliquePrior);
            draft.subject = context_.resolve(first).front();
            draft.object = context_.resolve(other).front();
            complete(emit(context_, std::move(draft)));
            return true;
        }
        return false;
    }

    void apply_passive_with_agent() {
        for (const Reference& agent : context_.resolve(clause_.agent)) {
            if (context_.is_full()) return;
            for (const Reference& patient : context_.resolve(clause_.subject)) {
                Draft draft = draft_of(clause_, "passive", kPassivePrior);
                draft.predicate = tree_.lemma(clause_.head);
                for (const int particle : tree_.all(clause_.head, "compound:prt")) draft.predicate += '_' + tree_.lemma(particle);
                draft.subject = agent;
                draft.object = patient;
                complete(emit(context_, std::move(draft)));
            }
        }
    }

    void apply_to(const Reference& subject) {
        if (context_.is_full()) return;
        bool found = false;
        for (const int object : clause_.objects) found = apply_object(subject, object) || found;
        if (found) return;
        if (const int office = office_below(); office != Tree::kNone) found = apply_object(subject, office);
        if (!found && clause_.complement != Tree::kNone) found = apply_complement(subject);
        if (!found) found = apply_obliques(subject);
        const auto is_date = [&](int object) { return is_time(tree_, object) && !lexicon::is_time_word(tree_.lemma(object)); };
        const bool has_object = !std::ranges::all_of(clause_.objects, is_date);  // "died Jan. 7", not "goes back months"
        if (found || has_object || wants_more()) return;
        Draft draft = draft_of(clause_, clause_.is_passive ? "passive" : "intransitive",
                               clause_.is_passive ? kPassivePrior : kBarePrior);
        draft.subject = subject;
        complete(emit(context_, std::move(draft)));
    }

    /// Verbs that say nothing without what they are about.
    bool wants_more() const {
        const std::string& lemma = tree_.lemma(clause_.head);
        static constexpr auto kTransitive =
            word_set("do", "want", "make", "mean", "ensure", "have", "help", "try", "get", "let");
        if (clause_.is_passive || quality_below(tree_, clause_.head) != Tree::kNone) return false;
        return lexicon::is_opinion_verb(lemma) || kTransitive.has(lemma) || tree_.has(clause_.head, "xcomp");
    }

    /// "became president of Kenya", "was elected president": what somebody came to be.
    int office_below() const {
        static constexpr auto kComesToBe = word_set("become", "remain");
        static constexpr auto kMade = word_set("elect", "appoint", "name", "call", "declare", "crown", "nominate", "make", "label", "dub", "consider");
        const std::string& lemma = tree_.lemma(clause_.head);
        if (clause_.is_passive ? !kMade.has(lemma) : !kComesToBe.has(lemma)) return Tree::kNone;
        for (const int child : tree_.all(clause_.head, "xcomp")) {
            const bool is_noun = tree_.has_tag(child, "NOUN") || tree_.has_tag(child, "PROPN");
            if (is_noun && child > clause_.head && !tree_.has(child, "cop") && !tree_.has(child, "mark") && !tree_.has(child, "case")) return child;
        }
        return Tree::kNone;
    }

    bool apply_object(const Reference& subject, int object) {
        if (tree_.is(object, "iobj") && clause_.objects.size() > 1) return false;
        if (is_time(tree_, object)) return false;
        bool found = false;
        for (const Reference& reference : context_.resolve(object)) {
            Draft draft = draft_of(clause_, "object", kObjectPrior);
            draft.subject = subject;
            draft.object = reference;
            Statement* statement = emit(context_, std::move(draft));
            complete(statement);
            found = found || statement != nullptr;
        }
        return found;
    }

    /// "want to see the ceasefire maintained": the thing is the object; "announced that ...": the clause is.
    bool apply_complement(const Reference& subject) {
        const int inner = tree_.child(clause_.complement, "nsubj");
        const bool small_clause = inner != Tree::kNone && !tree_.has(clause_.complement, "aux") &&
                                  !tree_.has(clause_.complement, "mark") && tree_[clause_.complement].xpos != "VBD" &&
                                  tree_[clause_.complement].xpos != "VBZ" && tree_[clause_.complement].xpos != "VBP" &&
                                  !tree_.has(clause_.complement, "cop");
        if (small_clause) return apply_object(subject, inner);
        Draft draft = draft_of(clause_, "complement", kClausePrior);
        draft.subject = subject;
        draft.object = clause_reference(context_, clause_.complement);
        if (!draft.object) return false;
        Statement* statement = emit(context_, std::move(draft));
        complete(statement);
        if (statement != nullptr) statement->object_is_clause = true;
        return statement != nullptr;
    }

    bool apply_obliques(const Reference& subject) {
        bool found = false;
        for (const Clause::Oblique& oblique : clause_.obliques) {
            if (!is_argument(context_, clause_, oblique)) continue;
            for (const Reference& reference : context_.resolve(oblique.word, is_locative(oblique.preposition))) {
                Draft draft = draft_of(clause_, clause_.is_passive ? "passive" : "oblique", kObliquePrior);
                draft.subject = subject;
                draft.object = reference;
                draft.predicate += '_' + predicate_part(oblique.preposition);
                const auto marks = tree_.all(oblique.word, "case");
                if (!marks.empty() && marks.front() > clause_.head) draft.predicate_words.push_back(marks.front());
                Statement* statement = emit(context_, std::move(draft));
                complete(statement);
                found = found || statement != nullptr;
            }
        }
        return found;
    }

    void complete(Statement* statement) const {
        if (statement == nullptr) return;
        for (const Adjunct& adjunct : slots_.extra) {
            if (adjunct.argument.name != statement->object.name) statement->extra.push_back(adjunct);
        }
        statement->time = slots_.time;
        statement->place = slots_.place;
    }

    SentenceContext& context_;
    const Clause& clause_;
    const Tree& tree_;
    Slots slots_;
};

}  // namespace

void apply_verb_rule(SentenceContext& context) {
    for (const Clause& clause : context.clauses) {
        if (clause.kind == Clause::Kind::Verb) VerbRule(context, clause).apply();
    }
}

}  // namespace tercet::article
