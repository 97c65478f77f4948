#include "loaders/training/lemmas.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "loaders/language/lemmatiser.hpp"

namespace tercet::training {
namespace {

using Votes = std::map<std::string, std::map<std::string, int>>;

constexpr int kVotesNeeded = 3;
constexpr double kAgreement = 0.8;

/// "2 y": cut so many bytes from the form's end and add the rest of the lemma.
std::string script(const std::string& form, const std::string& lemma) {
    std::size_t same = 0;
    while (same < form.size() && same < lemma.size() && form[same] == lemma[same]) ++same;
    return std::to_string(form.size() - same) + ' ' + lemma.substr(same);
}

std::pair<std::string, int> winner(const std::map<std::string, int>& votes) {
    const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return {best->first, best->second};
}

}  // namespace

void learn_lemmas(const std::vector<language::Sentence>& sentences, language::ModelFile& model) {
    Votes lemmas;   // "VBD said" -> lemma -> count
    for (const auto& sentence : sentences) {
        for (const auto& word : sentence.words) {
            const std::string form = language::lemma_form(word.form, word.upos);
            ++lemmas[word.xpos + ' ' + form][word.lemma];
        }
    }
    Votes rules;
    for (const auto& [key, votes] : lemmas) {
        const std::size_t space = key.find(' ');
        const std::string form = key.substr(space + 1);
        const std::string edit = script(form, winner(votes).first);
        for (std::size_t length = 0; length <= std::min(language::kLongestSuffix, form.size()); ++length) {
            ++rules[key.substr(0, space + 1) + form.substr(form.size() - length)][edit];
        }
    }
    for (const auto& [suffix, votes] : rules) {
        const auto [edit, count] = winner(votes);
        int all = 0;
        for (const auto& vote : votes) all += vote.second;
        const bool shortest = suffix.back() == ' ';
        if (shortest || (count >= kVotesNeeded && count >= kAgreement * all)) model.lemma_rules[suffix] = edit;
    }
    for (const auto& [key, votes] : lemmas) {
        const std::size_t space = key.find(' ');
        const auto [lemma, count] = winner(votes);
        const std::string by_rule = language::lemma_by_rule(model.lemma_rules, key.substr(space + 1), key.substr(0, space));
        if (by_rule != lemma && (count >= 2 || key.starts_with("V") || key.starts_with("NNS ") || key.starts_with("J"))) {
            model.lemma_table[key] = lemma;
        }
    }
}

}  // namespace tercet::training
