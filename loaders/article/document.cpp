#include "loaders/article/document.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "loaders/article/dateline.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr std::size_t kShortLine = 60;      ///< bytes; shorter lines without a full stop are labels
constexpr std::size_t kWrappedLine = 100;   ///< bytes; a text whose lines are shorter may be hard-wrapped
constexpr std::size_t kLongestTitle = 220;  ///< bytes
constexpr std::size_t kLongestWord = 400;   ///< bytes; what is longer without a blank is data, or one mark again and again

/// What labels and buttons of web pages begin with, in lower case.
constexpr std::array<std::string_view, 30> kLabels{
    "advertisement", "- advertisement", "sponsored",   "tap here", "share ",  "read also",
    "see also",      "also read",       "more on",     "related",  "photo:",  "photo by",
    "image:",        "source:",         "source link", "tags:",    "tags ",   "filed under",
    "reporting by",  "editing by",      "download ",   "by ",      "log in",  "comments",
    "print ",        "newsletter",      "cookie",      "watch:",   "listen:", "credit:"};
/// What whole sentences of furniture begin with.
constexpr std::array<std::string_view, 16> kAppeals{
    "follow us",      "subscribe",           "sign up",        "click here",       "read more", "copyright",
    "\xC2\xA9",       "all rights reserved", "(reporting by",  "this article was", "leave a ",  "join our",
    "post a comment", "please enter",        "we use cookies", "you may also like"};
/// What gives a caption or an advertisement away wherever it stands, in lower case.
constexpr std::array<std::string_view, 9> kMarkers{"spot_img", "getty images",        "/reuters",
                                                   "ap photo", "file photo",          "/afp",
                                                   "(photo",   "all rights reserved", "cookie policy"};

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;  ///< trimmed
};

std::vector<Line> split_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view trimmed = text::trim(text.substr(begin, end - begin));
        const auto first = trimmed.empty() ? begin : static_cast<std::size_t>(trimmed.data() - text.data());
        lines.push_back({first, first + trimmed.size(), trimmed});
        begin = end + 1;
    }
    return lines;
}

/// Joins the lines of paragraphs that were broken at a fixed width.
std::vector<Line> join_wrapped(std::string_view text, std::vector<Line> lines) {
    const auto filled = std::ranges::count_if(lines, [](const Line& line) { return line.text.size() > kShortLine; });
    const bool wrapped =
        filled >= 3 && std::ranges::all_of(lines, [](const Line& line) { return line.text.size() <= kWrappedLine; });
    if (!wrapped) return lines;
    std::vector<Line> joined;
    bool open = false;  // the line before was full, so that its paragraph may go on
    for (const Line& line : lines) {
        if (open && !line.text.empty()) {
            joined.back().end = line.end;
            joined.back().text = text.substr(joined.back().begin, line.end - joined.back().begin);
        } else {
            joined.push_back(line);
        }
        open = line.text.size() > kShortLine;
    }
    return joined;
}

