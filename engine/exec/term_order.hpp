#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/exec/term_pool.hpp"
#include "engine/model/numeric.hpp"

namespace tercet::exec {

/// A term's place in the order of ORDER BY, taken apart once so that comparing is cheap.
///
/// Unbound, blank nodes, IRIs, literals, triple terms, paths (SPARQL 1.2 section 15.1); of paths the cheaper, then the shorter first. The order of literals is extended to all of
/// them so that it is total: booleans, numbers, dates, strings, language strings, others; by value within each. Equal values of
/// different terms (1 and 1.0) are equivalent, so that the next key decides.
class SortKey {
public:
    SortKey(TermId id, TermPool& pool);
    /// What it takes, itself included, about.
    [[nodiscard]] std::size_t bytes() const;
    friend std::weak_ordering operator<=>(const SortKey& a, const SortKey& b);
    friend bool operator==(const SortKey& a, const SortKey& b) { return (a <=> b) == 0; }

private:
    void read_literal(Term literal);
    static std::weak_ordering compare_numbers(const SortKey& a, const SortKey& b);

    int kind_ = 0;                ///< of term, and of literal
    double real_ = 0;             ///< of a number
    std::unique_ptr<Numeric> exact_;  ///< of a number that no double is
    std::pair<std::int64_t, std::int64_t> instant_;  ///< of a date; the first part, too, of what is one small number
    std::string text_, qualifier_;
    std::vector<SortKey> parts_;  ///< of a triple term, or a path
};

/// Ranks for terms: the smaller comes first, equivalent terms have the same. One for every id of `ids`, at its place.
[[nodiscard]] std::vector<std::uint32_t> rank_terms(const std::vector<TermId>& ids, TermPool& pool, const CancelToken& cancel);

}  // namespace tercet::exec
