#include "loaders/language/abbreviations.hpp"

#include <array>
#include <string>

#include "loaders/language/characters.hpp"

namespace tercet::language {
namespace {

/// Before a name; these never end a sentence.
constexpr std::array<std::string_view, 37> kBeforeName{
    "mr.", "mrs.", "ms.",   "dr.",  "drs.", "prof.", "sen.",   "rep.", "reps.", "gov.", "gen.", "lt.", "col.", "capt.", "maj.", "sgt.", "pvt.", "rev.", "hon.",
    "st.", "sts.", "pres.", "adm.", "cmdr.", "amb.", "messrs.", "mt.",  "vs.",   "ft.",  "e.g.", "i.e.", "cf.", "supt.", "insp.", "mlle.", "attn.", "esp."};
/// Before a number, else a word at the end of a sentence.
constexpr std::array<std::string_view, 7> kBeforeNumber{"no.", "nos.", "fig.", "figs.", "vol.", "pp.", "ext."};
/// Only with a capital, else words at the end of a sentence.
constexpr std::array<std::string_view, 33> kCapitalised{
    "Jan.", "Feb.",   "Mar.",  "Apr.",  "Jun.",  "Jul.",  "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.", "Mon.", "Tue.", "Tues.", "Wed.", "Thu.",
    "Thur.", "Thurs.", "Fri.", "Calif.", "Fla.", "Ariz.", "Colo.", "Conn.", "Okla.", "Tenn.", "Minn.", "Mich.", "Wis.", "Ala.", "Ave.", "Blvd."};
constexpr std::array<std::string_view, 2> kWordsToo{"Sun.", "Sat."};  ///< words but for a number or comma behind them
constexpr std::array<std::string_view, 16> kAnywhere{"inc.",  "corp.", "co.",  "ltd.",    "jr.",   "sr.",   "etc.",  "a.m.",
                                                     "p.m.", "dept.", "est.", "approx.", "al.", "bros.", "ph.d.", "m.sc."};

/// "Sept." or "SEPT."
bool is_capitalised_abbreviation(std::string_view word) {
    return is_upper(word.front()) && is_one_of(std::string(1, word.front()) + lower(word.substr(1)), kCapitalised);
}

}  // namespace

bool is_dotted_letters(std::string_view text) {
    if (text.size() < 2 || text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if (!is_letter(text[i]) || text[i + 1] != '.') return false;
    }
    return true;
}

bool never_ends_sentence(std::string_view word) {
    const std::string small = lower(word);
    return is_one_of(small, kBeforeName) || is_one_of(small, kBeforeNumber);
}

bool keeps_its_dot(std::string_view word, char next) {
    const std::string small = lower(word);
    if (is_one_of(small, kBeforeNumber)) return is_digit(next);
    if (is_one_of(word, kWordsToo)) return is_digit(next) || next == ',';
    return is_dotted_letters(word) || is_one_of(small, kBeforeName) || is_one_of(small, kAnywhere) || is_capitalised_abbreviation(word);
}

}  // namespace tercet::language
