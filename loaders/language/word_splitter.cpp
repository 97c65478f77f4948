#include "loaders/language/word_splitter.hpp"

#include <array>
#include <string>

#include "loaders/language/abbreviations.hpp"
#include "loaders/language/characters.hpp"
#include "loaders/language/contractions.hpp"
#include "loaders/language/whole_words.hpp"

namespace tercet::language {
namespace {

/// Marks of several bytes that stand alone.
constexpr std::array<std::string_view, 16> kMarks{"\u2018", "\u2019", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB", "\u2013",
                                                  "\u2014", "\u2026", "\u2022", "\u00A3", "\u20AC", "\u2039", "\u00B0", "\u00BA"};
constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kSentenceMarks = ".!?";
constexpr std::string_view kRepeated = ".-=*_!?'`<>+#$~/\\^";  ///< of which a row is one word

/// Beginnings that stay with their word: non-profit.
constexpr std::array<std::string_view, 15> kPrefixes{"non", "e", "re", "anti", "co", "pre", "pro", "mid", "cross", "post", "sub", "multi", "counter", "semi", "over"};

/// Units that are words of their own behind a number: 50km, 7pm.
constexpr std::array<std::string_view, 47> kUnits{
    "am", "pm", "AM", "PM", "m",   "k",  "K",   "b",  "bn",  "mn",  "tn",  "MM",  "mm",  "cm",   "km",      "kg",   "g",     "lb",   "lbs",     "oz",  "ft", "hz", "Hz", "kHz",
    "MHz", "GHz", "kb", "KB", "mb", "MB", "GB", "gb", "TB", "kW", "MW", "hh", "hrs", "hr", "mins", "min", "minutes", "days", "mph", "kph", "percent", "p", "t"};
constexpr std::array<std::string_view, 3> kAmounts{"M", "B", "MW"};  ///< units only behind a sum: $3M, but 3M

constexpr std::size_t kLongestDotted = 24;  ///< bytes of letters that each have a dot
constexpr std::size_t kLongestUnit = 8;
constexpr std::size_t kWordsInBrackets = 60;  ///< how far a bracket is looked for

/// Length of the mark at the start of the text, or 0.
std::size_t mark_length(std::string_view text) {
    for (const std::string_view mark : kMarks) {
        if (text.starts_with(mark)) return mark.size();
    }
    return 0;
}

/// A closing or opening quotation mark that is made of two single ones.
std::size_t with_its_like(std::string_view text, std::size_t mark) {
    const std::string_view one = text.substr(0, mark);
    return (one == "\u2018" || one == "\u2019") && text.substr(mark).starts_with(one) ? 2 * mark : mark;
}

bool is_number_character(char c) { return is_digit(c) || c == '.' || c == ',' || c == ':' || c == '/'; }

/// Splits one stretch without blanks.
class ChunkSplitter {
public:
    /// `rest`: the line from the stretch on.
    ChunkSplitter(std::string_view rest, std::size_t length, std::size_t begin, std::vector<Word>& words)
        : chunk_(rest.substr(0, length)), after_(rest.substr(length)), begin_(begin), words_(words) {}

    void split() {
        for (std::size_t at = 0; at < chunk_.size();) at = take(at);
    }

private:
    std::size_t add(std::size_t from, std::size_t to, bool continues_token = false) {
        Word word;
        word.begin = begin_ + from;
        word.end = begin_ + to;
        word.form = chunk_.substr(from, to - from);
        word.space_after = false;
        word.continues_token = continues_token;
        words_.push_back(std::move(word));
        return to;
    }

    std::size_t take(std::size_t at) {
        const std::string_view rest = chunk_.substr(at);
        if (const std::size_t clitic = clitic_length(chunk_, at); clitic != 0) return add(at, at + clitic, true);
        if (const std::size_t whole = whole_word_length(chunk_, at, is_bracketed()); whole != 0) return add(at, at + whole);
        if (const std::size_t mark = mark_length(rest); mark != 0) return add(at, at + with_its_like(rest, mark));
        if (is_alphanumeric(rest.front()) || starts_number(rest)) return take_word(at);
        return add(at, at + mark_run(rest));
    }

    static bool starts_number(std::string_view rest) { return rest.size() > 1 && rest[0] == '.' && is_digit(rest[1]); }

    /// Whether a bracket was opened shortly before and is open still.
    [[nodiscard]] bool is_bracketed() const {
        std::size_t seen = 0;
        for (auto word = words_.rbegin(); word != words_.rend() && seen < kWordsInBrackets; ++word, ++seen) {
            if (word->form == ")") return false;
            if (word->form == "(") return true;
        }
        return false;
    }

    /// How many marks from the front make one word: "--", "?!", but "... ?".
    static std::size_t mark_run(std::string_view rest) {
        if (kRepeated.find(rest.front()) == std::string_view::npos) return 1;
        const std::size_t same = run_length(rest, 0, [&](char c) { return c == rest.front(); });
        const bool may_mix = kSentenceMarks.find(rest.front()) != std::string_view::npos && (rest.front() != '.' || same == 1);
        return may_mix ? run_length(rest, 0, [](char c) { return kSentenceMarks.find(c) != std::string_view::npos; }) : same;
    }

