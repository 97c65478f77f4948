#include "loaders/language/lemmatiser.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tercet::language {
namespace {

std::string edited(std::string form, std::string_view rule) {
    std::size_t cut = 0;
    const char* end = std::from_chars(rule.data(), rule.data() + rule.size(), cut).ptr;
    form.resize(form.size() - std::min(cut, form.size()));
    return form + std::string(rule.substr(static_cast<std::size_t>(end - rule.data()) + 1));
}

template <typename Rules>
std::string by_rule(const Rules& rules, std::string_view form, std::string_view xpos) {
    for (std::size_t length = std::min(kLongestSuffix, form.size());; --length) {
        const auto found = rules.find(std::string(xpos) + ' ' + std::string(form.substr(form.size() - length)));
        if (found != rules.end()) return edited(std::string(form), found->second);
        if (length == 0) return std::string(form);
    }
}

/// Of a regular verb.
std::string_view ending_of(std::string_view xpos) {
    if (xpos == "VBG") return "ing";
    return xpos == "VBD" || xpos == "VBN" ? "ed" : "";
}

}  // namespace

std::string lemma_form(std::string_view form, std::string_view upos) {
    std::string text(form);
    if (upos == "PROPN") return text;
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::string lemma_by_rule(const std::map<std::string, std::string>& rules, std::string_view form, std::string_view xpos) {
    return by_rule(rules, form, xpos);
}

namespace {

/// Whether a stem of a regular verb has lost an e: "waffl", "revok" after one vowel and no doubled consonant.
bool has_lost_e(std::string_view stem) {
    constexpr std::string_view kVowels = "aeiou";
    if (stem.size() < 3) return false;
    const auto is_vowel = [&](std::size_t from_end) { return kVowels.find(stem[stem.size() - from_end]) != std::string_view::npos; };
    const char last = stem.back();
    if (last == 'v' || last == 'c' || last == 'u') return true;
    const char before = stem[stem.size() - 2];
    if (last == 's' && (before == 'n' || before == 'r' || before == 'y' || (is_vowel(2) && is_vowel(3)))) return true;  // "immers", "rais"
    if (last == 'z' && (is_vowel(2) || before == 'y')) return true;
    if (last == 'l' && !is_vowel(2) && before != 'l' && before != 'r') return true;
    const bool is_one_syllable = std::ranges::count_if(stem, [&](char c) { return kVowels.find(c) != std::string_view::npos; }) == 1;
    return is_one_syllable && !is_vowel(1) && is_vowel(2) && std::string_view("wxy").find(last) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> Lemmatiser::listed(std::string_view form, std::string_view xpos) const {
    const auto found = table_.find(std::string(xpos) + ' ' + std::string(form));
    if (found != table_.end()) return found->second;
    const std::string_view other = xpos == "VBD" ? "VBN" : xpos == "VBN" ? "VBD" : std::string_view();  // "was shot", "shot him"
    const auto alike = other.empty() ? table_.end() : table_.find(std::string(other) + ' ' + std::string(form));
    return alike == table_.end() ? std::nullopt : std::optional(alike->second);
}

/// "co-wrote", "overthrew": of what stands behind the hyphen or prefix.
std::optional<std::string> Lemmatiser::listed_behind_prefix(std::string_view form, std::string_view xpos) const {
    static constexpr std::array<std::string_view, 12> kPrefixes{"over", "under", "out", "re", "un", "co", "fore", "mis", "with", "up", "pre", "inter"};
    if (const std::size_t hyphen = form.rfind('-'); hyphen != std::string_view::npos) {
        const auto rest = listed(form.substr(hyphen + 1), xpos);
        return rest ? std::optional(std::string(form.substr(0, hyphen + 1)) + *rest) : std::nullopt;
    }
    if (!xpos.starts_with("V") || form.ends_with("ed")) return std::nullopt;  // "relied" is none of "lied"
    for (const std::string_view prefix : kPrefixes) {
        constexpr std::size_t kShortestVerb = 3;
        if (!form.starts_with(prefix) || form.size() < prefix.size() + kShortestVerb) continue;
        if (const auto rest = listed(form.substr(prefix.size()), xpos)) return std::string(prefix) + *rest;
    }
    return std::nullopt;
}

std::string Lemmatiser::lemma_of(std::string_view form, std::string_view upos, std::string_view xpos) const {
    const std::string known = lemma_form(form, upos);
    if (auto lemma = listed(known, xpos)) return *lemma;
    if (auto lemma = listed_behind_prefix(known, xpos)) return *lemma;
    std::string lemma = by_rule(rules_, known, xpos);
    if (lemma.empty()) return known;
    const std::string_view ending = ending_of(xpos);
    if (ending.empty() || !std::string_view(known).ends_with(ending) || words_.contains(lemma)) return lemma;
    const std::string stem = known.substr(0, known.size() - ending.size());
    for (const std::string& other : {stem, stem + 'e'}) {
        if (words_.contains(other)) return other;
    }
    const bool is_doubled = stem.size() > 2 && stem.back() == stem[stem.size() - 2];
    if (is_doubled && words_.contains(stem.substr(0, stem.size() - 1))) return stem.substr(0, stem.size() - 1);
    return has_lost_e(stem) ? stem + 'e' : lemma;
}

}  // namespace tercet::language
