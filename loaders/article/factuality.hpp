#pragma once

#include "loaders/article/statement.hpp"
#include "loaders/article/tree.hpp"

namespace tercet::article {

/// Whether a clause is stated as so, as not so, or as something wished, possible, conditional, asked.
struct Factuality {
    Polarity polarity = Polarity::Positive;
    Modality modality = Modality::Asserted;
};

/// What the words of the clause and everything above it in the sentence make of it.
///
/// `as_chain`: the predicate is named together with the verb above it (agree_to_allow), so that this verb's own
/// meaning is in the name already.
[[nodiscard]] Factuality factuality_of(const Tree& tree, int predicate, bool as_chain);

/// Whether the verb has a direct object. The "that" of "statements that Russia failed to act" is none.
[[nodiscard]] bool has_object(const Tree& tree, int verb);

/// The verb above an infinitive with which it makes one predicate: agree (to allow), ready (to support). kNone if it
/// stands alone. A verb of aspect counts too.
[[nodiscard]] int chain_head(const Tree& tree, int predicate);

/// Whether the word only says how the infinitive below it unfolds, or that it must or can be: continue, able, going.
[[nodiscard]] bool is_light_chain(const Tree& tree, int word);

}  // namespace tercet::article
