#include "loaders/language/tokeniser.hpp"

#include <algorithm>
#include <string>

#include "loaders/language/sentence_rules.hpp"
#include "loaders/language/word_splitter.hpp"

namespace tercet::language {
namespace {

/// The dot of "etc." is a word at the end of a sentence; that of "U.S." is not.
void split_final_dot(std::vector<Word>& words) {
    auto last = words.end() - 1;
    while (last != words.begin() && is_closing_mark(last->form)) --last;
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

/// The indices behind the last words of sentences.
std::vector<std::size_t> find_ends(const std::vector<Word>& words, const SentenceModel& model) {
    const SentenceFeatures features(words);
    std::vector<std::size_t> ends;
    std::size_t start = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t by_mark = end_by_mark(words, start, i);
        const std::size_t next = by_mark == 0 ? i + 1 : by_mark;
        i = next - 1;
        if (next < words.size() && !model.is_end(features, start, i, by_mark != 0)) continue;
        ends.push_back(next);
        start = next;
    }
    return ends;
}

void split_line(std::vector<Word>& words, const SentenceModel& model, std::vector<Sentence>& sentences) {
    std::size_t start = 0;
    for (const std::size_t end : find_ends(words, model)) {
        close(words, start, end, sentences);
        start = end;
    }
}

}  // namespace

std::vector<Sentence> split_sentences(std::string_view text, const SentenceModel& model) {
    std::vector<Sentence> sentences;
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        words.clear();
        split_words(text.substr(at, end - at), at, words);
        split_line(words, model, sentences);
        at = end + 1;
    }
    return sentences;
}

std::vector<Sentence> split_sentences(std::string_view text) { return split_sentences(text, SentenceModel(ModelFile{})); }

}  // namespace tercet::language
