#include "loaders/article/quantity.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

using Bound = Quantity::Bound;

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 28> kNumberWords{{
    {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},     {"six", 6},       {"seven", 7},
    {"eight", 8},     {"nine", 9},      {"ten", 10},     {"eleven", 11},  {"twelve", 12},  {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15},  {"sixteen", 16},  {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20}, {"thirty", 30},
    {"forty", 40},    {"fifty", 50},    {"sixty", 60},   {"seventy", 70}, {"eighty", 80},  {"ninety", 90},   {"zero", 0},
}};
/// Powers of ten.
constexpr std::array<std::pair<std::string_view, int>, 11> kMagnitudes{{
    {"hundred", 2}, {"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}, {"k", 3}, {"m", 6}, {"mn", 6}, {"bn", 9}, {"b", 9}, {"tn", 12},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kCurrencySigns{{
    {"US$", "USD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"$", "USD"}, {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"}, {"\xC2\xA5", "JPY"},
    {"\xE2\x82\xB9", "INR"}, {"\xE2\x82\xBD", "RUB"}, {"\xE2\x82\xB4", "UAH"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kCurrencyWords{{
    {"dollar", "USD"}, {"dollars", "USD"}, {"usd", "USD"},   {"euro", "EUR"},    {"euros", "EUR"},  {"eur", "EUR"},     {"yen", "JPY"},
    {"yuan", "CNY"},   {"rupee", "INR"},   {"rupees", "INR"}, {"ruble", "RUB"},  {"rubles", "RUB"}, {"rouble", "RUB"},  {"roubles", "RUB"},
    {"gbp", "GBP"},    {"sterling", "GBP"}, {"hryvnia", "UAH"}, {"hryvnias", "UAH"}, {"zloty", "PLN"}, {"zlotys", "PLN"},
}};
/// What may stand before a number, the longer first.
constexpr std::array<std::pair<std::string_view, Bound>, 16> kQualifiers{{
    {"more than", Bound::AtLeast}, {"at least", Bound::AtLeast}, {"over", Bound::AtLeast}, {"up to", Bound::AtMost}, {"at most", Bound::AtMost},
    {"less than", Bound::AtMost}, {"fewer than", Bound::AtMost}, {"under", Bound::AtMost}, {"as many as", Bound::AtMost}, {"about", Bound::Exact},
    {"around", Bound::Exact}, {"nearly", Bound::Exact}, {"almost", Bound::Exact}, {"some", Bound::Exact}, {"approximately", Bound::Exact}, {"an estimated", Bound::Exact},
}};

template <typename Table>
auto find_in(const Table& table, std::string_view key) {
    const auto found = std::ranges::find_if(table, [&](const auto& row) { return row.first == key; });
    return found == table.end() ? nullptr : &found->second;
}

/// A number as digits with a decimal point, to be multiplied by powers of ten without rounding.
struct Digits {
    std::string whole;
    std::string fraction;

    void shift(int tens) {
        for (; tens > 0; --tens) {
            whole += fraction.empty() ? '0' : fraction.front();
            if (!fraction.empty()) fraction.erase(0, 1);
        }
    }
    [[nodiscard]] std::string text() const {
        std::string digits = whole.substr(std::min(whole.find_first_not_of('0'), whole.size() - 1));
        std::string rest = fraction.substr(0, fraction.find_last_not_of('0') + 1);
        return rest.empty() ? digits : digits + '.' + rest;
    }
};

void skip_blanks(std::string_view& phrase) {
    while (!phrase.empty() && (phrase.front() == ' ' || phrase.front() == '-')) phrase.remove_prefix(1);
}

/// The word at the start, in lower case: letters, or one sign.
std::string first_word(std::string_view phrase) {
    std::size_t end = 0;
    while (end < phrase.size() && text::is_letter(phrase[end])) ++end;
    return text::lower(phrase.substr(0, end));
}

Bound take_qualifier(std::string_view& phrase) {
    const std::string lowered = text::lower(phrase);
    for (const auto& [words, bound] : kQualifiers) {
        if (!lowered.starts_with(words) || lowered.size() <= words.size() || lowered[words.size()] != ' ') continue;
        phrase.remove_prefix(words.size());
        skip_blanks(phrase);
        return bound;
    }
    return Bound::Exact;
}

std::string take_currency_sign(std::string_view& phrase) {
    for (const auto& [sign, code] : kCurrencySigns) {
        if (!phrase.starts_with(sign)) continue;
        phrase.remove_prefix(sign.size());
        skip_blanks(phrase);
        return std::string(code);
    }
    return {};
}

/// "1,250.5"; commas must stand before three digits.
std::optional<Digits> take_figures(std::string_view& phrase) {
    Digits digits;
    std::size_t at = 0;
    const auto digit_at = [&](std::size_t i) { return i < phrase.size() && text::is_digit(phrase[i]); };
    while (digit_at(at) || (at > 0 && at < phrase.size() && phrase[at] == ',' && digit_at(at + 1) && digit_at(at + 2) && digit_at(at + 3) && !digit_at(at + 4))) {
        if (phrase[at] != ',') digits.whole += phrase[at];
        ++at;
    }
    if (digits.whole.empty()) return std::nullopt;
    if (at < phrase.size() && phrase[at] == '.' && digit_at(at + 1)) {
        for (++at; digit_at(at); ++at) digits.fraction += phrase[at];
    }
    const std::string_view rest = phrase.substr(at);
    const std::string suffix = first_word(rest);
    const bool ordinal = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th" || suffix == "s";
    const bool longer = !rest.empty() && std::string_view(",.:/").find(rest.front()) != std::string_view::npos;  // a time, a date, a list
    if (ordinal || longer) return std::nullopt;
    phrase = rest;
    return digits;
}

/// "twenty-five".
std::optional<Digits> take_number_words(std::string_view& phrase) {
    std::optional<std::uint64_t> sum;
    for (int i = 0; i < 2; ++i) {
        const std::string word = first_word(phrase);
        const std::uint64_t* value = find_in(kNumberWords, word);
        if (value == nullptr || (sum && (*sum < 20 || *value >= 10))) break;
        sum = sum.value_or(0) + *value;
        phrase.remove_prefix(word.size());
        skip_blanks(phrase);
    }
    return sum ? std::optional(Digits{std::to_string(*sum), {}}) : std::nullopt;
}

void take_magnitudes(std::string_view& phrase, Digits& digits, bool is_money) {
    for (;;) {
        const bool attached = !phrase.empty() && text::is_letter(phrase.front());
        skip_blanks(phrase);
        const std::string word = first_word(phrase);
        const int* tens = find_in(kMagnitudes, word);
        // "5 m" are metres, "$5m" and "5bn" are not.
        if (tens == nullptr || (word.size() < 2 && !(attached && is_money))) return;
        digits.shift(*tens);
        phrase.remove_prefix(word.size());
    }
}

bool is_year(const Digits& digits, std::string_view rest) {
    return rest.empty() && digits.fraction.empty() && digits.whole.size() == 4 && (digits.whole.starts_with("19") || digits.whole.starts_with("20"));
}

void read_unit(std::string_view rest, Quantity& quantity) {
    const std::string lowered = text::lower(rest);
    for (const std::string_view percent : {"%", "percent", "per cent"}) {
        if (lowered == percent) quantity.unit = "percent";
    }
    if (!quantity.unit.empty()) return;
    const std::string_view* currency = find_in(kCurrencyWords, lowered.substr(lowered.starts_with("us ") ? 3 : 0));
    if (currency != nullptr) quantity.currency = *currency;
    else quantity.unit = rest;
}

}  // namespace

std::optional<Quantity> read_quantity(std::string_view phrase) {
    const std::string words = text::squeeze(phrase);
    std::string_view rest = words;
    Quantity quantity;
    quantity.bound = take_qualifier(rest);
    quantity.currency = take_currency_sign(rest);
    const bool is_word = !rest.empty() && text::is_letter(rest.front());
    std::optional<Digits> digits = is_word ? take_number_words(rest) : take_figures(rest);
    if (!digits) return std::nullopt;
    if (rest.starts_with('\'') || rest.starts_with("\xE2\x80\x99")) return std::nullopt;  // "one's own"
    take_magnitudes(rest, *digits, !quantity.currency.empty());
    skip_blanks(rest);
    if (is_year(*digits, rest) && quantity.currency.empty()) return std::nullopt;
    quantity.value = digits->text();
    if (quantity.currency.empty()) read_unit(rest, quantity);
    else if (!rest.empty()) quantity.unit = rest;
    return quantity;
}

}  // namespace tercet::article
