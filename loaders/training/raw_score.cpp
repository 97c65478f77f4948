#include "loaders/training/raw_score.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <span>
#include <string>

#include "tercet/error.hpp"

namespace tercet::training {
namespace {

using language::Sentence;
using language::Word;

using Place = std::pair<std::size_t, std::size_t>;
using Words = std::span<const Word* const>;

std::vector<const Word*> words_of(const std::vector<Sentence>& sentences) {
    std::vector<const Word*> words;
    for (const Sentence& sentence : sentences) {
        for (const Word& word : sentence.words) words.push_back(&word);
    }
    return words;
}

/// Where tokens are; the words of a contraction are one token.
std::vector<Place> tokens_of(const std::vector<const Word*>& words) {
    std::vector<Place> tokens;
    for (const Word* word : words) {
        if (word->continues_token && !tokens.empty()) tokens.back().second = word->end;
        else tokens.emplace_back(word->begin, word->end);
    }
    return tokens;
}

/// Where contractions of either side are; those that overlap are one.
std::vector<Place> contractions_of(const std::vector<const Word*>& gold, const std::vector<const Word*>& system) {
    std::vector<Place> found;
    for (const auto* words : {&gold, &system}) {
        for (std::size_t i = 0; i + 1 < words->size(); ++i) {
            if (!(*words)[i + 1]->continues_token) continue;
            const std::size_t begin = (*words)[i]->begin;
            while (i + 1 < words->size() && (*words)[i + 1]->continues_token) ++i;
            found.emplace_back(begin, (*words)[i]->end);
        }
    }
    std::ranges::sort(found);
    std::vector<Place> apart;
    for (const Place& place : found) {
        if (!apart.empty() && place.first < apart.back().second) apart.back().second = std::max(apart.back().second, place.second);
        else apart.push_back(place);
    }
    return apart;
}

bool same_form(const Word& a, const Word& b) {
    return std::ranges::equal(a.form, b.form, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

/// Pairs of a longest common row of forms.
void pair_by_form(Words gold, Words system, std::vector<WordPair>& pairs) {
    std::vector<std::vector<std::size_t>> longest(gold.size() + 1, std::vector<std::size_t>(system.size() + 1, 0));  // from there on
    for (std::size_t g = gold.size(); g-- > 0;) {
        for (std::size_t s = system.size(); s-- > 0;) {
            longest[g][s] = same_form(*gold[g], *system[s]) ? longest[g + 1][s + 1] + 1 : std::max(longest[g + 1][s], longest[g][s + 1]);
        }
    }
    for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
        if (same_form(*gold[g], *system[s])) pairs.emplace_back(gold[g++], system[s++]);
        else if (longest[g + 1][s] >= longest[g][s + 1]) ++g;
        else ++s;
    }
}

void pair_by_place(Words gold, Words system, std::vector<WordPair>& pairs) {
    const auto place = [](const Word* word) { return Place(word->begin, word->end); };
    for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
        if (place(gold[g]) == place(system[s])) pairs.emplace_back(gold[g++], system[s++]);
        else if (place(gold[g]) < place(system[s])) ++g;
        else ++s;
    }
}

/// The words that begin before `end`, taken off the front.
Words take_until(Words& words, std::size_t end) {
    const auto first_after = std::ranges::partition_point(words, [&](const Word* word) { return word->begin < end; });
    const auto count = static_cast<std::size_t>(first_after - words.begin());
    const Words taken = words.first(count);
    words = words.subspan(count);
    return taken;
}

std::vector<WordPair> align(const std::vector<const Word*>& gold, const std::vector<const Word*>& system) {
    std::vector<WordPair> pairs;
    Words gold_rest(gold), system_rest(system);
    for (const auto& [begin, end] : contractions_of(gold, system)) {
        pair_by_place(take_until(gold_rest, begin), take_until(system_rest, begin), pairs);
        pair_by_form(take_until(gold_rest, end), take_until(system_rest, end), pairs);
    }
    pair_by_place(gold_rest, system_rest, pairs);
    return pairs;
}

void check_that_nothing_is_left_out(std::string_view text, const std::vector<const Word*>& words, const std::string& whose) {
    std::size_t covered = 0;
    const auto check_blank = [&](std::size_t end) {
        const std::string_view rest = text.substr(covered, end - covered);
        if (rest.find_first_not_of(" \n") == std::string_view::npos) return;
        throw Error(ErrorCode::Data, "no word of " + whose + " covers byte " + std::to_string(covered) + ": " + std::string(rest.substr(0, 40)));
    };
    for (const Word* word : words) {
        if (word->begin > covered) check_blank(word->begin);
        covered = std::max(covered, word->end);
    }
    check_blank(text.size());
}

template <typename T>
Score score_places(const std::vector<T>& gold, const std::vector<T>& system) {
    const std::set<T> places(gold.begin(), gold.end());
    const auto right = std::ranges::count_if(system, [&](const T& place) { return places.count(place) != 0; });
    return {static_cast<double>(gold.size()), static_cast<double>(system.size()), static_cast<double>(right)};
}

std::vector<Place> places_of(const std::vector<Sentence>& sentences) {
    std::vector<Place> places;
    for (const Sentence& sentence : sentences) places.emplace_back(sentence.begin, sentence.end);
    return places;
}

/// The head of each word; null for roots.
std::map<const Word*, const Word*> heads_of(const std::vector<Sentence>& sentences) {
    std::map<const Word*, const Word*> heads;
    for (const Sentence& sentence : sentences) {
        for (const Word& word : sentence.words) {
            heads[&word] = word.head == Word::kRoot ? nullptr : &sentence.words[static_cast<std::size_t>(word.head)];
        }
    }
    return heads;
}

std::string_view without_subtype(std::string_view label) { return label.substr(0, label.find(':')); }

}  // namespace

std::vector<WordPair> align_words(const std::vector<Sentence>& gold, const std::vector<Sentence>& system) {
    return align(words_of(gold), words_of(system));
}

RawScores score_raw(std::string_view text, const std::vector<Sentence>& gold, const std::vector<Sentence>& system) {
    const std::vector<const Word*> gold_words = words_of(gold), system_words = words_of(system);
    check_that_nothing_is_left_out(text, gold_words, "the treebank");
    check_that_nothing_is_left_out(text, system_words, "ours");
    const std::vector<WordPair> pairs = align(gold_words, system_words);
    std::map<const Word*, const Word*> gold_of{{nullptr, nullptr}};  // roots hang on the same nothing
    for (const auto& [g, s] : pairs) gold_of[s] = g;
    const auto gold_heads = heads_of(gold), system_heads = heads_of(system);

    RawScores scores;
    const Score none{static_cast<double>(gold_words.size()), static_cast<double>(system_words.size()), 0};
    scores.words = scores.upos = scores.xpos = scores.lemmas = scores.uas = scores.las = none;
    scores.tokens = score_places(tokens_of(gold_words), tokens_of(system_words));
    scores.sentences = score_places(places_of(gold), places_of(system));
    for (const auto& [g, s] : pairs) {
        const auto head = gold_of.find(system_heads.at(s));
        const bool same_head = head != gold_of.end() && head->second == gold_heads.at(g);
        ++scores.words.right;
        scores.upos.right += g->upos == s->upos;
        scores.xpos.right += g->xpos == s->xpos;
        scores.lemmas.right += g->lemma == "_" || g->lemma == s->lemma;
        scores.uas.right += same_head;
        scores.las.right += same_head && without_subtype(g->deprel) == without_subtype(s->deprel);
    }
    return scores;
}

}  // namespace tercet::training
