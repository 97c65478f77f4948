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

/// Reads a treebank line by line, and writes the text beside it.
class TreebankReader {
public:
    void read(std::string_view line) {
        if (line.empty() || line == "\r") {
            end_sentence();
            return;
        }
        if (line.starts_with("# newpar") || line.starts_with("# newdoc")) sentence_.starts_paragraph = true;
        const auto fields = split(line, '\t');
        if (line.front() == '#' || fields.size() < 10) return;
        if (is_word_id(fields[0])) add_word(fields);
        else if (const std::size_t hyphen = fields[0].find('-'); hyphen != std::string_view::npos) {
            write_token(fields[1], has_space_after(fields[9]), to_head(fields[0].substr(hyphen + 1)) + 1);
        }
    }
    [[nodiscard]] Treebank finish() {
        end_sentence();
        return std::move(treebank_);
    }

private:
    /// What stands between two blanks or marks: a word, or several that are written as one.
    struct Token {
        std::size_t begin = 0, end = 0;
        int last = 0;  ///< number of its last word in the sentence
        bool space_after = true;
    };

    void write_token(std::string_view form, bool space_after, int last) {
        place_words();
        std::string& text = treebank_.text;
        if (!text.empty()) {
            if (is_new_paragraph()) text += "\n\n";
            else if (token_.space_after) text += ' ';
        }
        token_ = {text.size(), text.size() + form.size(), last, space_after};
        first_of_token_ = sentence_.words.size();
        text += form;
    }
    [[nodiscard]] bool is_new_paragraph() const { return sentence_.words.empty() && sentence_.starts_paragraph; }

    void add_word(const std::vector<std::string_view>& fields) {
        const int number = static_cast<int>(sentence_.words.size()) + 1;
        if (number > token_.last) write_token(fields[1], has_space_after(fields[9]), number);
        Word word;
        word.form = fields[1];
        word.lemma = fields[2];
        word.upos = fields[3];
        word.xpos = fields[4];
        word.head = to_head(fields[6]);
        word.deprel = fields[7];
        word.space_after = number == token_.last && token_.space_after;
        word.continues_token = sentence_.words.size() > first_of_token_;
        sentence_.words.push_back(std::move(word));
    }

    /// Each word of the last token gets its bytes, or all of them if the forms are not what is written.
    void place_words() {
        std::string forms;
        for (std::size_t i = first_of_token_; i < sentence_.words.size(); ++i) {
            Word& word = sentence_.words[i];
            word.begin = token_.begin + forms.size();
            forms += word.form;
            word.end = token_.begin + forms.size();
        }
        if (treebank_.text.compare(token_.begin, token_.end - token_.begin, forms) == 0) return;
        for (std::size_t i = first_of_token_; i < sentence_.words.size(); ++i) {
            sentence_.words[i].begin = token_.begin;
            sentence_.words[i].end = token_.end;
        }
    }

    void end_sentence() {
        place_words();
        if (sentence_.words.empty()) return;
        sentence_.begin = sentence_.words.front().begin;
        sentence_.end = sentence_.words.back().end;
        treebank_.sentences.push_back(std::move(sentence_));
        sentence_ = {};
        token_.last = 0;
    }

    Treebank treebank_;
    Sentence sentence_;
    Token token_;
    std::size_t first_of_token_ = 0;  ///< index of its first word
};

}  // namespace

Treebank read_treebank(std::string_view conllu) {
    TreebankReader reader;
    for (const std::string_view line : split(conllu, '\n')) reader.read(line);
    return reader.finish();
}

std::vector<Sentence> read_conllu(std::string_view text) { return read_treebank(text).sentences; }

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
