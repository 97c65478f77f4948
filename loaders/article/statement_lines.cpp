#include "loaders/article/statement_lines.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "loaders/article/text.hpp"
#include "tercet/error.hpp"

namespace tercet::article {
namespace {

using Json = nlohmann::json;

/// One line, with its place for messages.
class LineReader {
public:
    LineReader(std::string_view line, std::size_t number) : number_(number), json_(Json::parse(line, nullptr, false)) {
        if (!json_.is_object()) fail("expected one JSON object such as tercet extract writes");
    }

    std::string needed(const char* key) const {
        std::string value = text(key);
        if (value.empty()) fail(std::string("expected a string that is not empty as \"") + key + '"');
        return value;
    }
    std::string text(const char* key) const {
        const auto found = json_.find(key);
        if (found == json_.end() || found->is_null()) return {};
        if (!found->is_string()) fail(std::string("expected a string as \"") + key + '"');
        return found->get<std::string>();
    }
    std::optional<std::string> optional(const char* key) const {
        std::string value = text(key);
        return value.empty() ? std::nullopt : std::optional(std::move(value));
    }
    template <typename Number>
    Number number(const char* key, Number missing) const {
        const auto found = json_.find(key);
        if (found == json_.end() || found->is_null()) return missing;
        if (!found->is_number() || found->get<double>() < 0) fail(std::string("expected a number from 0 as \"") + key + '"');
        return found->get<Number>();
    }
    Polarity polarity() const {
        const std::string value = text("polarity");
        if (value.empty()) return Polarity::Positive;
        const std::optional<Polarity> found = polarity_of(value);
        if (!found) fail("expected positive or negative as \"polarity\"");
        return *found;
    }
    Modality modality() const {
        const std::string value = text("modality");
        if (value.empty()) return Modality::Asserted;
        const std::optional<Modality> found = modality_of(value);
        if (!found) fail("expected asserted, possible, necessary, desired, intended, future, conditional or question as \"modality\"");
        return *found;
    }
    Mention mention(const char* key) const {
        const std::string text_key = std::string(key) + "_text";
        Mention mention;
        mention.name = text(key);
        mention.text = text(text_key.c_str());
        if (mention.text.empty()) mention.text = mention.name;
        return mention;
    }

private:
    [[noreturn]] void fail(const std::string& expected) const {
        throw Error(ErrorCode::Syntax, "line " + std::to_string(number_) + ": " + expected);
    }

    std::size_t number_;
    Json json_;
};

/// A document while its lines come.
struct Growing {
    ForeignArticle article;
    std::map<std::string, std::size_t> sentences;  ///< by number and text
    std::map<std::string, std::size_t> entities;
    std::size_t next_offset = 0;  ///< where a sentence without offsets is put: all stand one behind the other
};

std::size_t sentence_of(Growing& document, const LineReader& line) {
    const std::string words = line.needed("sentence_text");
    const std::string key = std::to_string(line.number<std::size_t>("sentence", 0)) + ' ' + words;
    const auto [place, is_new] = document.sentences.emplace(key, document.article.statements.sentences.size());
    if (is_new) {
        const auto begin = line.number<std::size_t>("begin", document.next_offset);
        document.article.statements.sentences.push_back({begin, begin + words.size(), words});
        document.next_offset = std::max(document.next_offset, begin + words.size() + 1);
    }
    return place->second;
}

void note_entity(Growing& document, const Mention& mention) {
    if (mention.name.empty()) return;
    auto& entities = document.article.statements.entities;
    const auto [place, is_new] = document.entities.emplace(mention.name, entities.size());
    if (is_new) entities.push_back({mention.name, {}, EntityType::Unknown});
    auto& aliases = entities[place->second].aliases;
    const bool known = mention.text == mention.name || std::ranges::count(aliases, mention.text) > 0;
    if (!known) aliases.push_back(mention.text);
}

void add_statement(Growing& document, const LineReader& line) {
    Statement statement;
    statement.sentence = sentence_of(document, line);
    const SourceSentence& sentence = document.article.statements.sentences[statement.sentence];
    statement.begin = line.number<std::size_t>("begin", sentence.begin);
    statement.end = line.number<std::size_t>("end", sentence.end);
    static_cast<void>(line.needed("subject"));
    static_cast<void>(line.needed("predicate"));
    statement.subject = line.mention("subject");
    statement.predicate = line.mention("predicate");
    statement.object = line.mention("object");
    statement.polarity = line.polarity();
    statement.modality = line.modality();
    statement.attributed_to = line.optional("attributed_to");
    statement.time = line.optional("time");
    statement.place = line.optional("place");
    statement.confidence = std::clamp(line.number<double>("confidence", 1), 0.0, 1.0);
    statement.rule = "foreign";
    note_entity(document, statement.subject);
    note_entity(document, statement.object);
    if (statement.attributed_to) note_entity(document, {*statement.attributed_to, *statement.attributed_to, 0, 0});
    document.article.statements.statements.push_back(std::move(statement));
}

}  // namespace

std::vector<ForeignArticle> read_statement_lines(std::string_view text) {
    std::vector<Growing> documents;
    std::map<std::string, std::size_t> by_name;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view bytes = text::trim(text.substr(begin, end - begin));
        begin = end + 1;
        ++number;
        if (bytes.empty()) continue;
        const LineReader line(bytes, number);
        const std::string name = line.needed("doc");
        const auto [place, is_new] = by_name.emplace(name, documents.size());
        if (is_new) documents.emplace_back().article.document = name;
        Growing& document = documents[place->second];
        document.article.lines.append(bytes).append("\n");
        Metadata& about = document.article.statements.about;
        if (about.date.empty()) about.date = line.text("date");
        if (about.title.empty()) about.title = line.text("title");
        add_statement(document, line);
    }
    std::vector<ForeignArticle> result;
    for (Growing& document : documents) result.push_back(std::move(document.article));
    return result;
}

}  // namespace tercet::article
