#pragma once

#include "loaders/article/tree.hpp"

/// Who does or is what a predicate says.
namespace tercet::article {

/// The word that does or is what `predicate` says: its own subject, or the one it shares with the clause above
/// (conjunction, control, participle), relative pronouns replaced by what they stand for. kNone if nobody is named.
[[nodiscard]] int subject_of(const Tree& tree, int predicate);

/// The subject that hangs on the predicate itself, or kNone.
[[nodiscard]] int own_subject(const Tree& tree, int predicate);

/// The noun that a relative clause is about, for any predicate inside it; kNone outside of relative clauses.
[[nodiscard]] int antecedent_of(const Tree& tree, int predicate);

/// What a noun says that somebody is is that one: of "Kenya is a country that exports tea", "is on trial, charged with murder" Kenya.
[[nodiscard]] int bearer_of(const Tree& tree, int noun);

}  // namespace tercet::article
