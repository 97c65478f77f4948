#include "loaders/article/phrase.hpp"

#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr int kDeepestComplement = 3;
constexpr std::string_view kCurlyApostrophe = "\xE2\x80\x99";
constexpr std::size_t kLongestName = 16;  ///< words; longer phrases lose their complements

bool is_quote(const Tree& tree, int word) {
    const std::string_view form = tree.form(word);
    const text::QuoteMark mark = text::quote_mark(form, 0);
    return form == "``" || form == "''" || (mark.size == form.size() && mark.size > 0);
}

bool is_kept_before(const Tree& tree, int child) {
    if (tree.is(child, "obl:unmarked") && tree.lemma(tree.head(child)) == "old") return true;  // "the 28 year-old"
    if (tree.is_any(child, {"amod", "compound", "nummod", "flat", "nmod:desc", "goeswith"})) return true;
    if (tree.is(child, "nmod:poss")) return !tree.has_tag(child, "PRON");
    return false;
}

bool is_kept_behind(const Tree& tree, int head, int child, int depth) {
    if (tree.is_any(child, {"flat", "fixed", "goeswith", "compound", "nummod"})) return true;
    if (tree.has_tag(head, "NUM") && tree.preposition(child) == "in" && tree.has(child, "nummod")) return true;  // "one in five voters"
    if (tree.is(child, "nmod:unmarked") && tree.has_tag(head, "NUM")) return true;  // "the attacks of 21 October"
    if (!tree.is(child, "nmod") || depth >= kDeepestComplement || tree.has_tag(child, "VERB")) return false;
    const std::string preposition = tree.preposition(child);
    if (preposition == "of") return !tree.has_tag(child, "PRON");
    const bool wanted = preposition == "for" || preposition == "on" || preposition == "to" || preposition == "over" ||
                        preposition == "against" || preposition == "between" || preposition == "about" ||
                        preposition == "with" || preposition == "by" || preposition == "from";
    return wanted && lexicon::needs_complement(tree.lemma(head)) && !tree.has_tag(child, "PRON");
}

/// An adjective with what is joined to it: "neutral, independent", "self-proclaimed".
void add_modifier(const Tree& tree, int modifier, std::vector<int>& words) {
    for (const int word : tree.subtree(modifier, {"advcl", "acl", "obl", "advmod"})) {
        if (!tree.has_tag(word, "DET") && !is_quote(tree, word) && tree.form(word) != "own") words.push_back(word);
    }
    for (int word = modifier; word >= 2 && tree.form(word - 1) == "-" && !tree[word - 1].space_after; word -= 2) {
        words.push_back(word - 1);  // "self-proclaimed", however the first half is attached
        words.push_back(word - 2);
    }
}

void add_phrase(const Tree& tree, int head, int depth, bool complements, std::vector<int>& words);

/// The first modifier in front of a noun.
int words_begin(const Tree& tree, int head) {
    for (const int child : tree.children(head)) {
        if (child < head && tree.is_any(child, {"amod", "compound"})) return child;
    }
    return head;
}

void add_complement(const Tree& tree, int child, int depth, std::vector<int>& words) {
    for (const int mark : tree.all(child, "case")) {
        words.push_back(mark);
        for (const int part : tree.all(mark, "fixed")) words.push_back(part);
    }
    add_phrase(tree, child, depth + 1, true, words);
    if (tree.preposition(child) != "between" && depth > 0) return;
    for (const int conjunct : tree.all(child, "conj")) {
        for (const int cc : tree.all(conjunct, "cc")) words.push_back(cc);
        for (const int comma : tree.all(conjunct, "punct")) words.push_back(comma);
        add_phrase(tree, conjunct, depth + 1, false, words);
    }
}

/// The "in" of "four in ten adults".
bool is_between_numbers(const Tree& tree, int word, int head) {
    const auto is_number = [&](int near) { return near >= 0 && near < tree.size() && tree.is(near, "nummod") && tree.head(near) == head; };
    return tree.lemma(word) == "in" && is_number(word - 1) && is_number(word + 1);
}

void add_phrase(const Tree& tree, int head, int depth, bool complements, std::vector<int>& words) {
    words.push_back(head);
    for (const int child : tree.children(head)) {
        if (child < head && is_kept_before(tree, child)) {
            if (tree.is(child, "nmod:poss")) {
                add_phrase(tree, child, depth + 1, false, words);
                if (const int mark = tree.child(child, "case"); mark != Tree::kNone) words.push_back(mark);
            } else {
                add_modifier(tree, child, words);
            }
        } else if (child > head && tree.is(child, "nmod") && !tree.is(child, "nmod:unmarked") && complements && is_kept_behind(tree, head, child, depth)) {
            add_complement(tree, child, depth, words);
        } else if (child > head && (!tree.is(child, "nmod") || tree.is(child, "nmod:unmarked")) && is_kept_behind(tree, head, child, depth)) {
            add_modifier(tree, child, words);
        } else if (tree.is(child, "case") && is_between_numbers(tree, child, head)) {
            words.push_back(child);
        } else if (tree.is(child, "punct") && tree.form(child) == "-") {
            words.push_back(child);
        } else if (tree.is(child, "cc") && child > words_begin(tree, head) &&
                   child < head) {  // "Kenyan and Ugandan ministers"
            words.push_back(child);
        }
    }
}

