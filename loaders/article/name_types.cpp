#include "loaders/article/name_types.hpp"

#include <algorithm>
#include <array>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kWhere = word_set("in", "at", "near", "across", "outside", "inside", "around", "throughout");
constexpr auto kWhereTo = word_set("from", "to", "into", "towards", "toward");
constexpr auto kAreas = word_set("city", "town", "village", "province", "district", "region", "area", "governorate", "river", "valley", "border",
                                 "airport", "island", "suburb", "neighbourhood", "neighborhood", "dam", "lake");
constexpr auto kSides = word_set("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outskirts", "centre", "center",
                                 "streets", "people", "liberation", "fall", "capture", "siege");

struct Votes {
    int person = 0;
    int organisation = 0;
    int place = 0;

    [[nodiscard]] EntityType winner() const {
        const int most = std::max({person, organisation, place});
        if (most <= 0) return EntityType::Unknown;
        if (place == most) return EntityType::Place;
        return organisation == most ? EntityType::Organisation : EntityType::Person;
    }
};

/// The word of the name that the others hang on.
int head_of(const Tree& tree, const NameMention& name) {
    for (int word = name.first; word <= name.last; ++word) {
        if (tree.head(word) < name.first || tree.head(word) > name.last) return word;
    }
    return name.last;
}

void vote(const Tree& tree, const NameMention& name, Votes& votes) {
    const int head = head_of(tree, name);
    const int parent = tree.head(head);
    const std::string preposition = tree.preposition(head);
    if (kWhere.has(preposition)) votes.place += 2;
    else if (kWhereTo.has(preposition)) votes.place += 1;
    if (parent != Tree::kNone) {
        const bool belongs = tree.is_any(head, {"compound", "nmod", "appos", "flat"});
        if (belongs && (kAreas.has(tree.lemma(parent)) || (preposition == "of" && kSides.has(tree.lemma(parent))))) votes.place += 3;
        const bool speaks = tree.is(head, "nsubj") && lexicon::is_say_verb(tree.lemma(parent));
        if (speaks) (name.last > name.first ? votes.person : votes.organisation) += 2;
    }
    if (tree.child_with_lemma(head, "the") != Tree::kNone) votes.organisation += 1;
    if (text::is_acronym(name.text)) votes.organisation += 2;
}

}  // namespace

EntityType type_by_words(const Tree& tree, int first, int last) {
    if (lexicon::is_organisation_noun(tree.lemma(last)) || lexicon::is_organisation_noun(tree.lemma(first))) return EntityType::Organisation;
    return lexicon::is_place_noun(tree.lemma(last)) ? EntityType::Place : EntityType::Unknown;
}

EntityType type_by_use(const std::vector<Tree>& trees, const std::vector<const NameMention*>& mentions) {
    Votes votes;
    for (const NameMention* mention : mentions) vote(trees[mention->sentence], *mention, votes);
    return votes.winner();
}

EntityType type_by_mentions(const std::vector<Tree>& trees, const std::vector<const NameMention*>& mentions) {
    Votes votes;
    bool told = false;
    for (const NameMention* mention : mentions) {
        told |= mention->type != EntityType::Unknown;
        if (mention->type == EntityType::Person) ++votes.person;
        if (mention->type == EntityType::Organisation) ++votes.organisation;
        if (mention->type == EntityType::Place) ++votes.place;
        const Tree& tree = trees[mention->sentence];
        if (kWhere.has(tree.preposition(head_of(tree, *mention)))) votes.place += 2;
    }
    return told ? votes.winner() : EntityType::Unknown;
}

}  // namespace tercet::article
