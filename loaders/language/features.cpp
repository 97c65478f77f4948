#include "loaders/language/features.hpp"

#include <algorithm>

namespace tercet::language {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::uint32_t hash(std::string_view text, std::uint32_t seed) {
    std::uint32_t h = 2166136261U ^ (seed * 0x9E3779B9U);
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 16777619U;
    }
    return h ^ (h >> 15U);
}

std::string_view suffix(std::string_view text, std::size_t length) {
    return text.size() <= length ? text : text.substr(text.size() - length);
}

}  // namespace

std::string normalised(std::string_view form) {
    std::string key(form);
    for (char& c : key) {
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
        else if (is_digit(c)) c = '0';
    }
    return key;
}

std::string shape_of(std::string_view form) {
    std::string shape;
    std::size_t run = 0;
    for (const char c : form) {
        const char kind = is_upper(c) ? 'X' : is_lower(c) ? 'x' : is_digit(c) ? 'd' : static_cast<unsigned char>(c) >= 0x80 ? 'u' : c;
        run = !shape.empty() && shape.back() == kind ? run + 1 : 1;
        if (run <= 3) shape += kind;
    }
    return shape;
}

WordFeatures features_of(std::string_view form) {
    const std::string lower = normalised(form);
    const std::array<std::string, kFeatureTables.size()> part{
        std::string(suffix(lower, 2)),  std::string(suffix(lower, 3)),  std::string(suffix(lower, 4)),
        std::string(form.substr(0, 2)), std::string(lower.substr(0, 3)), shape_of(form)};
    WordFeatures features;
    for (std::uint32_t i = 0; i < part.size(); ++i) {
        features.row[i] = hash(part[i], i + 1) % kFeatureTables[i].rows;
    }
    const std::string marked = '<' + lower + '>';
    for (std::size_t length = 3; length <= 5; ++length) {
        for (std::size_t at = 0; at + length <= marked.size() && at < 24; ++at) {
            features.ngrams.push_back(hash(std::string_view(marked).substr(at, length), 99) % kNgramRows);
        }
    }
    if (features.ngrams.empty()) features.ngrams.push_back(hash(marked, 99) % kNgramRows);
    return features;
}

}  // namespace tercet::language
