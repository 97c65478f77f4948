#include <algorithm>

#include "loaders/article/factuality.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/rules.hpp"
#include "loaders/article/slots.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr double kNounPrior = 0.85;
constexpr double kAdjectivePrior = 0.8;
constexpr double kPlacePrior = 0.75;
constexpr double kCleftPrior = 0.7;
constexpr double kExistsPrior = 0.6;

class CopulaRule {
public:
    CopulaRule(SentenceContext& context, const Clause& clause)
        : context_(context), clause_(clause), tree_(*context.tree) {}

    void apply() {
        if (clause_.subject == Tree::kNone || context_.is_full() || leads_chain(clause_.head) || apply_cleft()) return;
        for (const Reference& subject : context_.resolve(clause_.subject)) {
            if (context_.is_full()) return;
            for (const int head : conjuncts(tree_, clause_.head)) {
                if (!leads_chain(head)) apply_to(subject, head);
            }
        }
    }

private:
    bool leads_chain(int head) const {
        return std::ranges::any_of(tree_.children(head), [&](int child) {
            return is_clause_head(tree_, child) && chain_head(tree_, child) == head;
        });
    }

    /// "What we want to see is a return": it is the return that we want to see.
    bool apply_cleft() {
        const int subject = clause_.subject;
        const int verb = tree_.lemma(subject) == "what" ? tree_.child(subject, "acl") : subject;
        if (verb == Tree::kNone || tree_.lemma(tree_.subtree(subject).front()) != "what") return false;
        if (!tree_.preposition(clause_.head).empty() || tree_.has_tag(clause_.head, "ADJ")) return true;
        const auto is_below = [&](const Clause& inner) {
            return inner.kind == Clause::Kind::Verb && tree_.dominates(verb, inner.head);
        };
        const auto inner = std::find_if(context_.clauses.rbegin(), context_.clauses.rend(), is_below);
        if (inner == context_.clauses.rend() || inner->subject == Tree::kNone) return true;
        for (const Reference& who : context_.resolve(inner->subject)) {
            Draft made = draft_of(*inner, "copula", kCleftPrior);
            made.subject = who;
            made.object = context_.resolve(clause_.head).front();
            if (clause_.polarity == Polarity::Negative) made.polarity = Polarity::Negative;
            complete(emit(context_, std::move(made)));
        }
        return true;
    }

    void apply_to(const Reference& subject, int head) {
        if (!tree_.preposition(head).empty()) return apply_place(subject, head);
        const std::string& tag = tree_[head].xpos;
        if (tag == "VB" || tag == "VBZ" || tag == "VBP") return;  // "the purpose is to divert water" states no quality
        if (tag == "VBG" && tree_.has(head, "mark")) return;      // "is all about getting"
        if (tree_.has_tag(head, "ADJ") || tree_.has_tag(head, "VERB")) return apply_adjective(subject, head);
        if (tree_.has_tag(head, "NOUN") || tree_.has_tag(head, "PROPN")) apply_noun(subject, head);
    }

    Draft draft(const Reference& subject, double prior) const {
        Draft draft = draft_of(clause_, "copula", prior);
        draft.subject = subject;
        return draft;
    }

    void apply_noun(const Reference& subject, int head) {
        const std::string role = role_with_organisation(subject, head);
        for (const Reference& what : context_.resolve(head)) {
            Draft made = draft(subject, kNounPrior);
            made.predicate = "be";
            made.object = what;
            made.predicate_words = tree_.all(clause_.head, "cop");
            if (role.empty()) complete(emit(context_, std::move(made)));
            return;
        }
    }

    /// "is the president of Azerbaijan" is be_president_of Azerbaijan.
    std::string role_with_organisation(const Reference& subject, int head) {
        if (!lexicon::is_role_noun(tree_.lemma(head))) return {};
        for (const int organisation : tree_.all(head, "nmod")) {
            const std::string preposition = tree_.preposition(organisation);
            if (preposition != "of" && preposition != "for" && preposition != "to" && preposition != "at") continue;
            Draft made = draft(subject, kNounPrior);
            made.predicate =
                "be_" + predicate_part(text::lower(short_phrase_name(tree_, head, context_.text))) + '_' + preposition;
            made.object = context_.resolve(organisation).front();
            if (emit(context_, std::move(made)) != nullptr) return preposition;
        }
        return {};
    }

