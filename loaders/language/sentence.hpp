#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::language {

/// What a name stands for.
enum class NameKind : std::uint8_t { None, Person, Organisation, Place, Other };

enum class Gender : std::uint8_t { Unknown, Male, Female };

/// One syntactic word with its place in the text and in the dependency tree (Universal Dependencies).
///
/// A contraction such as "don't" gives two words; each carries the bytes that it covers. Where the parts of a
/// contraction cannot be told apart in the text, both carry the bytes of the whole.
struct Word {
    static constexpr int kRoot = -1;

    std::size_t begin = 0;          ///< first byte, in the text given to the analyser
    std::size_t end = 0;            ///< one past the last byte
    std::string form;               ///< as written
    std::string lemma;              ///< lower-cased except for proper nouns
    std::string upos;               ///< NOUN, VERB, ...
    std::string xpos;               ///< Penn tag: NN, VBD, ...
    int head = kRoot;               ///< index in the sentence, kRoot for the root
    std::string deprel;             ///< with its sub-type: nsubj:pass
    float head_probability = 1;     ///< of the arc, by the parser's softmax
    float deprel_probability = 1;   ///< of the label, given the arc
    bool space_after = true;
    bool continues_token = false;   ///< written as one with the word before: the "n't" of "don't"
    NameKind name = NameKind::None;  ///< of the name that the word is part of, by the tagger of names
    bool begins_name = false;
    Gender gender = Gender::Unknown;  ///< of a given name, within a person's name, as lists tell
};

/// A name: words [first, end) of a sentence. Names may stand within each other, and one may stand for two things.
struct NameSpan {
    int first = 0;
    int end = 0;
    NameKind kind = NameKind::None;

    bool operator==(const NameSpan&) const = default;
};

struct Sentence {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool starts_paragraph = false;  ///< as a treebank says; not set for sentences of a text
    std::vector<Word> words;
    std::vector<NameSpan> names;  ///< by the tagger of names: those that the words' own labels tell, and those within and around them
};

}  // namespace tercet::language
