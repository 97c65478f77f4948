#pragma once

#include "loaders/article/tree.hpp"

/// What a word of a tree is as a predicate, and what belongs to it.
namespace tercet::article {

/// Taggers that take a participle for a preposition ("overseen by") still give it a verb's fine tag.
[[nodiscard]] bool is_verb(const Tree& tree, int word);

/// Whether the word heads a clause: a verb in a clause's place, or anything with a copula or a subject.
[[nodiscard]] bool is_clause_head(const Tree& tree, int word);

/// "to leave", "to be a part", also "committed to leaving", but not "admitted to leaving", which has come about.
[[nodiscard]] bool is_infinitive(const Tree& tree, int predicate);

/// "who", "which", "that".
[[nodiscard]] bool is_relative_pronoun(const Tree& tree, int word);

/// Participle that stands for a passive: "overseen by", "the ceasefire maintained".
[[nodiscard]] bool is_passive_form(const Tree& tree, int word);

/// "claims the area, and after a war regained control": no adjective has an object.
[[nodiscard]] bool is_stray_verb(const Tree& tree, int word);

/// A clause that a copula only tells of.
[[nodiscard]] bool is_told_by_copula(const Tree& tree, int predicate);

/// An adjective that shares the copula of the one it is joined to.
[[nodiscard]] bool is_shared_quality(const Tree& tree, int word);

/// "made the city safe", "became independent": the adjective that tells what comes of it, a part of the predicate; or kNone.
[[nodiscard]] int quality_below(const Tree& tree, int verb);

/// "The trouble is that Kenya lacks water": the verb's own subject, beside that of the copula.
[[nodiscard]] int inner_subject(const Tree& tree, int predicate);

/// "came as the envoy met rebels": the subject behind "as", taken for an oblique of the verb above.
[[nodiscard]] int subject_behind_as(const Tree& tree, int predicate);

}  // namespace tercet::article