    void apply_adjective(const Reference& subject, int head) {
        std::string adjective = tree_.has_tag(head, "VERB") ? text::lower(tree_.form(head)) : tree_.lemma(head);
        for (int hyphen = head - 1; hyphen > 0 && tree_.form(hyphen) == "-" && !tree_[hyphen].space_after; hyphen -= 2) {
            adjective = text::lower(tree_.form(hyphen - 1)) + '-' + adjective;  // "far-reaching"
        }
        bool found = false;
        for (const Clause::Oblique& oblique : clause_.obliques) {
            if (head != clause_.head || !is_argument(context_, clause_, oblique)) continue;
            for (const Reference& about : context_.resolve(oblique.word)) {
                Draft made = draft(subject, kAdjectivePrior);
                made.predicate = "be_" + adjective + '_' + predicate_part(oblique.preposition);
                made.object = about;
                for (const int mark : tree_.all(oblique.word, "case")) made.predicate_words.push_back(mark);
                Statement* statement = emit(context_, std::move(made));
                complete(statement);
                found = found || statement != nullptr;
            }
        }
        if (found) return;
        Draft made = draft(subject, kAdjectivePrior);
        made.predicate = "be_" + adjective;
        complete(emit(context_, std::move(made)));
    }

    /// "is in Baku"; "is in touch with folks" is be_in_touch_with.
    void apply_place(const Reference& subject, int head) {
        const std::string preposition = predicate_part(tree_.preposition(head));
        const bool idiom = tree_.has_tag(head, "NOUN") && !tree_.has(head, "det") && !tree_.has(head, "nmod:poss");
        if (idiom && apply_idiom(subject, head, preposition)) return;
        for (const Reference& where : context_.resolve(head, is_locative(preposition))) {
            Draft made = draft(subject, kPlacePrior);
            made.predicate = "be_" + preposition;
            made.predicate_words = tree_.all(clause_.head, "cop");
            made.predicate_words.push_back(tree_.child(head, "case"));
            made.object = where;
            complete(emit(context_, std::move(made)));
        }
    }

    bool apply_idiom(const Reference& subject, int head, const std::string& preposition) {
        bool found = false;
        for (const int noun : tree_.children(head)) {
            if (!tree_.is_any(noun, {"nmod", "obl"}) || tree_.preposition(noun).empty() || noun < head) continue;
            if (tree_.preposition(noun) == "of" || found) continue;
            for (const Reference& whom : context_.resolve(noun)) {
                Draft made = draft(subject, kPlacePrior);
                made.predicate =
                    "be_" + preposition + '_' + tree_.lemma(head) + '_' + predicate_part(tree_.preposition(noun));
                made.object = whom;
                Statement* statement = emit(context_, std::move(made));
                complete(statement);
                found = found || statement != nullptr;
            }
        }
        return found;
    }

    void complete(Statement* statement) const {
        if (statement == nullptr) return;
        Slots slots = read_slots(context_, clause_);
        statement->time = std::move(slots.time);
        statement->place = std::move(slots.place);
    }

    SentenceContext& context_;
    const Clause& clause_;
    const Tree& tree_;
};

void apply_existential(SentenceContext& context, const Clause& clause) {
    if (clause.subject == Tree::kNone) return;
    for (const Reference& thing : context.resolve(clause.subject)) {
        Draft draft = draft_of(clause, "existential", kExistsPrior);
        draft.subject = thing;
        draft.predicate = "exist";
        emit(context, std::move(draft));
    }
}

}  // namespace

void apply_copula_rule(SentenceContext& context) {
    for (const Clause& clause : context.clauses) {
        if (clause.kind == Clause::Kind::Copula) CopulaRule(context, clause).apply();
        if (clause.kind == Clause::Kind::Existential) apply_existential(context, clause);
    }
}

}  // namespace tercet::article
