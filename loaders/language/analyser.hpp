#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Sentences, words, tags, lemmas, dependency trees and names of English text.
///
/// Deterministic. Built once from a model file, then immutable: many threads may call the same analyser.
class Analyser {
public:
    /// Reads a trained model; throws tercet::Error (Io, Damaged, Version) when it cannot be used.
    static Analyser load(const std::string& model_file);

    Analyser(Analyser&&) noexcept;
    Analyser& operator=(Analyser&&) noexcept;
    ~Analyser();

    /// Everything at once for one block of text (a paragraph, or an article). Offsets are bytes of `text`.
    /// The sentences of one call are parsed in batches, so give it whole articles rather than lines.
    [[nodiscard]] std::vector<Sentence> analyse(std::string_view text) const;

    /// Splits and tokenises only: words carry offsets and forms.
    [[nodiscard]] std::vector<Sentence> tokenise(std::string_view text) const;

    /// Tags, lemmas, trees and names for the sentences of one text that are already split into words.
    void parse(std::vector<Sentence>& sentences) const;

private:
    struct Model;
    explicit Analyser(std::unique_ptr<const Model> model);
    std::unique_ptr<const Model> model_;
};

/// Sentences with the trees that people gave them, and the text that they stand in. Offsets are bytes of the text.
struct Treebank {
    std::string text;
    std::vector<Sentence> sentences;
};

/// Reads CoNLL-U. The text is as people wrote it, as far as the file tells: blanks where it has them (SpaceAfter=No), words
/// that are written as one (`N-M`), a blank line before each paragraph and document. Empty nodes (`N.M`) are skipped.
/// For training, evaluation and tests.
[[nodiscard]] Treebank read_treebank(std::string_view conllu);

/// Its sentences alone.
[[nodiscard]] std::vector<Sentence> read_conllu(std::string_view text);

/// Writes CoNLL-U, the form in which people look at trees.
[[nodiscard]] std::string write_conllu(const std::vector<Sentence>& sentences);

}  // namespace tercet::language
