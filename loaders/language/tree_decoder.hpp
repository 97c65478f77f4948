#pragma once

#include <vector>

namespace tercet::language {

/// The best tree for scores[word][head]: row 0 is the root and unused, heads count from 0 for the root.
///
/// Every word gets a head, there is no cycle, and exactly one word hangs on the root. Greedy where that is a tree already, else
/// Chu-Liu-Edmonds (McDonald et al. 2005), tried with every root when several words want it. O(n^3) at worst per root.
[[nodiscard]] std::vector<int> decode_tree(const std::vector<std::vector<float>>& scores);

}  // namespace tercet::language
