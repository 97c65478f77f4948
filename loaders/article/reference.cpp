#include "loaders/article/reference.hpp"

#include <algorithm>

#include "loaders/article/clause.hpp"
#include "loaders/article/expletive.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/predicate.hpp"
#include "loaders/article/subject.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kPersonal = word_set("he", "she", "him", "his", "her", "hers", "himself", "herself");
constexpr auto kReflexive = word_set("himself", "herself", "itself", "themselves", "myself", "ourselves");
constexpr auto kThing = word_set("it", "its", "itself");
constexpr auto kMany = word_set("they", "them", "their", "themselves", "theirs");
constexpr auto kSpeaker = word_set("i", "me", "my", "mine", "myself");
constexpr auto kSpeakers = word_set("we", "us", "our", "ours", "ourselves");
constexpr auto kGovernments = word_set("government", "authority", "leadership");
constexpr auto kGroups = word_set("family", "couple", "crew", "team", "crowd", "people", "public", "community", "audience");
constexpr std::size_t kFarthestPerson = 6;  ///< sentences from a pronoun back to whom it means
constexpr int kOftenNamed = 3;             ///< sentences about somebody that make one of whom the article is about
constexpr std::size_t kFarthestNoun = 200;  ///< sentences from "the company" to its name
constexpr int kDeepest = 4;                 ///< pronouns that stand for pronouns
constexpr int kMostSteps = 1000;            ///< clauses that are looked at for one phrase
constexpr std::size_t kLongestThose = 8;    ///< words of "those who want to leave"

using References = std::vector<Reference>;

bool is_pronoun(const Tree& tree, int word) {
    return (tree.has_tag(word, "PRON") || tree.has_tag(word, "DET")) && lexicon::is_vague(tree.lemma(word));
}

std::string pronoun_key(const Tree& tree, int word) { return text::lower(tree.form(word)); }

EntityType common_type(const Tree& tree, int word) {
    const std::string& lemma = tree.lemma(word);
    if (lexicon::is_person_noun(lemma)) return EntityType::Person;
    if (lexicon::is_time_word(lemma)) return EntityType::Date;
    if (tree.has_tag(word, "NUM")) return EntityType::Quantity;
    return EntityType::Concept;
}

/// "spokesperson" and "spokesman" name one office.
std::string office(std::string_view title) {
    const std::string last(title.substr(title.rfind(' ') + 1));
    return last.starts_with("spokes") || last == "spox" ? "spokes" : last;
}

/// The country whose government a phrase names: "the Yerevan government", "the Turkish government".
std::string governed_country(const Tree& tree, int word) {
    if (!kGovernments.has(tree.lemma(word)) || tree.lemma(word) == "leadership") return {};
    for (const int child : tree.children(word)) {
        if (!tree.is_any(child, {"amod", "compound", "nmod"})) continue;
        const std::string form(tree.form(child));
        if (std::string country = country_of(form); country != form || lexicon::country_by_name(form) != nullptr)
            return country;
    }
    return {};
}

bool is_definite(const Tree& tree, int word) {
    const int det = tree.child(word, "det");
    return det != Tree::kNone && (tree.lemma(det) == "the" || tree.lemma(det) == "that" || tree.lemma(det) == "this");
}

bool is_plural(const Tree& tree, int word) {
    return tree[word].xpos == "NNS" || tree[word].xpos == "NNPS" || tree.has(word, "conj");
}

/// Whose claim a clause tells the content of: "the comments by Kenya that they would pay".
int author_of(const Tree& tree, int clause) {
    int noun = tree.head(clause);
    if (noun != Tree::kNone && tree.is(clause, "ccomp")) noun = tree.child(noun, "obj");
    if (noun == Tree::kNone || noun > clause || !tree.is_any(clause, {"ccomp", "acl"})) return Tree::kNone;
    if (!lexicon::is_content_noun(tree.lemma(noun))) return Tree::kNone;
    for (const int child : tree.children(noun)) {
        const bool by = tree.is(child, "nmod") && tree.preposition(child) == "by";
        const bool owner = tree.is(child, "nmod:poss") && !tree.has_tag(child, "PRON") && !lexicon::is_time_word(tree.lemma(child));
        if (by || owner) return child;
    }
    return Tree::kNone;
}

