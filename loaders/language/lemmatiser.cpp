#include "loaders/language/lemmatiser.hpp"

#include <algorithm>
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

std::string Lemmatiser::lemma_of(std::string_view form, std::string_view upos, std::string_view xpos) const {
    const std::string known = lemma_form(form, upos);
    const auto found = table_.find(std::string(xpos) + ' ' + known);
    if (found != table_.end()) return found->second;
    if (const std::size_t hyphen = known.rfind('-'); hyphen != std::string::npos) {  // "co-wrote"
        const auto rest = table_.find(std::string(xpos) + ' ' + known.substr(hyphen + 1));
        if (rest != table_.end()) return known.substr(0, hyphen + 1) + rest->second;
    }
    std::string lemma = by_rule(rules_, known, xpos);
    if (lemma.empty()) return known;
    const std::string_view ending = ending_of(xpos);
    if (ending.empty() || !std::string_view(known).ends_with(ending) || words_.contains(lemma)) return lemma;
    const std::string stem = known.substr(0, known.size() - ending.size());
    for (const std::string& other : {stem, stem + 'e'}) {
        if (words_.contains(other)) return other;
    }
    return lemma;
}

}  // namespace tercet::language
