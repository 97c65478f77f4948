#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/name_index.hpp"
#include "loaders/article/statement.hpp"
#include "loaders/article/tree.hpp"

namespace tercet::article {

/// An office that somebody holds: ("prime minister", "of", "Armenia").
struct Role {
    std::string title;  ///< in lower case
    std::string preposition;
    std::string organisation;  ///< as the text has it; empty if it does not tell

    bool operator==(const Role&) const = default;
};

using language::Gender;

/// A name in the text, with the title in front of it.
struct NameMention {
    std::size_t sentence = 0;
    int first = 0;        ///< first word of the name itself
    int last = 0;         ///< last word of it
    int title_first = 0;  ///< first word of title and name together
    std::string text;
    EntityType type = EntityType::Unknown;  ///< its entity's, but that a country may stand for its government, an organisation
    Role role;
    Gender gender = Gender::Unknown;
    bool is_where = false;  ///< stands behind "in", "at", "from"
    int organisation = -1;  ///< index of the mention that role.organisation is, if it is one
    std::size_t entity = 0;
};

/// Somebody or something with a name, over the whole article.
struct NamedEntity {
    std::string name;  ///< the fullest one
    std::vector<std::string> aliases;
    EntityType type = EntityType::Unknown;
    std::vector<Role> roles;
    std::string country;  ///< for whom a person or office speaks; for a capital, its country; empty if unknown
    bool is_capital = false;
    Gender gender = Gender::Unknown;  ///< as a title tells (Mr, spokeswoman), else the given name
};

/// All names of an article and who they belong to.
///
/// "Miller" is Matthew Miller, "State Department" the U.S. Department of State, "UNGA" the UN General Assembly, and
/// "U.S." the United States.
class Names {
public:
    /// `text` is what the sentences' offsets count in. Both must outlive this.
    Names(const std::vector<Tree>& trees, std::string_view text);

    /// The name that a word belongs to, its title included; null for other words.
    [[nodiscard]] const NameMention* at(std::size_t sentence, int word) const;
    [[nodiscard]] const std::vector<NameMention>& mentions() const noexcept { return mentions_; }
    [[nodiscard]] std::span<const NameMention> mentions_within(std::size_t first_sentence, std::size_t last_sentence) const;
    [[nodiscard]] const std::vector<NamedEntity>& entities() const noexcept { return entities_; }
    [[nodiscard]] const NamedEntity& entity(const NameMention& mention) const { return entities_[mention.entity]; }

    /// The entity of a name that is written elsewhere, or -1.
    [[nodiscard]] int find(std::string_view name) const;
    /// Notes that somebody holds an office, as an apposition says. Said again it is no other one.
    void add_role(std::size_t entity, Role role);

private:
    void find_mentions(std::size_t sentence, const Tree& tree, std::string_view text);
    void link_mentions();
    void tell_namesakes_apart();
    void note_aliases_and_roles();
    void settle_types(const std::vector<Tree>& trees);
    void settle_genders(const std::vector<Tree>& trees);
    std::size_t entity_of(const NameMention& mention);
    [[nodiscard]] std::optional<std::size_t> known_entity(const NameMention& mention) const;
    std::size_t add_entity(NamedEntity entity);
    void index_type(std::size_t number);

    bool is_tagged_ = false;  ///< the tagger of names found some in the text
    std::vector<std::vector<int>> mention_at_;  ///< by sentence and word: index or -1
    std::vector<NameMention> mentions_;
    std::vector<NamedEntity> entities_;
    NameIndex index_;
};

/// What an office's or a pronoun's word tells: spokeswoman, Mr, she.
[[nodiscard]] Gender gender_of(std::string_view word);

/// The country that an office or an adjective in front of a title stands for; the text itself if it is none.
[[nodiscard]] std::string country_of(std::string_view text);

}  // namespace tercet::article