    std::size_t take_word(std::size_t at) {
        std::size_t end = at;
        while (end < chunk_.size() && belongs(at, end)) end += step(end);
        end = with_final_mark(at, end);
        const std::string_view form = chunk_.substr(at, end - at);
        const std::size_t cut = contraction_cut(form, {after_, words_});
        if (cut != 0) add(at, at + cut);
        return add(at + cut, end, cut != 0);
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
        if (is_letter(c)) return !is_unit(start, i);
        if (is_digit(c)) return true;
        const bool more = i + 1 < chunk_.size();
        const bool after_digit = i > start && is_digit(chunk_[i - 1]);
        if ((c == '.' || c == ',' || c == ':') && more && is_digit(chunk_[i + 1])) return after_digit || (c == '.' && i == start);
        if (c == '.') return more && is_letter(chunk_[i + 1]) && i > start && (is_dotted_so_far(start, i) || is_degree(start));
        if (c == '\'') return is_inner_apostrophe(start, i);
        if (c == '-') return more && is_prefix(start, i);
        if (c == '/' && after_digit && more && is_digit(chunk_[i + 1])) return is_date(start, i);
        return (c == '&' && i > start && more && is_initials(start, i)) || c == '_';
    }

    /// AT&T, p&l.
    [[nodiscard]] bool is_initials(std::size_t start, std::size_t i) const {
        const bool capitals = is_upper(chunk_[i + 1]) && is_upper(chunk_[i - 1]);
        return capitals || (i == start + 1 && is_letter(chunk_[start]) && is_letter(chunk_[i + 1]) && (i + 2 == chunk_.size() || !is_letter(chunk_[i + 2])));
    }

    /// Whether a unit starts at `i`, right behind a number.
    [[nodiscard]] bool is_unit(std::size_t start, std::size_t i) const {
        if (i == start || !is_number_character(chunk_[i - 1])) return false;
        const std::string_view number = chunk_.substr(start, i - start);
        if (run_length(number, 0, is_number_character) != number.size()) return false;
        const std::string_view rest = chunk_.substr(i, kLongestUnit);
        if (const std::string small = lower(rest.substr(0, 4)); small == "p.m." || small == "a.m.") return true;
        const std::size_t length = run_length(rest, 0, is_letter);
        if (length < rest.size() && is_digit(rest[length])) return false;
        const std::string_view unit = rest.substr(0, length);
        return is_one_of(unit, kUnits) || (is_one_of(unit, kAmounts) && is_sum(number));
    }
    [[nodiscard]] bool is_sum(std::string_view number) const {
        return number.find_first_of(".,") != std::string_view::npos || (!words_.empty() && (words_.back().form.ends_with('$') || mark_length(words_.back().form) != 0));
    }

    /// What stands before the hyphen stays with what follows, if nothing more is hung on.
    [[nodiscard]] bool is_prefix(std::size_t start, std::size_t i) const {
        if (!is_letter(chunk_[i + 1]) || !is_one_of(lower(chunk_.substr(start, std::min<std::size_t>(i - start, 8))), kPrefixes)) return false;
        const std::size_t end = i + 1 + run_length(chunk_, i + 1, is_alphanumeric);
        return end == chunk_.size() || chunk_[end] != '-';
    }

    /// 12/24/2001, 9/11; but 1/2, 24/7 and 2001/02 are two numbers.
    [[nodiscard]] bool is_date(std::size_t start, std::size_t i) const {
        const std::size_t behind = run_length(chunk_, i + 1, is_digit);
        const bool is_last = i + 1 + behind == chunk_.size() || chunk_[i + 1 + behind] != '/';
        const std::size_t before = i - start;
        if (chunk_.substr(start, before + 2) == "24/7") return false;
        return !is_last || chunk_.substr(start, before).find('/') != std::string_view::npos || (before < 4 && before + behind > 2);
    }

    /// Ph.D., M.Sc.
    [[nodiscard]] bool is_degree(std::size_t start) const {
        const std::string small = lower(chunk_.substr(start, 5));
        return small == "ph.d." || small == "m.sc.";
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
        return clitic_length(chunk_, i) == 0;
    }

    /// The dot of an abbreviation, also before that of the sentence, and the hyphen of a word that breaks off.
    [[nodiscard]] std::size_t with_final_mark(std::size_t at, std::size_t end) const {
        const bool breaks_off = end + 1 == chunk_.size() && chunk_[end] == '-';
        if (breaks_off && run_length(chunk_, at, is_letter) == end - at && (at == 0 || !is_digit(chunk_[at - 1]))) return end + 1;
        if (end >= chunk_.size() || chunk_[end] != '.' || chunk_.substr(end).starts_with("...")) return end;
        if (chunk_.substr(end).starts_with("..") && end + 2 != chunk_.size()) return end;
        const std::string_view word = chunk_.substr(at, end + 1 - at);
        const bool initial = word.size() == 2 && is_upper(word[0]) && word[0] != 'I';
        return initial || keeps_its_dot(word, next_after(end + 1)) ? end + 1 : end;
    }
    /// The first character from there on that is no blank; 0 at the end of the line.
    [[nodiscard]] char next_after(std::size_t at) const {
        if (at < chunk_.size()) return chunk_[at];
        const std::size_t blanks = run_length(after_, 0, is_space);
        return blanks < after_.size() ? after_[blanks] : '\0';
    }

    std::string_view chunk_;
    std::string_view after_;  ///< what follows it in the line
    std::size_t begin_;
    std::vector<Word>& words_;
};

}  // namespace

void split_words(std::string_view line, std::size_t begin, std::vector<Word>& words) {
    const auto space_at = [&](std::size_t i) -> std::size_t {
        if (is_space(line[i])) return 1;
        return line.substr(i).starts_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
    };
    for (std::size_t at = 0; at < line.size();) {
        if (const std::size_t space = space_at(at); space != 0) {
            if (!words.empty()) words.back().space_after = true;
            at += space;
            continue;
        }
        std::size_t end = at;
        while (end < line.size() && space_at(end) == 0) ++end;
        ChunkSplitter(line.substr(at), end - at, begin + at, words).split();
        at = end;
    }
}

}  // namespace tercet::language
