#include <charconv>
#include <string>

#include "loaders/language/analyser.hpp"

namespace tercet::language {
namespace {

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> fields;
    while (true) {
        const std::size_t at = line.find(separator);
        fields.push_back(line.substr(0, at));
        if (at == std::string_view::npos) return fields;
        line.remove_prefix(at + 1);
    }
}

bool is_word_id(std::string_view id) {
    return !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
}

int to_head(std::string_view field) {
    int head = 0;
    std::from_chars(field.data(), field.data() + field.size(), head);
    return head - 1;
}

bool has_space_after(std::string_view misc) { return misc.find("SpaceAfter=No") == std::string_view::npos; }

/// "3-4 don't": words that are written as one. What follows them is told in that line.
struct Contraction {
    int last = 0;  ///< number of its last word; 0: none
    bool space_after = true;

    void read(std::string_view id, std::string_view misc) {
        const std::size_t hyphen = id.find('-');
        if (hyphen == std::string_view::npos) return;
        last = to_head(id.substr(hyphen + 1)) + 1;
        space_after = has_space_after(misc);
    }
    /// What follows the word of that number.
    [[nodiscard]] bool space_after_word(int number, std::string_view misc) const {
        if (number > last) return has_space_after(misc);
        return number == last && space_after;
    }
};

void finish(Sentence& sentence, std::size_t& offset, std::vector<Sentence>& sentences) {
    if (sentence.words.empty()) return;
    sentence.begin = sentence.words.front().begin;
    sentence.end = sentence.words.back().end;
    sentences.push_back(std::move(sentence));
    sentence = {};
    ++offset;
}

}  // namespace

std::vector<Sentence> read_conllu(std::string_view text) {
    std::vector<Sentence> sentences;
    Sentence sentence;
    Contraction contraction;
    std::size_t offset = 0;
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty() || line == "\r") {
            finish(sentence, offset, sentences);
            contraction = {};
            continue;
        }
        if (line.starts_with("# newpar") || line.starts_with("# newdoc")) sentence.starts_paragraph = true;
        const auto fields = split(line, '\t');
        if (line.front() == '#' || fields.size() < 10) continue;
        if (!is_word_id(fields[0])) {
            contraction.read(fields[0], fields[9]);
            continue;
        }
        Word word;
        word.form = fields[1];
        word.lemma = fields[2];
        word.upos = fields[3];
        word.xpos = fields[4];
        word.head = to_head(fields[6]);
        word.deprel = fields[7];
        word.space_after = contraction.space_after_word(static_cast<int>(sentence.words.size()) + 1, fields[9]);
        word.begin = offset;
        word.end = offset + word.form.size();
        offset = word.end + (word.space_after ? 1 : 0);
        sentence.words.push_back(std::move(word));
    }
    finish(sentence, offset, sentences);
    return sentences;
}

std::string write_conllu(const std::vector<Sentence>& sentences) {
    const auto field = [](const std::string& text) { return text.empty() ? std::string("_") : text; };
    std::string out;
    for (const Sentence& sentence : sentences) {
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            const Word& word = sentence.words[i];
            out += std::to_string(i + 1) + '\t' + word.form + '\t' + field(word.lemma) + '\t' + field(word.upos) + '\t' +
                   field(word.xpos) + "\t_\t" + std::to_string(word.head + 1) + '\t' + field(word.deprel) + "\t_\t" +
                   (word.space_after ? "_" : "SpaceAfter=No") + '\n';
        }
        out += '\n';
    }
    return out;
}

}  // namespace tercet::language
