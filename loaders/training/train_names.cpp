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

namespace {

using namespace tercet;
using namespace tercet::training;

constexpr int kEpochs = 12;
constexpr double kDropped = 0.4;

struct Example {
    NameField::Rows rows;
    std::vector<std::uint8_t> labels;
};

void add_examples(const std::vector<NamedText>& texts, const language::NameLexicon& lexicon, std::vector<Example>& examples) {
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
    std::vector<Example> examples;
    add_examples(read_gum((entities / "gum/train.conllu.gz").string(), analyser), lexicon, examples);
    if (mode != "--gum-only") {
        const auto without = mode == "--without" ? lines_of(argv[5]) : std::set<std::string>();
        add_examples(read_re3d(entities / "re3d", without, analyser), lexicon, examples);
    }
    std::cerr << examples.size() << " sentences, " << listed.size() << " listed names\n";
    NameField field;
    std::mt19937 random(1);
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0);
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) field.learn(thinned(examples[i].rows, random), examples[i].labels);
    }
    language::NameLexicon::write(listed, model, language::NameLexicon::kNames);
    language::NameLexicon::write(read_given_names(entities / "lexicons"), model, language::NameLexicon::kGivenNames);
    field.write(model);
    model.write(argv[2]);
}
