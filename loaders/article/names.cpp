#include "loaders/article/names.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/name_types.hpp"
#include "loaders/article/name_runs.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kLocative = word_set("in", "at", "near", "inside", "outside", "across", "into", "from", "around");
constexpr auto kMaleWords = word_set("mr", "mr.", "sir", "lord", "king", "prince", "duke", "father", "dad", "grandfather", "brother", "son",
                                     "husband", "uncle", "nephew", "boy", "he", "him", "his", "himself");
constexpr auto kFemaleWords = word_set("mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame", "queen", "princess", "duchess", "mother", "mum",
                                       "mom", "grandmother", "sister", "daughter", "wife", "widow", "aunt", "niece", "girl", "she", "her",
                                       "hers", "herself", "actress", "madam");
constexpr auto kSmall = word_set("of", "the", "for", "and", "to");
constexpr std::size_t kMostRoles = 50;  ///< different ones of one person that are kept

std::string without_article(std::string_view name) {
    for (const std::string_view article : {"the ", "The "}) {
        if (name.starts_with(article)) return std::string(name.substr(article.size()));
    }
    return std::string(name);
}

/// What the tagger of names takes most words of the name for, where it sees no more than the name.
EntityType tagged_type(const Tree& tree, const NameRun& run) {
    static constexpr std::array kTypes{EntityType::Unknown, EntityType::Person, EntityType::Organisation, EntityType::Place, EntityType::Unknown};
    const auto goes_on = [&](int word) { return word < tree.size() && tree[word].name != language::NameKind::None && !tree[word].begins_name; };
    if (goes_on(run.first) || goes_on(run.end)) return EntityType::Unknown;
    std::array<int, kTypes.size()> votes{};
    for (int i = run.first; i < run.end; ++i) ++votes[static_cast<std::size_t>(tree[i].name)];
    return kTypes[static_cast<std::size_t>(std::ranges::max_element(votes) - votes.begin())];
}

bool has_tagged_names(const Tree& tree) {
    return std::ranges::any_of(tree.sentence().words, [](const language::Word& word) { return word.name != language::NameKind::None; });
}

/// What a name looks like that nothing else tells of.
EntityType type_by_looks(const Tree& tree, const NameRun& run, std::string_view name) {
    if (run.end - run.first == 1 && text::is_acronym(name)) return EntityType::Organisation;
    for (int i = run.first; i < run.end; ++i) {
        if (kLocative.has(tree.preposition(i))) return EntityType::Place;
    }
    const auto words = text::words(name);
    const bool is_flat =
        std::ranges::any_of(tree.children(run.first), [&](int child) { return tree.is(child, "flat"); });
    return words.size() >= 2 && words.size() <= 4 && is_flat ? EntityType::Person : EntityType::Unknown;
}

/// "his lawyer, Rui Teles": the name explains a noun that persons are called by.
bool explains_person(const Tree& tree, const NameRun& run) {
    for (int word = run.first; word < run.end; ++word) {
        const int head = tree.head(word);
        if (head >= 0 && head < run.first) return tree.is(word, "appos") && lexicon::is_person_noun(tree.lemma(head));
    }
    return false;
}

/// `is_tagged`: the tagger has read the text, so what it marks nowhere as a name of a kind has none.
EntityType type_of(const Tree& tree, const NameRun& run, std::string_view name, bool is_tagged) {
    if (run.has_role()) return EntityType::Person;
    const EntityType tagged = tagged_type(tree, run);
    const bool is_state = lexicon::country_by_name(name) != nullptr || lexicon::country_by_capital(name) != nullptr;
    if (is_state) return tagged == EntityType::Organisation ? tagged : EntityType::Place;
    if (const EntityType told = type_by_words(tree, run.first, run.end - 1); told != EntityType::Unknown) return told;
    if (explains_person(tree, run)) return EntityType::Person;
    if (tagged == EntityType::Person && text::is_acronym(name)) return EntityType::Organisation;
    return is_tagged ? tagged : type_by_looks(tree, run, name);
}

/// Words of an organisation's name that tell it from others, its country apart: {department, state}.
std::set<std::string> key_words(std::string_view name) {
    std::set<std::string> key;
    for (const std::string_view word : text::words(name)) {
        const std::string lowered = text::lower(word);
        const bool country = lexicon::country_by_name(word) != nullptr || lexicon::country_by_demonym(word) != nullptr;
        if (!country && !kSmall.has(lowered)) key.insert(lowered);
    }
    return key;
}

