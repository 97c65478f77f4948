#include "loaders/language/tokeniser.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tercet::language {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Marks of several bytes that stand alone.
constexpr std::array<std::string_view, 14> kMarks{"\u2018", "\u2019", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB",
                                                  "\u2013", "\u2014", "\u2026", "\u2022", "\u00A3", "\u20AC", "\u2039"};
constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::array<std::string_view, 8> kClosing{"\"", "'", "''", ")", "]", "\u201D", "\u2019", "\u00BB"};
constexpr std::array<std::string_view, 12> kClitics{"'s", "'m", "'d", "'re", "'ve", "'ll", "\u2019s", "\u2019m",
                                                    "\u2019d", "\u2019re", "\u2019ve", "\u2019ll"};

/// Abbreviations whose dot belongs to them; those before a name never end a sentence.
constexpr std::array<std::string_view, 34> kBeforeName{
    "mr.", "mrs.", "ms.", "dr.", "prof.", "sen.", "rep.", "gov.", "gen.", "lt.", "col.", "capt.", "maj.", "sgt.", "rev.", "hon.",
    "st.", "pres.", "adm.", "cmdr.", "amb.", "messrs.", "mt.", "vs.", "no.", "fig.", "vol.", "pp.", "ft.", "e.g.", "i.e.", "cf.",
    "supt.", "insp."};
constexpr std::array<std::string_view, 31> kAbbreviations{
    "inc.", "corp.", "co.", "ltd.", "jr.", "sr.", "etc.", "jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.",
    "oct.", "nov.", "dec.", "mon.", "tue.", "wed.", "thu.", "fri.", "sat.", "sun.", "a.m.", "p.m.", "dept.", "est.", "approx."};
/// Words that begin sentences, so that "U.S. The" is an end and "U.S. Army" is not.
constexpr std::array<std::string_view, 28> kStarters{
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "In", "On", "At", "But", "And", "This", "That", "These", "Those",
    "However", "When", "While", "If", "As", "His", "Her", "Their", "There", "Meanwhile"};

constexpr std::size_t kLongestDotted = 24;  ///< bytes of letters that each have a dot

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// Length of the mark at the start of the text, or 0.
std::size_t mark_length(std::string_view text) {
    for (const std::string_view mark : kMarks) {
        if (text.starts_with(mark)) return mark.size();
    }
    return 0;
}

/// U.S., a.m., J.: letters that each have a dot.
bool is_dotted_letters(std::string_view text) {
    if (text.size() < 2 || text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if (!is_letter(text[i]) || text[i + 1] != '.') return false;
    }
    return true;
}

bool keeps_its_dot(std::string_view word) {
    const std::string small = lower(word);
    return is_dotted_letters(word) || is_one_of(small, kBeforeName) || is_one_of(small, kAbbreviations);
}

bool is_address(std::string_view chunk) {
    return chunk.find("://") != std::string_view::npos || chunk.starts_with("www.") ||
           (chunk.find('@') != std::string_view::npos && chunk.find('.') != std::string_view::npos && chunk.front() != '@');
}

/// Splits one stretch without spaces.
class ChunkSplitter {
public:
    ChunkSplitter(std::string_view chunk, std::size_t begin, std::vector<Word>& words) : chunk_(chunk), begin_(begin), words_(words) {}

    void split() {
        if (is_address(chunk_)) {
            split_address();
            return;
        }
        std::size_t at = 0;
        while (at < chunk_.size()) at = take(at);
    }

private:
    void add(std::size_t from, std::size_t to, bool continues_token = false) {
        if (from >= to) return;
        Word word;
        word.begin = begin_ + from;
        word.end = begin_ + to;
        word.form = chunk_.substr(from, to - from);
        word.space_after = false;
        word.continues_token = continues_token;
        words_.push_back(std::move(word));
    }

    void split_address() {
        std::size_t end = chunk_.size();
        while (end > 1 && std::string_view(".,;:!?)\"'").find(chunk_[end - 1]) != std::string_view::npos) --end;
        add(0, end);
        for (std::size_t at = end; at < chunk_.size(); ++at) add(at, at + 1);
    }

