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
    std::size_t offset = 0;
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty() || line == "\r") {
            finish(sentence, offset, sentences);
            continue;
        }
        const auto fields = split(line, '\t');
        if (line.front() == '#' || fields.size() < 10 || !is_word_id(fields[0])) continue;
        Word word;
        word.form = fields[1];
        word.lemma = fields[2];
        word.upos = fields[3];
        word.xpos = fields[4];
        word.head = to_head(fields[6]);
        word.deprel = fields[7];
        word.space_after = fields[9].find("SpaceAfter=No") == std::string_view::npos;
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
