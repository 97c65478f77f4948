#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/rules.hpp"
#include "loaders/article/slots.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr double kTitlePrior = 0.95;
constexpr double kAppositionPrior = 0.85;
constexpr double kNominalPrior = 0.6;
constexpr double kCompoundPrior = 0.7;

Reference reference_of(const SentenceContext& context, const NameMention& mention) {
    return context.resolver->resolve_one(context.index, mention.first, std::nullopt);
}

/// Who or what an office belongs to, by its name.
Reference organisation_of(const SentenceContext& context, const NameMention& holder) {
    Reference reference;
    if (holder.organisation >= 0) {
        const NameMention& mention = context.names->mentions()[static_cast<std::size_t>(holder.organisation)];
        reference = reference_of(context, mention);
        reference.mention.text = mention.text;
    } else {
        reference.mention.text = holder.role.organisation;
        reference.mention.name = country_of(holder.role.organisation);
    }
    reference.entity = context.names->find(reference.mention.name);
    const std::string country = country_of(reference.mention.name);
    if (country != reference.mention.name) reference.mention.name = country;
    return reference;
}

Draft office_draft(int word, const Reference& holder, std::string_view title, std::string_view preposition) {
    Draft draft;
    draft.head = word;
    draft.subject = holder;
    draft.predicate = "be_" + predicate_part(title) + '_' + std::string(preposition);
    draft.rule = "title";
    draft.is_aside = true;
    draft.prior = kTitlePrior;
    return draft;
}

/// "U.S. Ambassador to the United Nations": the office in words, and all it belongs to.
struct Office {
    std::string title;
    std::vector<std::pair<std::string, Reference>> organisations;  ///< preposition, whose
};

Office read_office(const SentenceContext& context, int head) {
    const Tree& tree = *context.tree;
    Office office;
    std::vector<int> title;
    for (int word = head; word >= 0 && tree.dominates(head, word); --word) {
        const std::string lowered = text::lower(tree.form(word));
        if (word != head && !lexicon::is_role_modifier(lowered) && !lexicon::is_role_noun(lowered)) break;
        title.insert(title.begin(), word);
    }
    office.title = text::lower(join_words(tree, title));
    for (const int child : tree.children(head)) {
        const bool in_title = std::ranges::count(title, child) > 0;
        if (in_title) continue;
        const std::string preposition = tree.preposition(child);
        const bool owner = child < head && tree.is_any(child, {"amod", "compound", "nmod:poss", "nmod"});
        const bool whose = child > head && tree.is(child, "nmod") &&
                           (preposition == "of" || preposition == "for" || preposition == "to" || preposition == "at");
        if (!owner && !whose) continue;
        if (owner && !tree.is(child, "nmod:poss") && context.names->at(context.index, child) == nullptr &&
            lexicon::country_by_demonym(tree.form(child)) == nullptr) {
            continue;
        }
        for (Reference reference : context.resolve(child)) {
            reference.mention.name = country_of(reference.mention.name);
            office.organisations.emplace_back(whose ? preposition : "of", std::move(reference));
        }
    }
    return office;
}

void emit_office(SentenceContext& context, const Reference& holder, int head) {
    const Office office = read_office(context, head);
    for (const auto& [preposition, organisation] : office.organisations) {
        Draft draft = office_draft(head, holder, office.title, preposition);
        draft.object = organisation;
        draft.rule = "apposition";
        draft.prior = kAppositionPrior;
        draft.predicate_words = {head};
        emit(context, std::move(draft));
    }
}

/// Who does the deed of a noun: "Erdogan's visit", "calls by Armenia", "U.S. support".
int doer_of(const SentenceContext& context, int noun) {
    const Tree& tree = *context.tree;
    if (const int owner = tree.child(noun, "nmod:poss"); owner != Tree::kNone) return owner;
    for (const int child : tree.children(noun)) {
        if (tree.is(child, "nmod") && tree.preposition(child) == "by") return child;
    }
    for (const int child : tree.children(noun)) {
        const NameMention* name = child < noun ? context.names->at(context.index, child) : nullptr;
        if (name != nullptr && tree.is_any(child, {"compound", "nmod"}) &&
            context.names->entity(*name).type == EntityType::Place)
            return child;
    }
    return Tree::kNone;
}

