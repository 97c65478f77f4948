#include "loaders/article/lines.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "loaders/article/extractor.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

struct Spelling {
    std::string_view treebank;
    char plain;
};
constexpr std::array kSpellings{Spelling{"``", '"'},    Spelling{"''", '"'},    Spelling{"-LRB-", '('},
                                Spelling{"-RRB-", ')'}, Spelling{"-LSB-", '['}, Spelling{"-RSB-", ']'}};

/// The same bytes with plain marks, each followed by blanks up to its old length.
std::string with_plain_marks(std::string_view line) {
    std::string plain(line);
    for (const Spelling& spelling : kSpellings) {
        for (auto at = plain.find(spelling.treebank); at != plain.npos; at = plain.find(spelling.treebank, at)) {
            plain.replace(at, spelling.treebank.size(), spelling.treebank.size(), ' ');
            plain[at] = spelling.plain;
        }
    }
    return plain;
}

/// Gives the marks their bytes and spelling back.
void restore_marks(language::Sentence& sentence, std::string_view line) {
    for (language::Word& word : sentence.words) {
        for (const Spelling& spelling : kSpellings) {
            const bool was = word.form.size() == 1 && word.form[0] == spelling.plain &&
                             line.substr(word.begin).starts_with(spelling.treebank);
            if (!was) continue;
            word.form = spelling.treebank;
            word.end = word.begin + spelling.treebank.size();
            word.space_after = word.end >= line.size() || text::is_space(line[word.end]);
        }
    }
}

language::Sentence as_one(std::vector<language::Sentence> parts) {
    language::Sentence whole = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        whole.words.back().space_after = parts[i].begin > whole.end;
        std::ranges::move(parts[i].words, std::back_inserter(whole.words));
        whole.end = parts[i].end;
    }
    return whole;
}

void shift(language::Sentence& sentence, std::size_t bytes) {
    sentence.begin += bytes;
    sentence.end += bytes;
    for (language::Word& word : sentence.words) {
        word.begin += bytes;
        word.end += bytes;
    }
}

}  // namespace

std::vector<language::Sentence> analyse_lines(std::string_view text, const language::Analyser& analyser) {
    std::vector<language::Sentence> sentences;
    std::vector<std::size_t> starts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string plain = with_plain_marks(text.substr(begin, end - begin));
        std::vector<language::Sentence> parts = analyser.tokenise(plain);
        std::erase_if(parts, [](const language::Sentence& part) { return part.words.empty(); });
        language::Sentence sentence = parts.empty() ? language::Sentence() : as_one(std::move(parts));
        if (is_readable(sentence)) {
            sentences.push_back(std::move(sentence));
            starts.push_back(begin);
        }
        begin = end + 1;
    }
    analyser.parse(sentences);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const std::size_t end = std::min(text.find('\n', starts[i]), text.size());
        restore_marks(sentences[i], text.substr(starts[i], end - starts[i]));
        shift(sentences[i], starts[i]);
    }
    return sentences;
}

}  // namespace tercet::article