/// "It fell", and the "its" of "its budget fell".
bool is_of_main_subject(const Tree& tree, int word) {
    const bool owns = tree.is(word, "nmod:poss");
    const int subject = owns ? tree.head(word) : word;
    const int predicate = subject == Tree::kNone ? Tree::kNone : tree.head(subject);
    return predicate != Tree::kNone && tree.is(subject, "nsubj") && tree.head(predicate) == Tree::kNone && (owns || !tree.has(predicate, "cop"));
}

}  // namespace

Reference Resolver::place_in_text(std::size_t sentence, int word) const {
    const PhraseSpan span = phrase_span(tree(sentence), word);
    Reference reference;
    reference.mention.begin = span.begin;
    reference.mention.end = span.end;
    reference.mention.text = text::squeeze(text_.substr(span.begin, span.end - span.begin));
    reference.sentence = sentence;
    reference.word = word;
    return reference;
}

Reference Resolver::at(std::size_t sentence, int word, Reference other) const {
    Reference here = place_in_text(sentence, word);
    here.mention.name = std::move(other.mention.name);
    here.type = other.type;
    here.entity = other.entity;
    here.is_vague = other.is_vague;
    return here;
}

Reference Resolver::named(std::size_t sentence, int word, std::size_t entity, bool is_place) const {
    Reference reference = place_in_text(sentence, word);
    const NamedEntity& known = names_->entities()[entity];
    reference.mention.name = known.name;
    reference.type = known.type;
    reference.entity = static_cast<int>(entity);
    if (known.is_capital && !is_place) {  // a capital that acts is its government
        reference.mention.name = known.country;
        reference.entity = names_->find(known.country);
    }
    return reference;
}

Reference Resolver::common(std::size_t sentence, int word) const {
    const Tree& here = tree(sentence);
    Reference reference = place_in_text(sentence, word);
    reference.type = common_type(here, word);
    if (std::string country = governed_country(here, word); !country.empty()) {
        reference.entity = names_->find(country);
        reference.mention.name = std::move(country);
        reference.type = EntityType::Place;
        return reference;
    }
    reference.mention.name = phrase_name(here, word, text_);
    const bool bare = text::words(reference.mention.name).size() == 1;
    if (bare && !is_plural(here, word) && here.lemma(word) != "people" && is_definite(here, word) &&
        lexicon::is_person_noun(here.lemma(word))) {
        for (auto known = described_.rbegin(); known != described_.rend() && known->sentence + kFarthestNoun >= sentence; ++known) {
            if (tree(known->sentence).lemma(known->word) == here.lemma(word)) {
                reference.mention.name = known->mention.name;
                break;
            }
        }
    }
    const std::string lowered = text::lower(reference.mention.name);
    const bool enumerates =
        lowered == "number" || (lowered.starts_with("number ") && !lowered.starts_with("number of"));
    reference.is_vague =
        enumerates || here.has_tag(word, "VERB") || lexicon::is_vague(text::lower(reference.mention.name));
    return reference;
}

/// Whether "he" or "she" can be this: a person, not several, of no other gender by title, given name or noun.
bool Resolver::may_mean(std::string_view pronoun, const Reference& person) const {
    if (person.type != EntityType::Person) return false;
    if (person.entity < 0) {
        const Tree& there = tree(person.sentence);
        if (is_plural(there, person.word) || kGroups.has(there.lemma(person.word))) return false;
    }
    const Gender known = person.entity >= 0 ? names_->entities()[static_cast<std::size_t>(person.entity)].gender
                                            : gender_of(tree(person.sentence).lemma(person.word));
    return known == Gender::Unknown || known == gender_of(pronoun);
}