    std::size_t take(std::size_t at) {
        const std::string_view rest = chunk_.substr(at);
        if (const std::size_t clitic = clitic_length(at); clitic != 0) {
            add(at, at + clitic, true);
            return at + clitic;
        }
        if (const std::size_t mark = mark_length(rest); mark != 0) {
            add(at, at + mark);
            return at + mark;
        }
        if (is_letter(rest.front()) || is_digit(rest.front()) || starts_number(rest)) return take_word(at);
        std::size_t run = 1;
        if (std::string_view(".-=*_!?'`").find(rest.front()) != std::string_view::npos) {
            while (run < rest.size() && rest[run] == rest.front()) ++run;
        }
        add(at, at + run);
        return at + run;
    }

    static bool starts_number(std::string_view rest) { return rest.size() > 1 && rest[0] == '.' && is_digit(rest[1]); }

    /// 's and its like, after a word.
    [[nodiscard]] std::size_t clitic_length(std::size_t at) const {
        if (at == 0 || !is_letter(chunk_[at - 1])) return at > 0 && is_digit(chunk_[at - 1]) ? possessive_length(at) : 0;
        const std::string small = lower(chunk_.substr(at, 6));
        for (const std::string_view clitic : kClitics) {
            if (small.starts_with(clitic) && (small.size() == clitic.size() || !is_letter(small[clitic.size()]) ||
                                              static_cast<unsigned char>(small[clitic.size()]) >= 0x80)) {
                return clitic.size();
            }
        }
        return 0;
    }
    [[nodiscard]] std::size_t possessive_length(std::size_t at) const {
        const std::string_view rest = chunk_.substr(at);
        if (rest == "'s" || rest == "\u2019s") return rest.size();
        return 0;
    }

    std::size_t take_word(std::size_t at) {
        std::size_t end = at;
        while (end < chunk_.size() && belongs(at, end)) end += step(end);
        end = with_final_dot(at, end);
        add_word(at, end);
        return end;
    }

    [[nodiscard]] std::size_t step(std::size_t at) const {
        std::size_t length = 1;
        while (at + length < chunk_.size() && (static_cast<unsigned char>(chunk_[at + length]) & 0xC0U) == 0x80U) ++length;
        return length;
    }

    /// Whether the character at `i` continues the word that started at `start`.
    [[nodiscard]] bool belongs(std::size_t start, std::size_t i) const {
        if (mark_length(chunk_.substr(i)) != 0) return is_inner_apostrophe(start, i);
        const char c = chunk_[i];
        if (is_letter(c) || is_digit(c)) return true;
        const bool more = i + 1 < chunk_.size();
        const bool after_digit = i > start && is_digit(chunk_[i - 1]);
        if ((c == '.' || c == ',' || c == ':') && more && is_digit(chunk_[i + 1])) return after_digit || (c == '.' && i == start);
        if (c == '.') return more && is_letter(chunk_[i + 1]) && i > start && is_dotted_so_far(start, i);
        if (c == '\'') return is_inner_apostrophe(start, i);
        if (c == '/' && after_digit && more && is_digit(chunk_[i + 1])) return true;
        return (c == '&' && i > start && more && is_upper(chunk_[i + 1]) && is_upper(chunk_[i - 1])) || c == '_';
    }

    [[nodiscard]] bool is_dotted_so_far(std::size_t start, std::size_t i) const {
        if ((i - start) % 2 != 1 || i - start > kLongestDotted) return false;
        for (std::size_t k = start; k < i; ++k) {
            if (((k - start) % 2 == 0) ? !is_letter(chunk_[k]) : chunk_[k] != '.') return false;
        }
        return true;
    }

    /// O'Brien, and the t of don't; but not 's, 're and so on.
    [[nodiscard]] bool is_inner_apostrophe(std::size_t start, std::size_t i) const {
        const std::string_view rest = chunk_.substr(i);
        const std::size_t length = rest.starts_with("\u2019") ? 3 : rest.starts_with("'") ? 1 : 0;
        if (length == 0 || i == start || rest.size() <= length || !is_letter(rest[length])) return false;
        return clitic_length(i) == 0;
    }

