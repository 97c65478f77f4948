#include "loaders/article/name_index.hpp"

#include <algorithm>

#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

constexpr auto kSmall = word_set("of", "the", "for", "and", "to");
constexpr std::size_t kShortestAcronym = 2;
constexpr std::size_t kLongestAcronym = 16;
constexpr std::size_t kMostNamesakes = 32;
constexpr int kMostLastWords = 8;  ///< by which a person is found

/// The beginnings of the words of a name, an acronym inside counting whole.
std::string initials_of(std::string_view name) {
    std::string initials;
    for (const std::string_view word : text::words(name)) {
        if (kSmall.has(text::lower(word)) || !text::is_capitalised(word)) continue;
        initials += text::is_acronym(word) ? word : word.substr(0, 1);
    }
    return initials;
}

}  // namespace

void NameIndex::add(Lowest& lowest, std::string_view text, std::size_t entity) {
    const auto [found, is_new] = lowest.try_emplace(std::string(text), entity);
    found->second = std::min(found->second, entity);
}

std::optional<std::size_t> NameIndex::find(const Lowest& lowest, std::string_view text) {
    const auto found = lowest.find(text);
    return found == lowest.end() ? std::nullopt : std::optional(found->second);
}

void NameIndex::add(Several& several, std::string_view text, std::size_t entity) {
    auto& same = several[std::string(text)];
    const auto place = std::ranges::lower_bound(same, entity);
    if (same.size() < kMostNamesakes && (place == same.end() || *place != entity)) same.insert(place, entity);
}

const std::vector<std::size_t>& NameIndex::find(const Several& several, std::string_view text) {
    static const std::vector<std::size_t> kNone;
    const auto found = several.find(text);
    return found == several.end() ? kNone : found->second;
}

std::optional<std::size_t> NameIndex::person_ending_in(std::string_view name) const {
    const auto& found = persons_ending_in(name);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

const std::vector<std::size_t>& NameIndex::persons_ending_in(std::string_view name) const { return find(by_last_words_, name); }

void NameIndex::add_person(std::string_view name, std::size_t entity) {
    auto at = name.rfind(' ');
    for (int words = 0; at != name.npos && at > 0 && words < kMostLastWords; at = name.rfind(' ', at - 1), ++words) add(by_last_words_, name.substr(at + 1), entity);
}

void NameIndex::add_organisation(std::string_view name, std::string_view key, std::size_t entity) {
    const std::string initials = initials_of(name);
    for (std::size_t length = kShortestAcronym; length <= std::min(initials.size(), kLongestAcronym); ++length) {
        add(by_initials_, std::string_view(initials).substr(initials.size() - length), entity);
    }
    add(by_key_, key, entity);
}

std::optional<std::size_t> NameIndex::organisation_spelt(std::string_view acronym) const {
    std::string capitals;
    std::ranges::copy_if(acronym, std::back_inserter(capitals), text::is_upper);
    return find(by_initials_, capitals);
}

const std::vector<std::size_t>& NameIndex::organisations_with_key(std::string_view key) const {
    return find(by_key_, key);
}

}  // namespace tercet::article
