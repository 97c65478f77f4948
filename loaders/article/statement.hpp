#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/metadata.hpp"

namespace tercet::article {

/// A phrase as the text has it, and the name that it goes by in the graph.
struct Mention {
    std::string name;       ///< canonical: "Matthew Miller", "international mission", "agree_to_allow"
    std::string text;       ///< surface: "he", "an international monitoring mission", "has agreed to allow"
    std::size_t begin = 0;  ///< bytes of the file as read; begin == end where the text has no such words
    std::size_t end = 0;
};

enum class Polarity { Positive, Negative };

enum class Modality { Asserted, Possible, Necessary, Desired, Intended, Future, Conditional, Question };

/// What an argument or a speaker is, as far as it is known.
enum class EntityType { Unknown, Person, Organisation, Place, Event, Concept, Date, Quantity };

/// One further argument: ("in", "New York").
struct Adjunct {
    std::string preposition;
    Mention argument;
};

/// Who did or is what, according to whom: one occurrence in one sentence.
struct Statement {
    std::size_t sentence = 0;  ///< index into ArticleStatements::sentences
    std::size_t begin = 0;     ///< bytes of the clause
    std::size_t end = 0;
    Mention subject;
    Mention predicate;
    Mention object;                 ///< empty name: no object
    bool object_is_clause = false;  ///< the object is what was said or decided, in words: no thing with a name
    EntityType subject_type = EntityType::Unknown;
    EntityType object_type = EntityType::Unknown;
    std::vector<Adjunct> extra;
    Polarity polarity = Polarity::Positive;
    Modality modality = Modality::Asserted;
    std::optional<std::string> attributed_to;  ///< canonical name of the speaker; none: the narrator
    std::optional<std::string> time;
    std::optional<std::string> place;
    double confidence = 0;  ///< 0 to 1
    std::string_view rule;  ///< name of the rule that made it; static storage

    /// Only what the article or a speaker plainly asserts becomes a plain triple.
    [[nodiscard]] bool is_asserted() const noexcept {
        return polarity == Polarity::Positive && modality == Modality::Asserted;
    }
};

/// Whether the first is the second without its object: same subject, predicate, speaker, polarity and modality.
[[nodiscard]] bool says_less(const Statement& less, const Statement& more) noexcept;

struct SourceSentence {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// Names of one entity in one article: the canonical one, how else it is called, and what it is.
struct Entity {
    std::string name;
    std::vector<std::string> aliases;
    EntityType type = EntityType::Unknown;
};

/// Everything that one article states.
struct ArticleStatements {
    Metadata about;
    std::vector<SourceSentence> sentences;
    std::vector<Entity> entities;
    std::vector<Statement> statements;  ///< by sentence, then by place in it

    /// Where this is only a part of the article: how many came before.
    std::size_t sentences_before = 0;
    std::size_t statements_before = 0;
};

/// Moves all offsets.
void shift(ArticleStatements& article, std::size_t bytes);

[[nodiscard]] std::string_view to_string(Polarity polarity) noexcept;
[[nodiscard]] std::string_view to_string(Modality modality) noexcept;
/// What to_string() writes, read back; nothing for other words.
[[nodiscard]] std::optional<Polarity> polarity_of(std::string_view name) noexcept;
[[nodiscard]] std::optional<Modality> modality_of(std::string_view name) noexcept;
[[nodiscard]] std::string_view to_string(EntityType type) noexcept;

}  // namespace tercet::article