    [[nodiscard]] std::size_t with_final_dot(std::size_t at, std::size_t end) const {
        if (end >= chunk_.size() || chunk_[end] != '.' || (end + 1 < chunk_.size() && chunk_[end + 1] == '.')) return end;
        const std::string_view word = chunk_.substr(at, end + 1 - at);
        const bool initial = word.size() == 2 && is_upper(word[0]) && word[0] != 'I';
        return keeps_its_dot(word) || initial ? end + 1 : end;
    }

    /// don't -> do n't, cannot -> can not, gonna -> gon na.
    void add_word(std::size_t at, std::size_t end) {
        const std::string small = lower(chunk_.substr(at, end - at));
        std::size_t cut = 0;
        if (small == "cannot") cut = 3;
        else if (small == "gonna" || small == "wanna" || small == "gotta") cut = 3;
        else if (small.size() > 3 && small.ends_with("n't")) cut = small.size() - 3;
        else if (small.size() > 5 && small.ends_with("n\u2019t")) cut = small.size() - 5;
        if (cut != 0) add(at, at + cut);
        add(at + cut, end, cut != 0);
    }

    std::string_view chunk_;
    std::size_t begin_;
    std::vector<Word>& words_;
};

/// A number followed by a unit that is written without a space: 50% and 10km stay as people write them; UD splits off %.
void tokenise_line(std::string_view text, std::size_t from, std::size_t to, std::vector<Word>& words) {
    std::size_t at = from;
    const auto space_at = [&](std::size_t i) -> std::size_t {
        if (is_space(text[i])) return 1;
        return text.substr(i, to - i).starts_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
    };
    while (at < to) {
        if (const std::size_t space = space_at(at); space != 0) {
            if (!words.empty()) words.back().space_after = true;
            at += space;
            continue;
        }
        std::size_t end = at;
        while (end < to && space_at(end) == 0) ++end;
        ChunkSplitter(text.substr(at, end - at), at, words).split();
        at = end;
    }
}

/// Whether a sentence may end with the word; most cannot, and need no look at what follows.
bool ends_with_mark(const Word& word) { return std::string_view(".!?\xA6").find(word.form.back()) != std::string_view::npos; }

bool ends_sentence(const Word& word) {
    return word.form == "." || word.form == "\u2026" ||
           (!word.form.empty() && word.form.find_first_not_of("!?") == std::string::npos) ||
           (word.form.size() >= 3 && word.form.find_first_not_of('.') == std::string::npos);
}

bool starts_sentence(const Word& word) {
    const char c = word.form.front();
    return is_upper(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 || c == '"' || c == '\'' || c == '(' || c == '[' ||
           c == '`';
}

/// Whether the sentence ends after word i; closing quotes and brackets were taken into account by the caller.
bool is_end(const std::vector<Word>& words, std::size_t i, std::size_t next) {
    if (next >= words.size()) return true;
    const Word& word = words[i];
    if (ends_sentence(word)) {
        const bool dots = word.form.size() > 1 && word.form.front() == '.';
        return starts_sentence(words[next]) && (words[next - 1].space_after || !dots);
    }
    if (word.form.size() < 2 || word.form.back() != '.' || is_one_of(lower(word.form), kBeforeName)) return false;
    return keeps_its_dot(word.form) && word.form.size() > 2 && is_one_of(words[next].form, kStarters);
}

void close(std::vector<Word>& words, std::size_t from, std::size_t to, std::vector<Sentence>& sentences) {
    Sentence sentence;
    sentence.begin = words[from].begin;
    sentence.end = words[to - 1].end;
    for (std::size_t i = from; i < to; ++i) sentence.words.push_back(std::move(words[i]));
    sentences.push_back(std::move(sentence));
}

void split_line(std::vector<Word>& words, std::vector<Sentence>& sentences) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!ends_with_mark(words[i])) continue;
        std::size_t next = i + 1;
        while (next < words.size() && !words[next - 1].space_after && is_one_of(words[next].form, kClosing)) ++next;
        if (!is_end(words, i, next)) continue;
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
        tokenise_line(text, at, end, words);
        split_line(words, sentences);
        at = end + 1;
    }
    return sentences;
}

}  // namespace tercet::language
