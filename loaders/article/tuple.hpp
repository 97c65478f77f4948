#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/tree.hpp"

namespace tercet::article {

/// What a sentence states, in its own words and as completely as it says it: the view that benchmarks of open
/// information extraction ask for. No reference is resolved and no name is canonical.
struct Tuple {
    std::string predicate;               ///< "was elected in"; "be" and "have" stand where the text has no verb
    std::vector<std::string> arguments;  ///< the subject first; prepositions stay in front of all but the second
    double confidence = 0;               ///< 0 to 1
    std::string_view rule;               ///< static storage
    int head = Tree::kNone;              ///< the word that the predicate is built on
    int subject = Tree::kNone;
};

/// All tuples of a sentence, by the place of their heads.
[[nodiscard]] std::vector<Tuple> find_tuples(const Tree& tree);

}  // namespace tercet::article