void emit_deed(SentenceContext& context, int noun, int doer, int object, std::string_view predicate) {
    for (const Reference& subject : context.resolve(doer)) {
        if (context.is_full()) return;
        for (const Reference& what : context.resolve(object, predicate == "visit")) {
            if (subject.entity < 0) continue;  // without a name it is too vague to be a fact of its own
            Draft draft;
            draft.head = noun;
            draft.subject = subject;
            draft.predicate = predicate;
            draft.predicate_words = {noun};
            draft.object = what;
            draft.rule = "nominal";
            draft.prior = kNominalPrior;
            emit(context, std::move(draft));
        }
    }
}

}  // namespace

void apply_title_rule(SentenceContext& context) {
    for (const NameMention& mention : context.names->mentions()) {
        if (mention.sentence != context.index || mention.role.title.empty() || mention.role.organisation.empty())
            continue;
        Draft draft = office_draft(mention.first, reference_of(context, mention), mention.role.title, "of");
        draft.object = organisation_of(context, mention);
        for (int word = mention.title_first; word < mention.first; ++word) draft.predicate_words.push_back(word);
        emit(context, std::move(draft));
    }
}

void apply_apposition_rule(SentenceContext& context) {
    const Tree& tree = *context.tree;
    for (int word = 0; word < tree.size(); ++word) {
        if (!tree.is(word, "appos")) continue;
        const int other = tree.head(word);
        const NameMention* first = context.names->at(context.index, other);
        const NameMention* second = context.names->at(context.index, word);
        const auto is_office = [&](int noun, const NameMention* name) {
            return lexicon::is_role_noun(text::lower(tree.form(noun))) && (name == nullptr || name->last < noun);
        };
        const auto is_person = [&](const NameMention* name) {
            return name != nullptr && (name->type == EntityType::Person || name->type == EntityType::Unknown);
        };
        if (is_person(first) && is_office(word, second))
            emit_office(context, reference_of(context, *first), word);
        else if (is_person(second) && is_office(other, first))
            emit_office(context, reference_of(context, *second), other);
    }
}

void apply_nominal_rule(SentenceContext& context) {
    const Tree& tree = *context.tree;
    for (int noun = 0; noun < tree.size(); ++noun) {
        if (!tree.has_tag(noun, "NOUN")) continue;
        const int doer = doer_of(context, noun);
        if (doer == Tree::kNone) continue;
        for (const int object : tree.children(noun)) {
            if (object == doer || !tree.is(object, "nmod")) continue;
            const lexicon::Nominal* deed = lexicon::find_nominal(tree.lemma(noun), tree.preposition(object));
            if (deed != nullptr) emit_deed(context, noun, doer, object, deed->predicate);
        }
        const int verb = tree.head(noun);
        if (verb == Tree::kNone || !tree.is(noun, "obj")) continue;
        for (const int object : tree.all(verb, "obl")) {  // "praised Uganda's visit to Rwanda": hung on the verb
            const int mark = tree.child(object, "case");
            const lexicon::Nominal* deed = lexicon::find_nominal(tree.lemma(noun), tree.preposition(object));
            if (deed != nullptr && mark == noun + 1) emit_deed(context, noun, doer, object, deed->predicate);
        }
    }
}

void apply_compound_rule(SentenceContext& context) {
    const Tree& tree = *context.tree;
    for (int word = 2; word < tree.size(); ++word) {
        const bool joined = tree.form(word - 1) == "-" && (tree[word].xpos == "VBN" || tree.form(word).ends_with("ed"));
        const int noun = tree.head(word);
        if (!joined || noun <= word || noun == Tree::kNone || !tree.is_any(word, {"amod", "acl", "compound"})) continue;
        const std::string doer = country_of(tree.form(word - 2));
        if (doer == tree.form(word - 2) && lexicon::country_by_name(doer) == nullptr) continue;
        Draft draft;
        draft.head = word;
        draft.subject.mention = {doer, std::string(tree.form(word - 2)), tree[word - 2].begin, tree[word - 2].end};
        draft.subject.type = EntityType::Place;
        draft.predicate = tree.has_tag(word, "VERB") ? tree.lemma(word) : std::string();
        draft.predicate_words = {word};
        Reference thing = context.resolve(noun).front();
        draft.object = std::move(thing);
        draft.rule = "compound";
        draft.prior = kCompoundPrior;
        emit(context, std::move(draft));
    }
}

}  // namespace tercet::article