/// In somebody's words "he" is somebody else. Names come before those who are only described. Where nobody was spoken of lately, it is whom the article is about.
const Reference* Resolver::last_person(std::size_t sentence, std::string_view pronoun,
                                       const std::optional<Reference>& speaker) const {
    const auto is_far = [&](const Reference& person) { return person.sentence + kFarthestPerson < sentence; };
    const auto may_be_meant = [&](const Reference& person) {
        const bool other = !speaker || speaker->mention.name != person.mention.name;
        return other && may_mean(pronoun, person);
    };
    const auto end = std::find_if(people_.rbegin(), people_.rend(), is_far);
    const auto is_named = [&](const Reference& person) { return person.entity >= 0 && may_be_meant(person); };
    for (const auto& found : {std::find_if(people_.rbegin(), end, is_named), std::find_if(people_.rbegin(), end, may_be_meant)}) {
        if (found != end) return &*found;
    }
    const std::optional<Reference>& theme = gender_of(pronoun) == Gender::Male ? man_ : woman_;
    return theme && may_be_meant(*theme) ? &*theme : nullptr;
}

/// Whom "him" means behind a verb whose subject it cannot be: the last one named before in the sentence, but for that subject.
const NameMention* Resolver::person_before(std::size_t sentence, int word) const {
    const Tree& here = tree(sentence);
    const int clause = here.head(word);
    const int subject = clause == Tree::kNone ? Tree::kNone : subject_of(here, clause);
    const NameMention* acts = subject == Tree::kNone ? nullptr : names_->at(sentence, subject);
    const std::string pronoun = pronoun_key(here, word);
    const NameMention* found = nullptr;
    for (const NameMention& mention : names_->mentions_within(sentence, sentence)) {
        if (mention.first >= word) break;
        const bool is_subject = acts != nullptr && acts->entity == mention.entity;
        if (!is_subject && may_mean(pronoun, named(sentence, mention.last, mention.entity, false))) found = &mention;
    }
    return found;
}

/// "the company", "the ministry": the last one named so.
std::optional<int> Resolver::organisation_with_noun(std::size_t sentence, int word) const {
    static constexpr auto kAnyOrganisation =
        word_set("organisation", "organization", "company", "agency", "firm", "group");
    const Tree& here = tree(sentence);
    if (!lexicon::is_organisation_noun(here.lemma(word)) && !kAnyOrganisation.has(here.lemma(word)))
        return std::nullopt;
    const bool bare =
        is_definite(here, word) && !here.has(word, "amod") && !here.has(word, "compound") && !here.has(word, "nmod") && !here.has(word, "acl");
    if (!bare) return std::nullopt;
    std::optional<int> found;
    for (const NameMention& mention : names_->mentions_within(sentence - std::min(sentence, kFarthestNoun), sentence)) {
        const bool later = mention.sentence == sentence && mention.first > word;
        const NamedEntity& entity = names_->entity(mention);
        if (later || entity.type != EntityType::Organisation) continue;
        const std::string last = text::lower(entity.name.substr(entity.name.rfind(' ') + 1));
        if (last == here.lemma(word) || kAnyOrganisation.has(here.lemma(word)))
            found = static_cast<int>(mention.entity);
    }
    return found;
}

