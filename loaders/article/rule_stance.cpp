#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/rules.hpp"

namespace tercet::article {
namespace {

constexpr double kStancePrior = 0.6;

/// What is really supported: support calls for X is support for X.
int behind_transparent(const Tree& tree, int noun) {
    for (int steps = 0; steps < 4 && lexicon::is_transparent_noun(tree.lemma(noun)); ++steps) {
        int next = Tree::kNone;
        const int verb = tree.head(noun);
        const auto look = [&](int head) {
            for (const int child : tree.children(head)) {
                const std::string preposition = tree.preposition(child);
                const bool at = preposition == "at" && (tree.lemma(noun) == "effort" || tree.lemma(noun) == "attempt");
                const bool leads = preposition == "for" || preposition == "of" || at;
                const bool own =
                    tree.is(child, "nmod") || (head == verb && tree.is(child, "obl") && preposition == "for");
                if (next == Tree::kNone && leads && own && child > noun) next = child;
            }
        };
        look(noun);
        for (const int child : tree.children(noun)) {  // "calls by Armenia at the UN for X": attached further down
            if (next == Tree::kNone && tree.is(child, "nmod")) look(child);
        }
        if (next == Tree::kNone && verb != Tree::kNone) look(verb);
        if (next == Tree::kNone) return noun;
        noun = next;
    }
    return noun;
}

/// Whether the person speaks for whoever the statement is about.
bool speaks_for(const SentenceContext& context, const Reference& speaker, const Reference& subject) {
    if (speaker.entity < 0 || speaker.type != EntityType::Person) return false;
    const NamedEntity& person = context.names->entities()[static_cast<std::size_t>(speaker.entity)];
    const auto of_office = [&](const Role& role) { return role.organisation == subject.mention.name; };
    return (!person.country.empty() && person.country == subject.mention.name) ||
           std::ranges::any_of(person.roles, of_office);
}

void apply_to(SentenceContext& context, const Clause& clause, const Reference& speaker) {
    const Tree& tree = *context.tree;
    for (const int object : clause.objects) {
        for (const int conjunct : conjuncts(tree, object)) {
            const int real = behind_transparent(tree, conjunct);
            Draft draft = draft_of(clause, "stance", kStancePrior);
            draft.subject = speaker;
            draft.object = context.resolve(real).front();
            emit(context, std::move(draft));
        }
    }
}

}  // namespace

void apply_stance_rule(SentenceContext& context) {
    const std::vector<Clause> clauses = context.clauses;
    for (const Clause& clause : clauses) {
        const bool states =
            clause.kind == Clause::Kind::Verb && lexicon::is_stance_verb(context.tree->lemma(clause.head));
        if (!states || clause.subject == Tree::kNone || clause.is_passive || context.is_full()) continue;
        const auto speaker = context.speaker_of(clause.head);
        if (!speaker || speaker->is_vague) continue;
        const Reference subject = context.resolve(clause.subject).front();
        if (speaks_for(context, *speaker, subject)) apply_to(context, clause, *speaker);
    }
}

}  // namespace tercet::article
