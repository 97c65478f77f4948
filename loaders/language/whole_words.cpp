#include "loaders/language/whole_words.hpp"

#include <array>
#include <string>

#include "loaders/language/characters.hpp"

namespace tercet::language {
namespace {

constexpr std::array<std::string_view, 6> kSchemes{"http://", "https://", "ftp://", "file://", "mailto:", "www."};
constexpr std::array<std::string_view, 14> kSites{"com", "net", "org", "edu", "gov", "mil", "info", "biz", "uk", "de", "fr", "eu", "io", "tv"};
constexpr std::array<std::string_view, 27> kFiles{"doc", "docx", "xls",  "xlsx", "ppt", "pptx", "pdf", "txt", "rtf", "htm", "html", "xml", "csv", "jpg",
                                                  "jpeg", "png", "gif", "zip",  "exe", "url",  "mp3", "mp4", "avi", "php", "asp",  "js",  "cpp"};
/// Smileys of marks alone, the longer first. Those that end in a bracket may repeat it.
constexpr std::array<std::string_view, 12> kSmileys{":-)", ":-(", ";-)", ":'(", ":)", ":(", ";)", "=)", "=(", "^_^", "^^", ":]"};
constexpr std::array<std::string_view, 10> kLetterSmileys{":-D", ":-P", ":-p", ":D", ":P", ":p", "=D", "=P", ":-/", ":/"};
constexpr std::array<std::string_view, 8> kNumberShapes{"999-999-9999", "999-9999", "99999-9999",      "9-999-999-9999",
                                                        "99-99-9999",   "9-9999",   "+9-999-999-9999", "999/999-9999"};
constexpr std::size_t kLongest = 200;  ///< bytes that are looked at, but for addresses; what is longer is read mark by mark
constexpr std::size_t kLongestAddress = 2000;

std::size_t length_to(std::string_view text, std::size_t at, std::string_view ends) {
    return std::min(text.find_first_of(ends, at), text.size()) - at;
}

/// Marks behind an address belong to its sentence, but for "..." and for the end of a bracket that was opened within.
std::size_t without_final_marks(std::string_view address) {
    while (!address.empty()) {
        const char last = address.back();
        if (std::string_view(".,;:!?)]'").find(last) == std::string_view::npos || address.ends_with("...")) break;
        if (last == ')' && std::ranges::count(address, '(') >= std::ranges::count(address, ')')) break;
        address.remove_suffix(1);
    }
    return address.size();
}

std::size_t url_length(std::string_view chunk, std::size_t at) {
    const std::string start = lower(chunk.substr(at, 8));
    const bool is_url = std::ranges::any_of(kSchemes, [&](std::string_view scheme) { return start.starts_with(scheme); });
    if (!is_url) return 0;
    const std::size_t end = std::min({chunk.find_first_of("<>\"", at), chunk.find("\u201D", at), chunk.size()});
    return without_final_marks(chunk.substr(at, end - at));
}

/// name@host, also without a dot in it.
std::size_t mail_length(std::string_view chunk, std::size_t at) {
    const auto is_local = [](char c) { return is_alphanumeric(c) || std::string_view("._%+-").find(c) != std::string_view::npos; };
    const std::size_t local = run_length(chunk, at, is_local), sign = at + local;
    if (local == 0 || sign + 1 >= chunk.size() || chunk[sign] != '@' || !is_alphanumeric(chunk[sign + 1])) return 0;
    if (run_length(chunk, at, [](char c) { return !is_letter(c); }) >= local) return 0;  // 5@10
    const std::size_t host = run_length(chunk, sign + 1, [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
    return without_final_marks(chunk.substr(at, local + 1 + host));
}

bool is_name_character(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

/// The part behind the last dot.
std::string ending_of(std::string_view name) { return lower(name.substr(name.rfind('.') + 1)); }

/// alt.animals.cat: three or more parts of small letters.
bool is_newsgroup(std::string_view name) {
    std::size_t dots = 0, part = 0;
    for (const char c : name) {
        if (c == '.' ? part < 2 : !is_lower(c) && c != '-') return false;
        dots += c == '.' ? 1 : 0;
        part = c == '.' ? 0 : part + 1;
    }
    return dots >= 2 && part >= 2;
}

/// example.com, and what follows it after a slash.
std::size_t site_length(std::string_view chunk, std::size_t at) {
    std::size_t length = run_length(chunk, at, [](char c) { return is_name_character(c) || c == '.'; });
    while (length > 0 && chunk[at + length - 1] == '.') --length;
    const std::string_view name = chunk.substr(at, length);
    if (name.find('.') == std::string_view::npos || name.front() == '.' || name.find("..") != std::string_view::npos) return 0;
    if (is_newsgroup(name)) return length;
    if (!is_one_of(ending_of(name), kSites) || !is_letter(name[name.rfind('.') - 1])) return 0;
    if (at + length >= chunk.size() || chunk[at + length] != '/') return length;
    return without_final_marks(chunk.substr(at, length_to(chunk, at, "<>\"()[]")));
}

/// report-2.doc, and the bare ending, too.
std::size_t file_length(std::string_view chunk, std::size_t at) {
    const std::string_view name = chunk.substr(at, without_final_marks(chunk.substr(at, length_to(chunk, at, "<>()[]\",;"))));
    if (name.size() < 4 || !(is_alphanumeric(name.front()) || name.front() == '-' || name.front() == '.')) return 0;
    if (name.find('.') == std::string_view::npos || !is_one_of(ending_of(name), kFiles)) return 0;
    return name.size();
}

/// Telephone numbers and their like, which stand alone: 713-853-3989.
std::size_t number_length(std::string_view chunk, std::size_t at) {
    const std::size_t length = run_length(chunk, at, [](char c) { return is_digit(c) || std::string_view("+-./").find(c) != std::string_view::npos; });
    std::string_view number = chunk.substr(at, length);
    while (!number.empty() && !is_digit(number.back())) number.remove_suffix(1);
    if (at + number.size() < chunk.size() && is_letter(chunk[at + number.size()])) return 0;
    std::string shape(number);
    for (char& c : shape) {
        if (is_digit(c)) c = '9';
    }
    if (is_one_of(shape, kNumberShapes)) return number.size();
    const bool is_signed = number.size() > 1 && number.front() == '+' && shape.find_first_not_of("9", 1) == std::string::npos;
    return at == 0 && is_signed ? number.size() : 0;
}

std::size_t smiley_length(std::string_view chunk, std::size_t at, bool is_bracketed) {
    const std::string_view rest = chunk.substr(at);
    const auto is_free = [&](std::size_t length) { return length == rest.size() || !is_alphanumeric(rest[length]); };
    if (at == 0 || !is_alphanumeric(chunk[at - 1])) {
        for (const std::string_view smiley : kLetterSmileys) {
            if (rest.starts_with(smiley) && is_free(smiley.size())) return smiley.size();
        }
    }
    if (at == 0 && rest == "(:") return rest.size();
    for (const std::string_view smiley : kSmileys) {
        if (!rest.starts_with(smiley) || !is_free(smiley.size())) continue;
        return smiley.back() == ')' && is_bracketed ? 0 : smiley.size();
    }
    return 0;
}

/// '02, '60s: years without their century.
std::size_t short_year_length(std::string_view chunk, std::size_t at) {
    if (at != 0 || chunk.size() < 3 || chunk[0] != '\'' || !is_digit(chunk[1]) || !is_digit(chunk[2])) return 0;
    const std::size_t length = chunk.substr(3).starts_with('s') ? 4 : 3;
    return length == chunk.size() || !is_alphanumeric(chunk[length]) ? length : 0;
}

/// b/c, w/o: two letters.
std::size_t letter_pair_length(std::string_view chunk, std::size_t at) {
    const std::string_view rest = chunk.substr(at);
    const bool is_pair = rest.size() >= 3 && is_letter(rest[0]) && rest[1] == '/' && is_letter(rest[2]) && (rest.size() == 3 || !is_alphanumeric(rest[3]));
    if (is_pair) return 3;
    return rest == "w/" ? 2 : 0;
}

}  // namespace

std::size_t whole_word_length(std::string_view chunk, std::size_t at, bool is_bracketed) {
    if (const std::size_t smiley = smiley_length(chunk, at, is_bracketed); smiley != 0) return smiley;
    if (at > 0 && is_alphanumeric(chunk[at - 1])) return 0;
    if (const std::size_t url = url_length(chunk.substr(0, at + kLongestAddress), at); url != 0) return url;
    chunk = chunk.substr(0, at + kLongest);
    for (const auto find : {mail_length, file_length, site_length, number_length, short_year_length, letter_pair_length}) {
        if (const std::size_t length = find(chunk, at); length != 0) return length;
    }
    return 0;
}

}  // namespace tercet::language
