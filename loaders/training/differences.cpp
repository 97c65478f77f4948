#include "loaders/training/differences.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tercet::training {
namespace {

using language::Sentence;
using language::Word;

std::vector<const Word*> words_of(const std::vector<Sentence>& sentences) {
    std::vector<const Word*> words;
    for (const Sentence& sentence : sentences) {
        for (const Word& word : sentence.words) words.push_back(&word);
    }
    return words;
}

std::set<std::size_t> starts_of(const std::vector<Sentence>& sentences) {
    std::set<std::size_t> starts;
    for (const Sentence& sentence : sentences) starts.insert(sentence.begin);
    return starts;
}

std::string around(std::string_view text, std::size_t at) {
    constexpr std::size_t kBytes = 40;
    const std::size_t from = at < kBytes ? 0 : at - kBytes;
    std::string shown = std::string(text.substr(from, at - from)) + "|" + std::string(text.substr(at, kBytes));
    std::ranges::replace(shown, '\n', ' ');
    return shown;
}

}  // namespace

std::vector<std::pair<std::string, std::size_t>> word_differences(const std::vector<Sentence>& gold, const std::vector<Sentence>& system) {
    const std::vector<const Word*> ours = words_of(system), theirs = words_of(gold);
    std::map<std::string, std::size_t> counts;
    for (std::size_t g = 0, s = 0; g < theirs.size() && s < ours.size(); ++g, ++s) {
        std::string there = theirs[g]->form, here = ours[s]->form;
        const bool same = theirs[g]->begin == ours[s]->begin && theirs[g]->end == ours[s]->end;
        while (theirs[g]->end != ours[s]->end) {
            const bool is_gold_behind = theirs[g]->end < ours[s]->end;
            if (is_gold_behind ? g + 1 == theirs.size() : s + 1 == ours.size()) break;
            if (is_gold_behind) there += ' ' + theirs[++g]->form;
            else here += ' ' + ours[++s]->form;
        }
        if (!same) ++counts[there + " -> " + here];
    }
    std::vector<std::pair<std::string, std::size_t>> found(counts.begin(), counts.end());
    std::ranges::stable_sort(found, std::greater(), [](const auto& difference) { return difference.second; });
    return found;
}

std::vector<std::string> sentence_differences(std::string_view text, const std::vector<Sentence>& gold, const std::vector<Sentence>& system) {
    const std::set<std::size_t> theirs = starts_of(gold), ours = starts_of(system);
    std::vector<std::string> found;
    for (const std::size_t start : theirs) {
        if (ours.count(start) == 0) found.push_back("missed   " + around(text, start));
    }
    for (const std::size_t start : ours) {
        if (theirs.count(start) == 0) found.push_back("invented " + around(text, start));
    }
    return found;
}

}  // namespace tercet::training
