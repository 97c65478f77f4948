#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loaders/article/names.hpp"
#include "loaders/article/statement.hpp"
#include "loaders/article/tree.hpp"

namespace tercet::article {

/// What a phrase of the text refers to.
struct Reference {
    Mention mention;
    EntityType type = EntityType::Unknown;
    int entity = -1;        ///< index into Names::entities(), -1 for things without a name
    bool is_vague = false;  ///< a pronoun whose referent the text does not tell
    std::size_t sentence = 0;
    int word = Tree::kNone;
};

/// Finds out what phrases refer to, sentence by sentence from the start: names, pronouns, "the spokesman".
///
/// Holds who was last spoken of, so it is asked in the order of the text; finish_sentence() ends each sentence.
class Resolver {
public:
    /// All must outlive this.
    Resolver(const std::vector<Tree>& trees, const Names& names, std::string_view text)
        : trees_(&trees), names_(&names), text_(text) {}

    /// What the phrase headed by the word refers to, several things if it is coordinated.
    /// `speaker` is whose words it stands in, for "I" and "we"; `is_place` says that it tells where something is.
    [[nodiscard]] std::vector<Reference> resolve(std::size_t sentence, int word,
                                                 const std::optional<Reference>& speaker, bool is_place = false) const;
    /// The same for one thing: the first.
    [[nodiscard]] Reference resolve_one(std::size_t sentence, int word, const std::optional<Reference>& speaker) const;

    /// Remembers whom the sentence is about. `quoted` tells which words stand in quotation marks.
    void finish_sentence(std::size_t sentence, const std::vector<bool>& quoted);

private:
    void note_described(std::size_t sentence);
    void note_person(const Reference& person);
    [[nodiscard]] const Tree& tree(std::size_t sentence) const { return (*trees_)[sentence]; }
    [[nodiscard]] std::vector<Reference> resolve_all(std::size_t sentence, int word,
                                                     const std::optional<Reference>& speaker, bool is_place,
                                                     int depth) const;
    [[nodiscard]] std::vector<Reference> resolve_single(std::size_t sentence, int word,
                                                        const std::optional<Reference>& speaker, bool is_place,
                                                        int depth) const;
    [[nodiscard]] std::vector<Reference> resolve_pronoun(std::size_t sentence, int word,
                                                         const std::optional<Reference>& speaker, int depth) const;
    [[nodiscard]] std::vector<Reference> subjects_above(std::size_t sentence, int word,
                                                        const std::optional<Reference>& speaker, int depth) const;
    [[nodiscard]] bool may_mean(std::string_view pronoun, const Reference& person) const;
    [[nodiscard]] const Reference* last_person(std::size_t sentence, std::string_view pronoun,
                                               const std::optional<Reference>& speaker) const;
    [[nodiscard]] const NameMention* person_before(std::size_t sentence, int word) const;
    [[nodiscard]] std::optional<int> organisation_with_noun(std::size_t sentence, int word) const;
    [[nodiscard]] std::optional<int> person_with_role(std::size_t sentence, int word) const;
    [[nodiscard]] Reference named(std::size_t sentence, int word, std::size_t entity, bool is_place) const;
    [[nodiscard]] Reference common(std::size_t sentence, int word) const;
    [[nodiscard]] Reference place_in_text(std::size_t sentence, int word) const;
    [[nodiscard]] Reference at(std::size_t sentence, int word, Reference other) const;

    const std::vector<Tree>* trees_;
    const Names* names_;
    std::string_view text_;
    mutable int steps_left_ = 0;        ///< of the search for what one phrase refers to: pronouns that stand for lists of pronouns
    std::vector<Reference> recent_;     ///< main subjects of the sentences so far, latest last
    std::vector<Reference> people_;     ///< subjects of sentences, the most prominent last
    std::unordered_map<int, int> times_;      ///< that somebody with a name was among them
    std::optional<Reference> man_, woman_;    ///< the last one of whom that is often
    std::vector<Reference> described_;  ///< people without names: "senior administration official"
};

}  // namespace tercet::article