std::optional<int> Resolver::person_with_role(std::size_t sentence, int word) const {
    const Tree& here = tree(sentence);
    if (!lexicon::is_role_noun(here.lemma(word)) || !is_definite(here, word)) return std::nullopt;
    const std::string wanted = office(here.lemma(word));
    std::string country;
    for (const int child : here.children(word)) {
        if (here.is_any(child, {"nmod", "amod"})) country = country_of(here.form(child));
    }
    std::string title = here.lemma(word);
    for (int before = word - 1; before >= 0 && lexicon::is_role_modifier(text::lower(here.form(before))); --before) {
        title = text::lower(here.form(before)) + ' ' + title;
    }
    std::optional<int> exact;
    std::optional<int> similar;
    for (const NameMention& mention : names_->mentions_within(sentence - std::min(sentence, kFarthestNoun), sentence + kFarthestNoun)) {
        if (office(mention.role.title) != wanted) continue;
        if (!country.empty() && names_->entity(mention).country != country) continue;
        const bool later = mention.sentence > sentence || (mention.sentence == sentence && mention.first > word);
        const bool same = mention.role.title == title || wanted == "spokes";
        const auto words = text::words(mention.role.title);
        const bool other_rank = std::ranges::any_of(words, lexicon::is_rank_modifier);
        if (same && (!later || !exact)) exact = static_cast<int>(mention.entity);
        if (!same && !later && !other_rank && title == here.lemma(word)) similar = static_cast<int>(mention.entity);
    }
    return exact ? exact : similar;
}

References Resolver::subjects_above(std::size_t sentence, int word, const std::optional<Reference>& speaker,
                                    int depth) const {
    if (depth > kDeepest) return {};
    const Tree& here = tree(sentence);
    int tried = 0;
    const bool own_clause_counts = here.is(word, "nmod:poss");
    int clause = word;
    bool passed_own = false;
    bool shares_subject = false;  ///< with the clause above: "raised concerns and urged him"
    for (int steps = 0; clause != Tree::kNone && steps < here.size(); ++steps, clause = here.head(clause)) {
        if (clause == word || !is_clause_head(here, clause)) continue;
        if (--steps_left_ < 0) return {};
        if (const int author = author_of(here, clause); author != Tree::kNone && author < word) {
            References found = resolve_all(sentence, author, speaker, false, depth);
            if (std::ranges::none_of(found, &Reference::is_vague)) return found;
        }
        const bool own = !passed_own || shares_subject;
        passed_own = true;
        shares_subject = own && here.is(clause, "conj") && !here.has(clause, "nsubj");
        const int subject = subject_of(here, clause);
        if (subject == Tree::kNone || here.dominates(subject, word) || subject > word) continue;
        if (own && !own_clause_counts) continue;
        const int owner = here.child(subject, "nmod:poss");
        const bool owned = owner != Tree::kNone && kThing.has(pronoun_key(here, owner)) && kThing.has(pronoun_key(here, word));
        const int candidate = owned ? owner : subject;  // "its budget is small, and it employs few"
        const std::string key = pronoun_key(here, subject);
        if (kSpeakers.has(key) || kSpeaker.has(key)) continue;  // "we" are never "it" or "they"
        if (++tried > kDeepest) return {};
        References found = resolve_all(sentence, candidate, speaker, false, depth);
        if (std::ranges::none_of(found, &Reference::is_vague)) return found;
    }
    return {};
}

