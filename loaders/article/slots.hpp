#pragma once

#include <optional>
#include <string>

#include "loaders/article/sentence_context.hpp"

namespace tercet::article {

/// What the obliques of a clause say beside its object: further arguments, when, and where.
struct Slots {
    std::vector<Adjunct> extra;
    std::optional<std::string> time;  ///< ISO 8601 where the text allows it, else its words
    std::optional<std::string> place;
};
[[nodiscard]] Slots read_slots(const SentenceContext& context, const Clause& clause);

/// Obliques that are arguments: no times, no adverbs such as "in person", no "according to".
[[nodiscard]] bool is_argument(const SentenceContext& context, const Clause& clause, const Clause::Oblique& oblique);

/// Whether the phrase headed by the word tells when: a day, a month, a year, "yesterday".
[[nodiscard]] bool is_time(const Tree& tree, int word);

/// A preposition behind which a name is a place: in, at, from.
[[nodiscard]] bool is_locative(std::string_view preposition);

/// A preposition as part of a predicate: "because of" is because_of.
[[nodiscard]] std::string predicate_part(std::string_view preposition);

}  // namespace tercet::article
