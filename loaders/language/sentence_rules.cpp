#include "loaders/language/sentence_rules.hpp"

#include <array>
#include <string>

#include "loaders/language/abbreviations.hpp"
#include "loaders/language/characters.hpp"

namespace tercet::language {
namespace {

constexpr std::array<std::string_view, 8> kClosing{"\"", "'", "''", ")", "]", "\u201D", "\u2019", "\u00BB"};
/// Words that begin sentences, so that "U.S. The" is an end and "U.S. Army" is not.
constexpr std::array<std::string_view, 28> kStarters{
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "In", "On", "At", "But", "And", "This", "That", "These", "Those",
    "However", "When", "While", "If", "As", "His", "Her", "Their", "There", "Meanwhile"};

/// Whether a sentence may end with the word; most cannot, and need no look at what follows.
bool ends_with_mark(const Word& word) { return std::string_view(".!?\xA6").find(word.form.back()) != std::string_view::npos; }

bool ends_sentence(const Word& word) {
    if (word.form == "\u2026") return true;
    return word.form != ".." && word.form.find_first_not_of(".!?") == std::string::npos;
}

bool starts_sentence(const Word& word) {
    const char c = word.form.front();
    return is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 || c == '"' || c == '\'' || c == '(' || c == '[' ||
           c == '`';
}

/// Whether the sentence from `start` ends after word i; closing quotes and brackets were taken into account by the caller.
bool is_end(const std::vector<Word>& words, std::size_t start, std::size_t i, std::size_t next) {
    if (next >= words.size()) return true;
    const Word& word = words[i];
    if (ends_sentence(word)) {
        const bool dots = word.form.starts_with("..");
        const bool is_small = is_lower(words[start].form.front()) && is_lower(words[next].form.front());  // who never writes capitals
        return starts_sentence(words[next]) ? words[next - 1].space_after || !dots : is_small && words[next - 1].space_after;
    }
    if (word.form.size() <= 2 || word.form.back() != '.' || never_ends_sentence(word.form)) return false;
    return keeps_its_dot(word.form, words[next].form.front()) && is_one_of(words[next].form, kStarters);
}

}  // namespace

bool is_closing_mark(std::string_view form) { return is_one_of(form, kClosing); }

std::size_t end_by_mark(const std::vector<Word>& words, std::size_t start, std::size_t i) {
    if (i + 1 == words.size()) return words.size();
    if (!ends_with_mark(words[i])) return 0;
    std::size_t next = i + 1;
    while (next < words.size() && !words[next - 1].space_after && is_closing_mark(words[next].form)) ++next;
    return is_end(words, start, i, next) ? next : 0;
}

}  // namespace tercet::language
