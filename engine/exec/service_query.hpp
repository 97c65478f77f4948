#pragma once

#include <string>
#include <vector>

#include "tercet/term.hpp"

namespace tercet::exec {

/// The query that an endpoint is sent: the pattern as it was written, joined with VALUES of the solutions here.
///
/// The solutions are numbered, and each row of the answer says which one it belongs to. So values may be left out (UNDEF) without
/// rows being found twice, and the endpoint may write equal values as it likes.
struct ServiceQuery {
    std::string declarations;        ///< BASE and PREFIX lines
    std::string group;               ///< with its braces
    std::vector<std::string> asked;  ///< variables wanted
    std::vector<std::string> given;  ///< variables of the solutions

    /// Whether the answer has the numbers of the solutions; without them every row belongs to the only one.
    [[nodiscard]] bool is_numbered() const { return !given.empty() || asked.empty(); }
    /// The variable of the numbers; the pattern does not use it.
    [[nodiscard]] std::string number() const;
    /// One row for each solution, with a value for each given variable; undefined: UNDEF.
    [[nodiscard]] std::string text(const std::vector<std::vector<Term>>& solutions) const;
};

/// Whether the term means the same elsewhere. Blank nodes and paths do not.
[[nodiscard]] bool can_be_sent(const Term& term);

}  // namespace tercet::exec