std::string joined(const std::set<std::string>& words) {
    std::string result;
    for (const std::string& word : words) (result += word) += ' ';
    return result;
}

std::string country_in(std::string_view name) {
    const auto words = text::words(name);
    for (const std::string_view word : words) {
        if (const auto* country = lexicon::country_by_demonym(word); country != nullptr)
            return std::string(country->name);
        if (const auto* country = lexicon::country_by_name(word); country != nullptr) return std::string(country->name);
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string pair = std::string(words[i]) + ' ' + std::string(words[i + 1]);
        if (const auto* country = lexicon::country_by_name(pair); country != nullptr) return std::string(country->name);
        if (const auto* country = lexicon::country_by_demonym(pair); country != nullptr)
            return std::string(country->name);
    }
    return {};
}

bool is_government(std::string_view name, std::string& country) {
    const auto words = text::words(name);
    const bool government =
        std::ranges::any_of(words, [](std::string_view word) { return text::lower(word) == "government"; });
    country = government && words.size() <= 4 ? country_in(name) : std::string();
    return !country.empty();
}

/// The tagger takes a surname by itself for a place now and then.
bool may_be_surname(const NameMention& mention) {
    return mention.type == EntityType::Place && !mention.is_where && mention.first == mention.last && lexicon::country_by_capital(mention.text) == nullptr;
}

}  // namespace

std::string country_of(std::string_view text) {
    const std::string plain = without_article(text);
    for (const auto* country :
         {lexicon::country_by_name(plain), lexicon::country_by_demonym(plain), lexicon::country_by_capital(plain)}) {
        if (country != nullptr) return std::string(country->name);
    }
    return plain;
}

Gender gender_of(std::string_view word) {
    if (kFemaleWords.has(word) || word.ends_with("woman")) return Gender::Female;
    return kMaleWords.has(word) || word.ends_with("man") ? Gender::Male : Gender::Unknown;
}

Names::Names(const std::vector<Tree>& trees, std::string_view text) : is_tagged_(std::ranges::any_of(trees, has_tagged_names)) {
    for (std::size_t i = 0; i < trees.size(); ++i) {
        mention_at_.emplace_back(static_cast<std::size_t>(trees[i].size()), -1);
        find_mentions(i, trees[i], text);
    }
    link_mentions();
    settle_genders(trees);
    tell_namesakes_apart();
    note_aliases_and_roles();
    settle_types(trees);
}

/// Where no title tells, the given name in the fullest form of the name does.
void Names::settle_genders(const std::vector<Tree>& trees) {
    for (const NameMention& mention : mentions_) {
        NamedEntity& entity = entities_[mention.entity];
        if (entity.gender == Gender::Unknown && entity.name == mention.text) entity.gender = trees[mention.sentence][mention.first].gender;
    }
}

/// One name means one thing throughout: what most mentions are taken for. Countries stay places, although a mention may be of their
/// government.
void Names::settle_types(const std::vector<Tree>& trees) {
    std::vector<std::vector<NameMention*>> of_entity(entities_.size());
    for (NameMention& mention : mentions_) of_entity[mention.entity].push_back(&mention);
    for (std::size_t i = 0; i < entities_.size(); ++i) {
        NamedEntity& entity = entities_[i];
        if (entity.country == entity.name || entity.is_capital) continue;
        const std::vector<const NameMention*> mentions(of_entity[i].begin(), of_entity[i].end());
        if (entity.roles.empty() && is_tagged_) entity.type = type_by_mentions(trees, mentions);
        else if (entity.type == EntityType::Unknown) entity.type = type_by_use(trees, mentions);
        for (NameMention* mention : of_entity[i]) mention->type = entity.type;
    }
}