std::vector<int> words_of(const Tree& tree, int head, bool complements) {
    std::vector<int> words;
    add_phrase(tree, head, 0, complements, words);
    // A later conjunct shares the owner of the first: "Armenia's sovereignty and democracy".
    if (tree.is(head, "conj") && !tree.has(head, "nmod:poss") && !tree.has(head, "det")) {
        const int first = tree.head(head);
        const int owner = tree.child(first, "nmod:poss");
        if (owner != Tree::kNone && owner < first && !tree.has_tag(owner, "PRON")) {
            add_phrase(tree, owner, 1, false, words);
            if (const int mark = tree.child(owner, "case"); mark != Tree::kNone) words.push_back(mark);
        }
    }
    std::ranges::sort(words);
    const auto repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
    while (!words.empty() && tree.has_tag(words.front(), "PUNCT")) words.erase(words.begin());
    while (!words.empty() && tree.has_tag(words.back(), "PUNCT")) words.pop_back();
    return words;
}

bool is_dropped_in_name(const Tree& tree, int word) {
    return is_quote(tree, word) || tree.form(word) == "the" || tree.form(word) == "The";
}

/// One spelling for one name, however the text writes it.
std::string with_straight_apostrophes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(kCurlyApostrophe), text.size());
        result.append(text.substr(0, at));
        if (at == text.size()) break;
        result += '\'';
        text.remove_prefix(at + kCurlyApostrophe.size());
    }
    return result;
}

/// "The recent tensions" at the start of a sentence is "recent tensions" elsewhere.
std::string name_of(const Tree& tree, std::vector<int> words) {
    std::erase_if(words, [&](int word) { return is_dropped_in_name(tree, word); });
    std::string name = with_straight_apostrophes(join_words(tree, words));
    const bool starts = !words.empty() && words.front() <= 2 && !tree.has_tag(words.front(), "PROPN") &&
                        !text::is_acronym(tree.form(words.front())) &&
                        lexicon::country_by_demonym(tree.form(words.front())) == nullptr;
    if (starts) name[0] = text::lower(name.substr(0, 1))[0];
    return name;
}

}  // namespace

std::vector<int> phrase_words(const Tree& tree, int head) {
    std::vector<int> words = words_of(tree, head, true);
    return words.size() <= kLongestName ? words : words_of(tree, head, false);
}

std::string phrase_name(const Tree& tree, int head, std::string_view) {
    return name_of(tree, phrase_words(tree, head));
}

std::string short_phrase_name(const Tree& tree, int head, std::string_view) {
    return name_of(tree, words_of(tree, head, false));
}

std::string join_words(const Tree& tree, const std::vector<int>& words) {
    std::string result;
    int before = Tree::kNone;
    for (const int word : words) {
        if (is_quote(tree, word)) continue;
        bool joined = before != Tree::kNone && word - before <= 2;  // only a quotation mark may be between
        for (int i = before; joined && i < word; ++i)
            joined = !tree[i].space_after && (i == before || is_quote(tree, i));
        if (!result.empty() && !joined) result += ' ';
        result += tree.form(word);
        before = word;
    }
    return result;
}

std::vector<int> conjuncts(const Tree& tree, int head) {
    std::vector<int> result{head};
    if (tree.preposition(head) == "between") return result;
    for (const int conjunct : tree.all(head, "conj")) {
        if (tree.has_tag(conjunct, "VERB") || tree.has(conjunct, "cop") || tree.has(conjunct, "nsubj")) continue;
        result.push_back(conjunct);
    }
    return result;
}

PhraseSpan phrase_span(const Tree& tree, int head) {
    const std::vector<int> words = tree.subtree(head, {"conj", "cc", "acl", "appos", "punct", "parataxis", "advcl",
                                                       "case", "nsubj", "cop", "aux", "mark", "obl", "ccomp", "xcomp"});
    std::size_t first = words.size();
    std::size_t last = 0;
    const auto at = static_cast<std::size_t>(std::ranges::find(words, head) - words.begin());
    first = at;
    last = at;
    while (first > 0 && words[first - 1] >= words[first] - 2) --first;
    while (last + 1 < words.size() && words[last + 1] <= words[last] + 2) ++last;
    return {tree[words[first]].begin, tree[words[last]].end};
}

}  // namespace tercet::article
