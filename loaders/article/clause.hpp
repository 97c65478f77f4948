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

/// A verb that lives on in the predicate of the infinitive below it ("agreed to allow"), and has nothing of its own to say.
[[nodiscard]] bool is_absorbed(const Tree& tree, const Clause& clause);

}  // namespace tercet::article