void Names::find_mentions(std::size_t sentence, const Tree& tree, std::string_view text) {
    const auto mark = [&](int first, int end) {
        for (int i = first; i < end; ++i)
            mention_at_[sentence][static_cast<std::size_t>(i)] = static_cast<int>(mentions_.size());
    };
    const auto add = [&](NameMention mention, int first, int end) {
        mark(first, end);
        mentions_.push_back(std::move(mention));
        return static_cast<int>(mentions_.size()) - 1;
    };
    for (const NameRun& run : find_name_runs(tree)) {
        NameMention name;
        name.sentence = sentence;
        if (run.has_role()) name.role.title = text::lower(words_text(tree, run.role_first, run.affairs_first, text));
        if (run.has_organisation()) {
            NameMention organisation;
            organisation.sentence = sentence;
            organisation.first = organisation.title_first = run.organisation_first;
            organisation.last = run.role_first - 1;
            organisation.text = without_article(words_text(tree, run.organisation_first, run.role_first, text));
            const NameRun plain{run.organisation_first, run.organisation_first, run.organisation_first,
                                run.organisation_first, run.role_first};
            organisation.type = type_of(tree, plain, organisation.text, is_tagged_);
            name.role.organisation = organisation.text;
            name.organisation = add(std::move(organisation), run.organisation_first, run.role_first);
        }
        if (!run.has_name()) continue;
        if (name.role.organisation.empty() && run.has_role() && run.role_first >= 2 &&
            tree.has_tag(run.role_first - 1, "PART")) {  // "Biden's press secretary X"
            name.organisation = mention_at_[sentence][static_cast<std::size_t>(run.role_first - 2)];
            if (name.organisation >= 0)
                name.role.organisation = mentions_[static_cast<std::size_t>(name.organisation)].text;
        }
        name.first = run.first;
        name.last = run.end - 1;
        name.title_first = run.role_first;
        name.text = without_article(words_text(tree, run.first, run.end, text));
        name.type = type_of(tree, run, name.text, is_tagged_);
        name.gender = gender_of(name.role.title);
        for (int i = run.first; i < run.end; ++i) name.is_where |= kLocative.has(tree.preposition(i));
        if (lexicon::is_honorific(name.role.title)) name.role.title.clear();
        add(std::move(name), run.role_first, run.end);
    }
}

std::span<const NameMention> Names::mentions_within(std::size_t first_sentence, std::size_t last_sentence) const {
    const auto begin = std::ranges::lower_bound(mentions_, first_sentence, {}, &NameMention::sentence);
    const auto end = std::ranges::upper_bound(mentions_, last_sentence, {}, &NameMention::sentence);
    return {begin, end};
}

const NameMention* Names::at(std::size_t sentence, int word) const {
    const int found = mention_at_[sentence][static_cast<std::size_t>(word)];
    return found < 0 ? nullptr : &mentions_[static_cast<std::size_t>(found)];
}

int Names::find(std::string_view name) const {
    const auto found = index_.named(name);
    return found ? static_cast<int>(*found) : -1;
}

void Names::add_role(std::size_t entity, Role role) {
    NamedEntity& holder = entities_[entity];
    if (holder.country.empty()) holder.country = country_in(role.organisation);
    if (const auto* capital_of = lexicon::country_by_capital(role.organisation); capital_of != nullptr) {
        holder.country = capital_of->name;
    }
    if (holder.country.empty() && find(role.organisation) >= 0) {
        holder.country = entities_[static_cast<std::size_t>(find(role.organisation))].country;
    }
    holder.type = EntityType::Person;
    const bool is_known = std::ranges::find(holder.roles, role) != holder.roles.end();
    if (!is_known && holder.roles.size() < kMostRoles) holder.roles.push_back(std::move(role));
}

std::size_t Names::add_entity(NamedEntity entity) {
    const std::size_t number = entities_.size();
    index_.add_name(entity.name, number);
    entities_.push_back(std::move(entity));
    index_type(number);
    return number;
}

void Names::index_type(std::size_t number) {
    const NamedEntity& entity = entities_[number];
    if (entity.type == EntityType::Person) index_.add_person(entity.name, number);
    if (entity.type == EntityType::Organisation) index_.add_organisation(entity.name, joined(key_words(entity.name)), number);
}

/// The first of the entities that the name may stand for.
std::optional<std::size_t> Names::known_entity(const NameMention& mention) const {
    std::vector<std::optional<std::size_t>> found{index_.named(mention.text)};
    if (mention.type == EntityType::Person || mention.type == EntityType::Unknown || may_be_surname(mention)) found.push_back(index_.person_ending_in(mention.text));
    if (text::is_acronym(mention.text)) found.push_back(index_.organisation_spelt(mention.text));
    const auto words = key_words(mention.text);
    if (mention.type == EntityType::Organisation && words.size() >= 2) {
        const std::string own = country_in(mention.text);
        const auto same_country = [&](std::size_t i) { return own.empty() || entities_[i].country.empty() || own == entities_[i].country; };
        const auto& alike = index_.organisations_with_key(joined(words));
        const auto same = std::ranges::find_if(alike, same_country);
        if (same != alike.end()) found.push_back(*same);
    }
    std::erase(found, std::nullopt);
    return found.empty() ? std::nullopt : *std::ranges::min_element(found);
}

