#include "loaders/language/name_tagger.hpp"

#include <algorithm>
#include <limits>

#include "tercet/error.hpp"

namespace tercet::language {
namespace {

constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::min() / 2;

std::vector<std::int8_t> weights_of(const ModelFile& file, const char* name, std::size_t size) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) return {};
    if (found->second.data.size() != size) throw Error(ErrorCode::Damaged, std::string("the language model's part ") + name + " has another size");
    return found->second.data;
}

}  // namespace

NameTagger::NameTagger(const ModelFile& file)
    : lexicon_(file, NameLexicon::kNames),
      given_names_(file, NameLexicon::kGivenNames),
      weights_(weights_of(file, "names.weights", (std::size_t{1} << kNameRowBits) * kNameLabels)),
      transitions_(weights_of(file, "names.transitions", kNameLabels * kNameLabels)) {
    if (transitions_.empty()) weights_.clear();
}

void NameTagger::tag(std::vector<Sentence>& sentences) const {
    if (weights_.empty()) return;
    const NameFeatures features(sentences, lexicon_);
    std::vector<std::vector<std::uint32_t>> rows;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        features.find(i, rows);
        decode(rows, sentences[i]);
        mark_gender(sentences[i]);
    }
}

void NameTagger::mark_gender(Sentence& sentence) const {
    for (Word& word : sentence.words) {
        if (word.name != NameKind::Person) continue;
        const std::uint8_t bearers = given_names_.classes(name_key(word.form));
        if (bearers == kOfMen) word.gender = Gender::Male;
        if (bearers == kOfWomen) word.gender = Gender::Female;
    }
}

/// Viterbi.
void NameTagger::decode(const std::vector<std::vector<std::uint32_t>>& rows, Sentence& sentence) const {
    const std::size_t size = sentence.words.size();
    std::vector<std::array<std::uint8_t, kNameLabels>> from(size);
    Scores best;
    best.fill(kNever);
    best[0] = 0;
    for (std::size_t i = 0; i < size; ++i) {
        Scores here{};
        for (const std::uint32_t row : rows[i]) {
            const std::int8_t* weight = &weights_[row * kNameLabels];
            for (std::size_t label = 0; label < kNameLabels; ++label) here[label] += weight[label];
        }
        Scores next;
        for (std::size_t label = 0; label < kNameLabels; ++label) {
            next[label] = kNever;
            for (std::size_t before = 0; before < kNameLabels; ++before) {
                if (!may_follow(before, label)) continue;
                const std::int32_t score = best[before] + transitions_[before * kNameLabels + label];
                if (score <= next[label]) continue;
                next[label] = score;
                from[i][label] = static_cast<std::uint8_t>(before);
            }
            next[label] = std::max(kNever, next[label] + here[label]);
        }
        best = next;
    }
    auto label = static_cast<std::size_t>(std::ranges::max_element(best) - best.begin());
    for (std::size_t i = size; i-- > 0; label = from[i][label]) {
        sentence.words[i].name = kind_of_label(label);
        sentence.words[i].begins_name = label_begins(label);
    }
}

}  // namespace tercet::language
