#include "loaders/article/lines.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "loaders/article/extractor.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr std::size_t kLongestLine = 100'000;  ///< bytes
constexpr const char* kTooLong = "longer than 100 KB, which is no sentence; break the text into lines";
constexpr std::size_t kBytesAtATime = 100'000;

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
    sentence.end = sentence.words.back().end;
}

language::Sentence as_one(std::vector<language::Sentence> parts) {
    std::erase_if(parts, [](const language::Sentence& part) { return part.words.empty(); });
    if (parts.empty()) return {};
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

SentenceLineReader::SentenceLineReader(std::istream& in, const language::Analyser& analyser, Refuse refuse)
    : reader_(in, kLongestLine), analyser_(analyser), refuse_(std::move(refuse)) {}

bool SentenceLineReader::next(SentenceLines& lines) {
    lines = {};
    lines.begin = reader_.end();
    std::size_t first_number = reader_.number() + 1;
    while (lines.text.size() < kBytesAtATime && reader_.next()) {
        if (!reader_.is_cut()) {
            lines.text.append(reader_.line()).append("\n");
            continue;
        }
        if (!lines.text.empty()) break;
        refuse_(reader_.number(), kTooLong);
        lines.begin = reader_.end();
        first_number = reader_.number() + 1;
    }
    if (lines.text.empty()) return false;
    analyse(lines, first_number);
    if (reader_.is_cut()) refuse_(reader_.number(), kTooLong);
    return true;
}

void SentenceLineReader::analyse(SentenceLines& lines, std::size_t first_number) const {
    const std::string_view text = lines.text;
    std::vector<std::size_t> starts;
    std::size_t number = first_number;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        language::Sentence sentence = as_one(analyser_.tokenise(with_plain_marks(text.substr(begin, end - begin))));
        if (is_readable(sentence)) {
            lines.sentences.push_back(std::move(sentence));
            starts.push_back(begin);
        } else if (!sentence.words.empty()) {
            refuse_(number, std::to_string(sentence.words.size()) + " words, which is no sentence");
        }
        begin = end + 1;
    }
    analyser_.parse(lines.sentences);
    for (std::size_t i = 0; i < lines.sentences.size(); ++i) {
        const std::size_t end = std::min(text.find('\n', starts[i]), text.size());
        restore_marks(lines.sentences[i], text.substr(starts[i], end - starts[i]));
        shift(lines.sentences[i], starts[i]);
    }
}

}  // namespace tercet::article
