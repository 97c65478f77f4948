#include "loaders/language/name_tagger.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "tercet/error.hpp"

namespace tercet::language {
namespace {

constexpr auto* kWeights = "names.weights";
constexpr auto* kTransitions = "names.transitions";
constexpr auto* kSpans = "names.spans";
/// What is likelier a name than half of F1 raises it.
constexpr double kLeastProbability = 0.38;
/// The weights have learnt with half of the rows at a time; all of them together say it twice.
constexpr double kRepeated = 2;

/// Empty if the model has none.
std::vector<std::int8_t> weights_of(const ModelFile& file, const char* name, std::size_t size) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) return {};
    if (found->second.data.size() != size) throw Error(ErrorCode::Damaged, std::string("the language model's part ") + name + " has another size");
    return found->second.data;
}

float unit_of(const ModelFile& file, const char* name) { return file.tensors.at(name).scale.at(0); }

}  // namespace

NameTagger::NameTagger(const ModelFile& file)
    : lexicon_(file, NameLexicon::kNames),
      given_names_(file, NameLexicon::kGivenNames),
      weights_(weights_of(file, kWeights, (std::size_t{1} << kNameRowBits) * kNameLabels)),
      span_weights_(weights_of(file, kSpans, (std::size_t{1} << kSpanRowBits) * kSpanKinds.size())) {
    const auto transitions = weights_of(file, kTransitions, transitions_.size());
    if (transitions.empty()) weights_.clear();
    if (weights_.empty()) return;
    std::ranges::copy(transitions, transitions_.begin());
    unit_ = unit_of(file, kWeights);
    if (!span_weights_.empty()) least_ = static_cast<std::int32_t>(std::lround(kRepeated * std::log(kLeastProbability / (1 - kLeastProbability)) / unit_of(file, kSpans)));
}

void NameTagger::tag(std::vector<Sentence>& sentences) const {
    if (weights_.empty()) return;
    const NameFeatures features(sentences, lexicon_);
    const std::vector<NameReading> readings = read(features);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const auto& labels = readings[i].labels();
        for (std::size_t w = 0; w < labels.size(); ++w) {
            sentences[i].words[w].name = kind_of_label(labels[w]);
            sentences[i].words[w].begins_name = label_begins(labels[w]);
        }
        mark_gender(sentences[i]);
    }
    for (Sentence& sentence : sentences) sentence.names.clear();
    if (span_weights_.empty()) {
        for (std::size_t i = 0; i < sentences.size(); ++i) sentences[i].names = readings[i].names();
        return;
    }
    const NameSpanFeatures spans = span_features(features, readings);
    for (std::size_t i = 0; i < sentences.size(); ++i) add_names(spans, i, sentences[i]);
}

void NameTagger::mark_gender(Sentence& sentence) const {
    for (Word& word : sentence.words) {
        if (word.name != NameKind::Person) continue;
        const std::uint8_t bearers = given_names_.classes(name_key(word.form));
        if (bearers == kOfMen) word.gender = Gender::Male;
        if (bearers == kOfWomen) word.gender = Gender::Female;
    }
}

std::vector<NameReading> NameTagger::read(const NameFeatures& features) const {
    std::vector<NameReading> readings;
    std::vector<std::vector<std::uint32_t>> rows;
    for (std::size_t i = 0; i < features.sentences().size(); ++i) {
        features.find(i, rows);
        std::vector<NameScores> scores(rows.size(), NameScores{});
        for (std::size_t w = 0; w < rows.size(); ++w) {
            for (const std::uint32_t row : rows[w]) {
                for (std::size_t label = 0; label < kNameLabels; ++label) scores[w][label] += weights_[row * kNameLabels + label];
            }
        }
        readings.emplace_back(std::move(scores), transitions_);
    }
    return readings;
}

void NameTagger::add_names(const NameSpanFeatures& features, std::size_t index, Sentence& sentence) const {
    std::vector<std::uint32_t> rows;
    for (NameSpan span : features.candidates(index)) {
        features.find(index, span, rows);
        std::array<std::int32_t, kSpanKinds.size()> sums{};
        for (const std::uint32_t row : rows) {
            for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += span_weights_[row * sums.size() + k];
        }
        for (std::size_t k = 0; k < sums.size(); ++k) {
            span.kind = kSpanKinds[k];
            if (sums[k] > least_) sentence.names.push_back(span);
        }
    }
}

}  // namespace tercet::language