References Resolver::resolve_pronoun(std::size_t sentence, int word, const std::optional<Reference>& speaker,
                                     int depth) const {
    const Tree& here = tree(sentence);
    const std::string key = pronoun_key(here, word);
    const auto alone = [&](Reference reference) { return References{at(sentence, word, std::move(reference))}; };
    if (kReflexive.has(key) && depth < kDeepest && here.is_any(word, {"obj", "iobj", "obl"})) {  // who does it does it to himself
        const int doer = here.head(word) == Tree::kNone ? Tree::kNone : subject_of(here, here.head(word));
        if (doer != Tree::kNone && doer != word) return resolve_all(sentence, doer, speaker, false, depth + 1);
    }
    if (kSpeaker.has(key) && speaker) return alone(*speaker);
    if (kSpeakers.has(key) && speaker) {
        const int entity = speaker->entity;
        const std::string country =
            entity < 0 ? std::string() : names_->entities()[static_cast<std::size_t>(entity)].country;
        if (country.empty()) return alone(*speaker);
        Reference office = *speaker;
        office.mention.name = country;
        office.entity = names_->find(country);
        office.type = EntityType::Place;
        return alone(office);
    }
    const bool personal = kPersonal.has(key);
    const bool many = kMany.has(key);
    const bool means_nothing = is_expletive(here, word);
    if (personal || many || (kThing.has(key) && !means_nothing)) {
        References found = subjects_above(sentence, word, speaker, depth + 1);
        // "Artists reach people; it is the only time": a plural noun is not "it".
        const auto is_several = [&](const Reference& thing) { return thing.entity < 0 && is_plural(tree(thing.sentence), thing.word); };
        const bool first_is_person = !found.empty() && found.front().type == EntityType::Person;
        const bool fits = !found.empty() &&
                          (personal ? found.size() == 1 && may_mean(key, found.front())
                           : many   ? found.size() > 1 || is_plural(tree(found.front().sentence), found.front().word) ||
                                        found.front().type == EntityType::Place
                                  : !first_is_person && found.size() == 1 && !is_several(found.front()));
        if (fits) {
            for (Reference& reference : found) reference = at(sentence, word, std::move(reference));
            return found;
        }
    }
    if (const NameMention* person = personal && here.is_any(word, {"obj", "iobj", "obl"}) ? person_before(sentence, word) : nullptr; person != nullptr)
        return {named(sentence, word, person->entity, false)};
    if (const Reference* person = personal ? last_person(sentence, key, speaker) : nullptr; person != nullptr)
        return alone(*person);
    if (kThing.has(key) && !means_nothing && !recent_.empty() && is_of_main_subject(here, word) &&
        (recent_.back().type == EntityType::Organisation || recent_.back().type == EntityType::Place)) {
        return alone(recent_.back());
    }
    Reference vague = place_in_text(sentence, word);
    vague.mention.name = key;
    vague.is_vague = true;
    return {vague};
}

References Resolver::resolve_single(std::size_t sentence, int word, const std::optional<Reference>& speaker,
                                    bool is_place, int depth) const {
    const Tree& here = tree(sentence);
    if (const NameMention* mention = names_->at(sentence, word); mention != nullptr) {
        return {named(sentence, word, mention->entity, is_place)};
    }
    if (is_relative_pronoun(here, word)) {
        const int clause = here.head(word);
        const int antecedent = clause == Tree::kNone ? Tree::kNone : antecedent_of(here, clause);
        if (antecedent != Tree::kNone && antecedent != word && depth < kDeepest) {
            return resolve_single(sentence, antecedent, speaker, is_place, depth + 1);
        }
    }
    if (is_pronoun(here, word)) {
        std::vector<int> words{word};  // with all that is below what describes it: "those who pose a threat to the town"
        for (const int child : here.children(word)) {
            if (here.is_any(child, {"conj", "cc", "punct", "case"})) continue;
            std::ranges::copy(here.subtree(child), std::back_inserter(words));
        }
        std::ranges::sort(words);
        const bool described = here.has(word, "acl") && words.size() <= kLongestThose && words.front() == word;
        if (!described) return resolve_pronoun(sentence, word, speaker, depth);
        Reference those = place_in_text(sentence, word);
        those.mention.name = text::lower(join_words(here, words).substr(0, 1)) + join_words(here, words).substr(1);
        return {those};
    }
    for (const int child : here.children(word)) {  // "spokesman Matthew Miller" with the office as head
        const NameMention* name = here.is_any(child, {"appos", "flat"}) ? names_->at(sentence, child) : nullptr;
        const bool beside = child > word && (child <= word + 2 || (here.is(child, "appos") && here.has(child, "punct") && !is_plural(here, word)));
        const bool names_holder = lexicon::is_role_noun(here.lemma(word)) || (here.is(child, "appos") && lexicon::is_person_noun(here.lemma(word)) && !is_plural(here, word));
        if (name != nullptr && beside && names_holder && name->type == EntityType::Person) {
            return {named(sentence, word, name->entity, is_place)};
        }
    }
    if (const auto person = person_with_role(sentence, word); person) {
        return {named(sentence, word, static_cast<std::size_t>(*person), is_place)};
    }
    if (const auto organisation = organisation_with_noun(sentence, word); organisation) {
        return {named(sentence, word, static_cast<std::size_t>(*organisation), is_place)};
    }
    return {common(sentence, word)};
}

