#include "loaders/article/tree.hpp"

#include <algorithm>

#include "loaders/article/inflection.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {

Tree::Tree(const language::Sentence& sentence) : sentence_(&sentence) {
    const std::size_t count = sentence.words.size();
    lemmas_.reserve(count);
    child_starts_.assign(count + 1, 0);
    for (const language::Word& word : sentence.words) {
        lemmas_.push_back(text::lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma));
        if (word.xpos == "VBD" || word.xpos == "VBN") {
            if (const std::string_view verb = verb_of_past(text::lower(word.form)); !verb.empty())
                lemmas_.back() = verb;
        }
        if (word.head >= 0) ++child_starts_[index(word.head) + 1];
    }
    for (std::size_t i = 0; i < count; ++i) child_starts_[i + 1] += child_starts_[i];
    child_words_.resize(index(child_starts_[count]));
    std::vector<int> next(child_starts_.begin(), child_starts_.end());
    for (std::size_t i = 0; i < count; ++i) {
        const int head = sentence.words[i].head;
        if (head >= 0) child_words_[index(next[index(head)]++)] = static_cast<int>(i);
    }
}

bool Tree::is_any(int word, std::initializer_list<std::string_view> relations) const {
    return std::ranges::any_of(relations, [&](std::string_view relation) { return is(word, relation); });
}

std::span<const int> Tree::children(int word) const {
    const auto begin = index(child_starts_[index(word)]);
    return std::span(child_words_).subspan(begin, index(child_starts_[index(word) + 1]) - begin);
}

int Tree::child(int word, std::string_view relation) const {
    const auto below = children(word);
    const auto found = std::ranges::find_if(below, [&](int child) { return is(child, relation); });
    return found == below.end() ? kNone : *found;
}

std::vector<int> Tree::all(int word, std::string_view relation) const {
    std::vector<int> result;
    std::ranges::copy_if(children(word), std::back_inserter(result), [&](int child) { return is(child, relation); });
    return result;
}

int Tree::child_with_lemma(int word, std::string_view lemma) const {
    const auto below = children(word);
    const auto found = std::ranges::find_if(below, [&](int child) { return this->lemma(child) == lemma; });
    return found == below.end() ? kNone : *found;
}

std::vector<int> Tree::subtree(int word, std::initializer_list<std::string_view> stop) const {
    std::vector<int> found{word};
    for (std::size_t next = 0; next < found.size(); ++next) {
        for (const int child : children(found[next])) {
            if (!is_any(child, stop)) found.push_back(child);
        }
    }
    std::ranges::sort(found);
    return found;
}

bool Tree::dominates(int above, int below) const {
    for (int steps = 0; below != kNone && steps <= size(); below = head(below), ++steps) {
        if (below == above) return true;
    }
    return false;
}

std::string Tree::preposition(int word) const {
    const int mark = child(word, "case");
    if (mark == kNone || has_tag(mark, "PART")) return {};
    std::string result = text::lower(form(mark));
    for (const int part : all(mark, "fixed")) result += ' ' + text::lower(form(part));
    return result;
}

double Tree::probability(int word) const {
    return static_cast<double>((*this)[word].head_probability) * static_cast<double>((*this)[word].deprel_probability);
}

}  // namespace tercet::article
