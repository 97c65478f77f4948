#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tercet::article {

/// How people may write a predicate in a query, beside its canonical form: "agree_to" is also "agrees to", "agreed to".
/// Blanks instead of underscores; the form itself is not among them.
[[nodiscard]] std::vector<std::string> predicate_aliases(std::string_view predicate);

/// The verb of an irregular past form or participle ("fled" is flee); empty for other words.
[[nodiscard]] std::string_view verb_of_past(std::string_view form);

/// The predicates that a chain belongs to, nearest first: agree_to for agree_to_allow.
[[nodiscard]] std::vector<std::string> chain_heads(std::string_view predicate);

}  // namespace tercet::article
