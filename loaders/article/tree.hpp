#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::article {

/// Whether `relation` is `base` or base:something. Rules ask this of every word again and again, mostly in vain.
[[nodiscard]] inline bool is_relation(std::string_view relation, std::string_view base) noexcept {
    if (relation.empty() || relation.front() != base.front() || !relation.starts_with(base)) return false;
    return relation.size() == base.size() || relation[base.size()] == ':';
}

/// A dependency tree to walk downwards. The sentence must outlive it; -1 stands for "no such word".
class Tree {
public:
    static constexpr int kNone = -1;

    explicit Tree(const language::Sentence& sentence);

    [[nodiscard]] int size() const noexcept { return static_cast<int>(lemmas_.size()); }
    [[nodiscard]] const language::Sentence& sentence() const noexcept { return *sentence_; }
    [[nodiscard]] const language::Word& operator[](int word) const { return sentence_->words[index(word)]; }
    [[nodiscard]] std::string_view form(int word) const { return (*this)[word].form; }
    [[nodiscard]] const std::string& lemma(int word) const { return lemmas_[index(word)]; }  ///< in lower case
    [[nodiscard]] int head(int word) const { return (*this)[word].head; }
    [[nodiscard]] bool has_tag(int word, std::string_view upos) const { return (*this)[word].upos == upos; }

    /// Whether the word's relation is this one, or a sub-type of it.
    [[nodiscard]] bool is(int word, std::string_view relation) const { return is_relation((*this)[word].deprel, relation); }
    [[nodiscard]] bool is_any(int word, std::initializer_list<std::string_view> relations) const;

    [[nodiscard]] std::span<const int> children(int word) const;
    /// The first dependent with this relation (or a sub-type), or kNone.
    [[nodiscard]] int child(int word, std::string_view relation) const;
    [[nodiscard]] bool has(int word, std::string_view relation) const { return child(word, relation) != kNone; }
    [[nodiscard]] std::vector<int> all(int word, std::string_view relation) const;
    [[nodiscard]] int child_with_lemma(int word, std::string_view lemma) const;

    /// The word and all below it, sorted. `stop` relations are not entered.
    [[nodiscard]] std::vector<int> subtree(int word, std::initializer_list<std::string_view> stop = {}) const;
    [[nodiscard]] bool dominates(int above, int below) const;
    /// "because of" as one string, for a noun's first case mark with its fixed parts; empty if it has none.
    [[nodiscard]] std::string preposition(int word) const;
    /// How sure the parser is of the word's arc and label.
    [[nodiscard]] double probability(int word) const;

private:
    static std::size_t index(int word) { return static_cast<std::size_t>(word); }

    const language::Sentence* sentence_;
    std::vector<std::string> lemmas_;
    std::vector<int> child_words_;   ///< grouped by head
    std::vector<int> child_starts_;  ///< where a head's group starts; one more than words
};

}  // namespace tercet::article
