#include "loaders/language/tree_decoder.hpp"

#include <algorithm>
#include <limits>

namespace tercet::language {
namespace {

using Scores = std::vector<std::vector<float>>;
constexpr float kNever = -1e30F;

/// The nodes of a cycle among the heads, or none.
std::vector<int> find_cycle(const std::vector<int>& heads) {
    const int n = static_cast<int>(heads.size());
    std::vector<int> seen(heads.size(), 0);
    for (int start = 1; start < n; ++start) {
        int node = start;
        while (node > 0 && seen[static_cast<std::size_t>(node)] == 0) {
            seen[static_cast<std::size_t>(node)] = start;
            node = heads[static_cast<std::size_t>(node)];
        }
        if (node <= 0 || seen[static_cast<std::size_t>(node)] != start) continue;
        std::vector<int> cycle{node};
        for (int next = heads[static_cast<std::size_t>(node)]; next != node; next = heads[static_cast<std::size_t>(next)]) cycle.push_back(next);
        return cycle;
    }
    return {};
}

std::vector<int> greedy(const Scores& scores) {
    std::vector<int> heads(scores.size(), -1);
    for (std::size_t i = 1; i < scores.size(); ++i) {
        heads[i] = static_cast<int>(std::max_element(scores[i].begin(), scores[i].end()) - scores[i].begin());
    }
    return heads;
}

/// Chu-Liu-Edmonds: contracts one cycle, solves the smaller problem, and opens the cycle where it was entered.
std::vector<int> maximum_tree(const Scores& scores) {
    std::vector<int> heads = greedy(scores);
    const std::vector<int> cycle = find_cycle(heads);
    if (cycle.empty()) return heads;

    const std::size_t n = scores.size();
    std::vector<bool> inside(n, false);
    for (const int node : cycle) inside[static_cast<std::size_t>(node)] = true;
    std::vector<std::size_t> old_of;  // node of the contracted problem -> node; the cycle comes last
    for (std::size_t i = 0; i < n; ++i) {
        if (!inside[i]) old_of.push_back(i);
    }
    const std::size_t merged = old_of.size();
    Scores smaller(merged + 1, std::vector<float>(merged + 1, kNever));
    std::vector<std::size_t> leaves_at(merged + 1), enters_at(merged + 1);
    for (std::size_t i = 0; i < merged; ++i) {
        for (std::size_t j = 0; j < merged; ++j) smaller[i][j] = scores[old_of[i]][old_of[j]];
        for (const int c : cycle) {
            const auto node = static_cast<std::size_t>(c);
            if (scores[old_of[i]][node] > smaller[i][merged]) {  // from the cycle to a word outside
                smaller[i][merged] = scores[old_of[i]][node];
                leaves_at[i] = node;
            }
            const float gain = scores[node][old_of[i]] - scores[node][static_cast<std::size_t>(heads[node])];
            if (gain > smaller[merged][i]) {  // from outside into the cycle
                smaller[merged][i] = gain;
                enters_at[i] = node;
            }
        }
    }
    const std::vector<int> solved = maximum_tree(smaller);
    for (std::size_t i = 1; i < merged; ++i) {
        const auto head = static_cast<std::size_t>(solved[i]);
        heads[old_of[i]] = static_cast<int>(head == merged ? leaves_at[i] : old_of[head]);
    }
    const auto entry = static_cast<std::size_t>(solved[merged]);
    heads[enters_at[entry]] = static_cast<int>(old_of[entry]);
    return heads;
}

std::size_t roots(const std::vector<int>& heads) {
    return static_cast<std::size_t>(std::count(heads.begin() + 1, heads.end(), 0));
}

float total(const Scores& scores, const std::vector<int>& heads) {
    float sum = 0;
    for (std::size_t i = 1; i < heads.size(); ++i) sum += scores[i][static_cast<std::size_t>(heads[i])];
    return sum;
}

}  // namespace

std::vector<int> decode_tree(const Scores& scores) {
    std::vector<int> heads = greedy(scores);
    if (scores.size() <= 1 || (find_cycle(heads).empty() && roots(heads) == 1)) return heads;
    heads = maximum_tree(scores);
    if (roots(heads) == 1) return heads;

    std::vector<int> best;
    float best_total = -std::numeric_limits<float>::infinity();
    for (std::size_t root = 1; root < scores.size(); ++root) {
        if (!heads.empty() && heads[root] != 0) continue;  // only words that wanted the root are tried
        Scores single = scores;
        for (std::size_t i = 1; i < scores.size(); ++i) {
            if (i != root) single[i][0] = kNever;
        }
        std::fill(single[root].begin(), single[root].end(), kNever);
        single[root][0] = scores[root][0];
        std::vector<int> tree = maximum_tree(single);
        const float sum = total(scores, tree);
        if (sum > best_total) {
            best_total = sum;
            best = std::move(tree);
        }
    }
    return best.empty() ? heads : best;
}

}  // namespace tercet::language