std::size_t Names::entity_of(const NameMention& mention) {
    std::string country;
    const lexicon::Country* by_name = lexicon::country_by_name(mention.text);
    if (by_name == nullptr) by_name = lexicon::country_by_demonym(mention.text);
    if (by_name != nullptr) country = by_name->name;
    if (!country.empty() || is_government(mention.text, country)) {
        if (const int known = find(country); known >= 0) return static_cast<std::size_t>(known);
        return add_entity({country, {}, EntityType::Place, {}, country, false, Gender::Unknown});
    }
    if (const auto known = known_entity(mention); known) return *known;
    NamedEntity entity{mention.text, {}, mention.type, {}, {}, false, mention.gender};
    if (mention.type == EntityType::Organisation) entity.country = country_in(mention.text);
    if (entity.country.empty()) entity.country = lexicon::country_of_institution(mention.text);
    if (const auto* capital_of = lexicon::country_by_capital(mention.text); capital_of != nullptr) {
        entity.country = capital_of->name;
        entity.is_capital = true;
        entity.type = EntityType::Place;
    }
    return add_entity(std::move(entity));
}

/// A surname that several have is of the one whom the article named first; others it names in full, or with "Mr" and "Ms".
void Names::tell_namesakes_apart() {
    std::vector<std::size_t> first_named(entities_.size(), mentions_.size());
    for (std::size_t i = mentions_.size(); i-- > 0;) first_named[mentions_[i].entity] = i;
    for (NameMention& mention : mentions_) {
        const NamedEntity& linked = entities_[mention.entity];
        if (linked.type != EntityType::Person || linked.name == mention.text) continue;
        const auto may_be = [&](std::size_t other) {
            const Gender gender = entities_[other].gender;
            return mention.gender == Gender::Unknown || gender == Gender::Unknown || gender == mention.gender;
        };
        std::optional<std::size_t> best;
        for (const std::size_t other : index_.persons_ending_in(mention.text)) {
            if (may_be(other) && (!best || first_named[other] < first_named[*best])) best = other;
        }
        if (best) mention.entity = *best;
    }
}

void Names::link_mentions() {
    struct Ordered {
        NameMention* mention;
        std::size_t words;
    };
    // Long names first, so that short ones find them wherever they stand.
    std::vector<Ordered> order;
    for (NameMention& mention : mentions_) order.push_back({&mention, text::words(mention.text).size()});
    std::ranges::stable_sort(order, [](const Ordered& a, const Ordered& b) {
        if (a.words != b.words) return a.words > b.words;
        return a.mention->type == EntityType::Person && b.mention->type != EntityType::Person;
    });
    for (const auto& [mention, words] : order) {
        mention->entity = entity_of(*mention);
        NamedEntity& entity = entities_[mention->entity];
        if (entity.type == EntityType::Unknown && mention->type != EntityType::Unknown) {
            entity.type = mention->type;
            index_type(mention->entity);
        }
        const bool is_plain = index_.persons_ending_in(mention->text).size() < 2;  // nobody else could be meant
        if (entity.gender == Gender::Unknown && is_plain) entity.gender = mention->gender;
        if (entity.type == EntityType::Person && may_be_surname(*mention)) mention->type = EntityType::Person;
        if (entity.name != mention->text) index_.add_name(mention->text, mention->entity);
    }
}

/// What the mentions say of whom they mean.
void Names::note_aliases_and_roles() {
    std::set<std::pair<std::size_t, std::string_view>> known_aliases;
    for (const NameMention& mention : mentions_) {
        NamedEntity& entity = entities_[mention.entity];
        if (entity.name != mention.text && known_aliases.emplace(mention.entity, mention.text).second) entity.aliases.push_back(mention.text);
    }
    for (const NameMention& mention : mentions_) {
        if (!mention.role.title.empty()) add_role(mention.entity, mention.role);
    }
}

}  // namespace tercet::article
