#include "parser/sparql/spelling.hpp"

#include <algorithm>
#include <numeric>

namespace tercet::sparql {

std::string upper_case(std::string_view word) {
    std::string upper(word);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return upper;
}

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view word_at(std::string_view text) {
    const auto* end = std::find_if_not(text.begin(), text.end(), is_word_character);
    const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    return text.substr(word.size()).starts_with(':') ? std::string_view{} : word;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::optional<std::size_t> near_distance(std::string_view word, std::string_view candidate) {
    const std::size_t most = word.size() < 4 ? 1 : 2, apart = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (word.empty() || candidate.empty() || apart > most) return std::nullopt;
    const std::size_t distance = edit_distance(word, candidate);
    const bool is_far = distance > most || (distance > 1 && word.front() != candidate.front());
    return is_far ? std::nullopt : std::optional(distance);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t kLongestWord = 40;
    if (word.empty() || word.size() > kLongestWord) return {};
    std::size_t best = word.size();
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        const auto distance = near_distance(word, candidate);
        if (!distance || (!found.empty() && *distance >= best)) continue;
        best = *distance;
        found = candidate;
    }
    return found;
}

}  // namespace tercet::sparql