bool ends_sentence(std::string_view line) {
    line = text::trim(line);
    static constexpr std::array<std::string_view, 12> kEnds{".", "!", "?", ":", ";", "\xE2\x80\xA6", "\"", "'", ")", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
    return std::ranges::any_of(kEnds, [&](std::string_view end) { return line.ends_with(end); });
}

std::size_t count_function_words(std::string_view line) {
    const auto words = text::words(line);
    return static_cast<std::size_t>(std::ranges::count_if(
        words, [](std::string_view word) { return lexicon::is_function_word(text::lower(word)); }));
}

bool is_furniture(std::string_view line) {
    const std::string lowered = text::lower(line);
    const auto starts = [&](std::string_view start) { return lowered.starts_with(start); };
    const auto holds = [&](std::string_view mark) { return lowered.find(mark) != lowered.npos; };
    if (std::ranges::any_of(kAppeals, starts)) return true;
    if (ends_sentence(line) && text::words(line).size() >= 8) return false;
    return std::ranges::any_of(kLabels, starts) || std::ranges::any_of(kMarkers, holds);
}

/// How many words the parser may make of it: each mark is one to it.
std::size_t count_parts(std::string_view word) {
    std::size_t parts = 0;
    bool in_part = false;
    for (std::size_t at = 0; at < word.size(); ++at) {
        const bool is_wide = word[at] == '\xE2' || word[at] == '\xC2';  // dashes, quotation marks and their like
        const bool joins = !is_wide && (text::is_letter(word[at]) || text::is_digit(word[at]));
        if (!joins || !in_part) ++parts;
        in_part = joins;
        while (is_wide && at + 1 < word.size() && (static_cast<unsigned char>(word[at + 1]) & 0xC0U) == 0x80) ++at;
    }
    return parts;
}

bool is_list_item(std::string_view line) {
    static constexpr std::array<std::string_view, 5> kBullets{"- ", "* ", "\xE2\x80\xA2", "\xE2\x80\x93 ", "> "};
    return std::ranges::any_of(kBullets, [&](std::string_view bullet) { return line.starts_with(bullet); });
}

/// A sentence or more of English: long enough, closed, and with the small words that prose has.
bool is_prose(std::string_view line) {
    const std::size_t words = text::words(line).size();
    const std::size_t small = count_function_words(line);
    if (words < 3 || is_furniture(line)) return false;
    if (ends_sentence(line)) return words >= 8 ? small >= 1 : small >= 1 && text::is_capitalised(line);
    return words >= 14 && small >= 3 && !is_list_item(line);
}

bool is_headline(std::string_view line) {
    const auto words = text::words(line);
    return words.size() >= 4 && line.size() <= kLongestTitle && line.size() >= 20 && !ends_sentence(line) &&
           !is_furniture(line) && !is_list_item(line) && find_date(line).empty();
}

/// "Taxes will fall - minister": who says it, and how long the claim before it is.
struct TitleParts {
    std::size_t claim = 0;
    std::string speaker;
};
TitleParts split_title(std::string_view title) {
    for (const std::string_view dash : {" \xE2\x80\x93 ", " \xE2\x80\x94 ", " - ", " | "}) {
        const auto at = title.rfind(dash);
        if (at == title.npos) continue;
        const std::string_view tail = title.substr(at + dash.size());
        if (text::words(tail).size() <= 5 && text::is_capitalised(tail)) return {at, std::string(tail)};
    }
    return {title.size(), {}};
}

class Reader {
public:
    Reader(std::string_view text, Metadata known) : text_(text), lines_(join_wrapped(text, split_lines(text))) {
        document_.about = std::move(known);
        for (const Line& line : lines_) ++times_seen_[line.text];
        document_.prose = text;
        std::ranges::replace_if(
            document_.prose, [](char c) { return c != '\n'; }, ' ');
    }

    Document read() && {
        for (const Line& line : lines_) {
            if (line.text.empty()) continue;
            if (document_.about.date.empty() && !body_seen_) document_.about.date = find_date(line.text.substr(0, kLongestTitle));
            const bool repeated = times_seen_[line.text] > 1;
            if (!body_seen_ && !title_seen_ && is_title(line.text)) {
                keep_title(line);
            } else if (!repeated && !is_list_item(line.text) && is_prose(line.text)) {
                keep_paragraph(line);
            }
        }
        return std::move(document_);
    }

private:
    /// Up to the limit of an article.
    void keep(std::size_t begin, std::size_t end) {
        for (const std::string_view word : text::words(text_.substr(begin, end - begin))) {
            if (word.size() > kLongestWord) continue;
            const auto at = static_cast<std::size_t>(word.data() - text_.data());
            words_ += count_parts(word);
            if (words_ > kMostWords) {
                document_.is_cut = true;
                end = at;
                break;
            }
            std::ranges::copy(word, document_.prose.begin() + static_cast<std::ptrdiff_t>(at));
        }
        std::replace(document_.prose.begin() + static_cast<std::ptrdiff_t>(begin), document_.prose.begin() + static_cast<std::ptrdiff_t>(end), '\n', ' ');
        if (end > begin) document_.paragraphs.push_back({begin, end});
    }
    void keep_paragraph(const Line& line) {
        const std::size_t skipped = dateline_length(line.text);
        body_seen_ = true;
        keep(line.begin + skipped, line.begin + std::max(skipped, length_without_credit(line.text)));
    }
    /// A headline that is known already is met again word by word.
    [[nodiscard]] bool is_title(std::string_view line) const {
        return document_.about.title.empty() ? is_headline(line) : line == document_.about.title && is_headline(line);
    }
    void keep_title(const Line& line) {
        const TitleParts parts = split_title(line.text);
        document_.about.title = line.text;
        title_seen_ = true;
        document_.headline_speaker = parts.speaker;
        keep(line.begin, line.begin + parts.claim);
    }

    std::string_view text_;
    std::vector<Line> lines_;
    std::map<std::string_view, int> times_seen_;
    Document document_;
    std::size_t words_ = 0;  ///< of the prose so far, marks included
    bool body_seen_ = false;
    bool title_seen_ = false;
};

}  // namespace

Document read_document(std::string_view text, Metadata known) { return Reader(text, std::move(known)).read(); }

}  // namespace tercet::article
