#include "loaders/language/tokeniser.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "loaders/language/abbreviations.hpp"
#include "loaders/language/characters.hpp"
#include "loaders/language/word_splitter.hpp"

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

/// The dot of "etc." is a word at the end of a sentence; that of "U.S." is not.
void split_final_dot(std::vector<Word>& words) {
    auto last = words.end() - 1;
    while (last != words.begin() && is_one_of(last->form, kClosing)) --last;
    if (last->form.size() <= 2 || last->form.find('.') != last->form.size() - 1) return;
    Word dot = *last;
    last->form.pop_back();
    last->end -= 1;
    last->space_after = false;
    dot.begin = last->end;
    dot.form = ".";
    dot.continues_token = false;
    words.insert(last + 1, std::move(dot));
}

void close(std::vector<Word>& words, std::size_t from, std::size_t to, std::vector<Sentence>& sentences) {
    Sentence sentence;
    sentence.begin = words[from].begin;
    sentence.end = words[to - 1].end;
    for (std::size_t i = from; i < to; ++i) sentence.words.push_back(std::move(words[i]));
    split_final_dot(sentence.words);
    sentences.push_back(std::move(sentence));
}

void split_line(std::vector<Word>& words, std::vector<Sentence>& sentences) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!ends_with_mark(words[i])) continue;
        std::size_t next = i + 1;
        while (next < words.size() && !words[next - 1].space_after && is_one_of(words[next].form, kClosing)) ++next;
        if (!is_end(words, start, i, next)) continue;
        close(words, start, next, sentences);
        start = next;
        i = next - 1;
    }
    if (start < words.size()) close(words, start, words.size(), sentences);
}

}  // namespace

std::vector<Sentence> split_sentences(std::string_view text) {
    std::vector<Sentence> sentences;
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        words.clear();
        split_words(text.substr(at, end - at), at, words);
        split_line(words, sentences);
        at = end + 1;
    }
    return sentences;
}

}  // namespace tercet::language