References Resolver::resolve(std::size_t sentence, int word, const std::optional<Reference>& speaker,
                             bool is_place) const {
    steps_left_ = kMostSteps;
    return resolve_all(sentence, word, speaker, is_place, 0);
}

References Resolver::resolve_all(std::size_t sentence, int word, const std::optional<Reference>& speaker, bool is_place,
                                 int depth) const {
    References result;
    const Tree& here = tree(sentence);
    const NameMention* whole = names_->at(sentence, word);
    for (const int conjunct : conjuncts(here, word)) {
        if (conjunct != word && whole != nullptr && names_->at(sentence, conjunct) == whole)
            continue;  // one name with "and"
        for (Reference& reference : resolve_single(sentence, conjunct, speaker, is_place, depth))
            result.push_back(std::move(reference));
    }
    return result;
}

Reference Resolver::resolve_one(std::size_t sentence, int word, const std::optional<Reference>& speaker) const {
    steps_left_ = kMostSteps;
    return resolve_single(sentence, word, speaker, false, 0).front();
}

void Resolver::finish_sentence(std::size_t sentence, const std::vector<bool>& quoted) {
    const Tree& here = tree(sentence);
    const auto is_main = [&](int word) { return here.head(word) >= 0 && here.head(here.head(word)) == Tree::kNone; };
    std::vector<Reference> people;
    for (int word = 0; word < here.size(); ++word) {
        if (quoted[static_cast<std::size_t>(word)] || !here.is(word, "nsubj")) continue;
        const Reference subject = resolve_one(sentence, word, std::nullopt);
        if (subject.is_vague) continue;
        if (is_main(word)) recent_.push_back(subject);
        const bool nameless = is_main(word) && !is_plural(here, subject.word) && !is_relative_pronoun(here, word);
        const bool is_person = subject.type == EntityType::Person && (subject.entity >= 0 || nameless);
        if (is_person) people.insert(is_main(word) ? people.end() : people.begin(), subject);
    }
    note_described(sentence);
    if (people.empty() && people_.empty()) {  // a person who is only mentioned is better than nobody
        for (int word = 0; word < here.size(); ++word) {
            const NameMention* mention = quoted[static_cast<std::size_t>(word)] ? nullptr : names_->at(sentence, word);
            const bool is_person = mention != nullptr && names_->entity(*mention).type == EntityType::Person;
            if (is_person && mention->last == word) people.push_back(named(sentence, word, mention->entity, false));
        }
    }
    for (const Reference& person : people) note_person(person);
    people_.insert(people_.end(), people.begin(), people.end());
}

void Resolver::note_person(const Reference& person) {
    if (person.entity < 0 || ++times_[person.entity] < kOftenNamed) return;
    const Gender gender = names_->entities()[static_cast<std::size_t>(person.entity)].gender;
    if (gender == Gender::Male) man_ = person;
    if (gender == Gender::Female) woman_ = person;
}

void Resolver::note_described(std::size_t sentence) {
    const Tree& here = tree(sentence);
    for (int word = 0; word < here.size(); ++word) {
        if (names_->at(sentence, word) != nullptr || !lexicon::is_person_noun(here.lemma(word)) ||
            is_definite(here, word))
            continue;
        Reference described = common(sentence, word);
        if (text::words(described.mention.name).size() > 1) described_.push_back(std::move(described));
    }
}

}  // namespace tercet::article
