#pragma once

#include <string>
#include <vector>

#include "loaders/article/statement.hpp"
#include "loaders/article/tree.hpp"

namespace tercet::article {

/// A predicate with what belongs to it, still as words of one sentence.
struct Clause {
    enum class Kind {
        Verb,         ///< supports X, is relied on
        Copula,       ///< is a partner, is concerned about X, is in Y
        Existential,  ///< there is X
    };
    struct Oblique {
        int word = Tree::kNone;
        std::string preposition;  ///< empty for "met on Friday" without "on", and other bare adverbial nouns
    };

    Kind kind = Kind::Verb;
    int head = Tree::kNone;
    bool is_passive = false;
    bool is_subject_inherited = false;
    int subject = Tree::kNone;  ///< coordination not yet split
    int agent = Tree::kNone;    ///< of a passive: by whom
    std::vector<int> objects;   ///< direct ones; of a copula nothing
    std::vector<Oblique> obliques;
    int complement = Tree::kNone;      ///< head of the clause that is its object: "announced that ..."
    std::string predicate;             ///< normal form without the oblique's preposition: agree_to_allow, be_found
    std::vector<int> predicate_words;  ///< in order
    Polarity polarity = Polarity::Positive;
    Modality modality = Modality::Asserted;
};

/// All clauses of a sentence, by the place of their heads.
[[nodiscard]] std::vector<Clause> find_clauses(const Tree& tree);

/// The word that does or is what `predicate` says: its own subject, or the one it shares with the clause above
/// (conjunction, control, participle), relative pronouns replaced by what they stand for. kNone if nobody is named.
[[nodiscard]] int subject_of(const Tree& tree, int predicate);

/// Whether the word heads a clause: a verb in a clause's place, or anything with a copula or a subject.
[[nodiscard]] bool is_clause_head(const Tree& tree, int word);

/// The noun that a relative clause is about, for any predicate inside it; kNone outside of relative clauses.
[[nodiscard]] int antecedent_of(const Tree& tree, int predicate);

/// "to leave", "to be a part", also "committed to leaving", but not "admitted to leaving", which has come about.
[[nodiscard]] bool is_infinitive(const Tree& tree, int predicate);

/// An adjective that shares the copula of the one it is joined to.
[[nodiscard]] bool is_shared_quality(const Tree& tree, int word);

/// "made the city safe", "became independent": the adjective that tells what comes of it, a part of the predicate; or kNone.
[[nodiscard]] int quality_below(const Tree& tree, int verb);

[[nodiscard]] bool is_relative_pronoun(const Tree& tree, int word);

/// A verb that lives on in the predicate of the infinitive below it ("agreed to allow"), and has nothing of its own to say.
[[nodiscard]] bool is_absorbed(const Tree& tree, const Clause& clause);

}  // namespace tercet::article
