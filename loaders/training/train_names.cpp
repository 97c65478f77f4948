// Trains the tagger of names into a model that tags and parses: tercet_train_names MODEL OUT ENTITIES [--gum-only | --without FILE]
//
// ENTITIES holds the folders gum, re3d and lexicons. FILE lists texts of re3d that are left out, one identifier a line, for a
// cross-validation.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <numeric>
#include <random>

#include "loaders/training/name_data.hpp"
#include "loaders/training/name_field.hpp"
#include "loaders/training/span_field.hpp"

namespace {

using namespace tercet;
using namespace tercet::training;

constexpr int kEpochs = 12;
constexpr unsigned kRuns = 3;  ///< whose mean is kept
constexpr double kDropped = 0.4;
constexpr std::size_t kParts = 6;  ///< of the texts; a field learns from all but one, and is asked about that one

struct Example {
    NameField::Rows rows;
    std::vector<std::uint8_t> labels;
};

using Texts = std::vector<NamedText>;

void add_examples(const Texts& texts, const language::NameLexicon& lexicon, std::vector<Example>& examples) {
    for (const NamedText& text : texts) {
        const language::NameFeatures features(text.sentences, lexicon);
        for (std::size_t i = 0; i < text.sentences.size(); ++i) {
            if (text.sentences[i].words.empty()) continue;
            Example example{{}, text.labels[i]};
            features.find(i, example.rows);
            examples.push_back(std::move(example));
        }
    }
}

/// The rows without a random part of them, so that no weight relies on another.
NameField::Rows thinned(const NameField::Rows& rows, std::mt19937& random) {
    const auto limit = static_cast<std::uint32_t>(kDropped * static_cast<double>(std::mt19937::max()));
    NameField::Rows kept(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const std::uint32_t row : rows[i]) {
            if (random() >= limit) kept[i].push_back(row);
        }
    }
    return kept;
}

NameField field_of(const Texts& gum, const Texts& re3d, const language::NameLexicon& lexicon) {
    std::vector<Example> examples;
    add_examples(gum, lexicon, examples);
    add_examples(re3d, lexicon, examples);
    NameField mean;
    for (unsigned run = 1; run <= kRuns; ++run) {
        NameField field;
        std::mt19937 random(run);
        std::vector<std::size_t> order(examples.size());
        std::iota(order.begin(), order.end(), 0);
        for (int epoch = 0; epoch < kEpochs; ++epoch) {
            std::shuffle(order.begin(), order.end(), random);
            for (const std::size_t i : order) field.learn(thinned(examples[i].rows, random), examples[i].labels);
        }
        mean.add(field, 1.0F / kRuns);
    }
    return mean;
}

void add_spans(const NamedText& text, const language::NameTagger& tagger, std::vector<SpanExample>& examples) {
    const language::NameFeatures features(text.sentences, tagger.lexicon());
    const auto readings = tagger.read(features);
    const language::NameSpanFeatures spans = tagger.span_features(features, readings);
    for (std::size_t i = 0; i < text.sentences.size(); ++i) {
        for (language::NameSpan span : spans.candidates(i)) {
            SpanExample example;
            spans.find(i, span, example.rows);
            for (std::size_t k = 0; k < example.is.size(); ++k) {
                span.kind = language::kSpanKinds[k];
                example.is[k] = std::ranges::find(text.names[i], span) != text.names[i].end();
            }
            examples.push_back(std::move(example));
        }
    }
}

std::size_t part_of(std::size_t text, const Texts& texts) { return text * kParts / texts.size(); }

Texts without_part(const Texts& texts, std::size_t part) {
    Texts others;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (part_of(i, texts) != part) others.push_back(texts[i]);
    }
    return others;
}

/// The stretches of words in re3d, each as a field sees it that has not learnt from its text nor, mostly, from those of the same
/// source: of a new text a field is no surer.
std::vector<SpanExample> spans_of(const Texts& gum, const Texts& re3d, const std::vector<language::NameLexicon::Entry>& listed) {
    const language::NameLexicon lexicon(listed);
    std::vector<SpanExample> examples;
    for (std::size_t part = 0; part < kParts; ++part) {
        language::ModelFile model;
        language::NameLexicon::write(listed, model, language::NameLexicon::kNames);
        field_of(without_part(gum, part), without_part(re3d, part), lexicon).write(model);
        const language::NameTagger tagger(model);
        for (std::size_t i = 0; i < re3d.size(); ++i) {
            if (part_of(i, re3d) == part) add_spans(re3d[i], tagger, examples);
        }
    }
    return examples;
}

std::set<std::string> lines_of(const std::string& file) {
    std::set<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) lines.insert(line);
    return lines;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 4) {
        std::cerr << "usage: tercet_train_names MODEL OUT ENTITIES [--gum-only | --without FILE]\n";
        return 2;
    }
    const std::filesystem::path entities = argv[3];
    const std::string mode = argc > 4 ? argv[4] : "";
    const auto analyser = language::Analyser::load(argv[1]);
    language::ModelFile model = language::ModelFile::read(argv[1]);
    const auto listed = read_lexicons(entities / "lexicons");
    const language::NameLexicon lexicon(listed);
    const Texts gum = read_gum((entities / "gum/train.conllu.gz").string(), analyser);
    Texts re3d;
    if (mode != "--gum-only") {
        const auto without = mode == "--without" ? lines_of(argv[5]) : std::set<std::string>();
        re3d = read_re3d(entities / "re3d", without, analyser);
    }
    std::cerr << gum.size() + re3d.size() << " texts, " << listed.size() << " listed names\n";
    language::NameLexicon::write(listed, model, language::NameLexicon::kNames);
    language::NameLexicon::write(read_given_names(entities / "lexicons"), model, language::NameLexicon::kGivenNames);
    field_of(gum, re3d, lexicon).write(model);
    model.tensors.erase("names.spans");
    if (!re3d.empty()) SpanField(spans_of(gum, re3d, listed)).write(model);
    model.write(argv[2]);
}
