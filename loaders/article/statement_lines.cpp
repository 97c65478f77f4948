#include "loaders/article/statement_lines.hpp"

#include <algorithm>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/line_reader.hpp"
#include "loaders/article/bounded_json.hpp"
#include "loaders/article/text.hpp"
#include "tercet/error.hpp"

namespace tercet::article {
namespace {

using Json = nlohmann::json;

[[noreturn]] void fail_at(std::size_t line, const std::string& why) {
    throw Error(ErrorCode::Syntax, "line " + std::to_string(line) + ": " + why);
}

/// One line, with its place for messages.
class StatementLine {
public:
    StatementLine(std::string_view line, std::size_t number) : number_(number) {
        if (has_too_many_values(line)) fail("more than " + std::to_string(kMostJsonValues) + " values; a statement has some dozen");
        json_ = Json::parse(line, nullptr, false);
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
    [[noreturn]] void fail(const std::string& why) const { fail_at(number_, why); }

    std::size_t number_;
    Json json_;
};

/// A document while its lines come.
struct Growing {
    ForeignArticle article;
    std::size_t first_line = 0;
    std::map<std::string, std::size_t> sentences;  ///< by number and text
    std::map<std::string, std::size_t> entities;
    std::size_t next_offset = 0;  ///< where a sentence without offsets is put: all stand one behind the other
};

std::size_t sentence_of(Growing& document, const StatementLine& line) {
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

void add_statement(Growing& document, const StatementLine& line) {
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

/// The documents whose lines may go on, no more of them than the limits allow.
class OpenDocuments {
public:
    OpenDocuments(const std::function<void(ForeignArticle)>& take, const StatementLimits& limits) : take_(take), limits_(limits) {}

    void add(std::string_view bytes, std::size_t number) {
        const StatementLine line(bytes, number);
        Growing& document = document_of(line.needed("doc"), number);
        document.article.lines.append(bytes).append("\n");
        Metadata& about = document.article.statements.about;
        if (about.date.empty()) about.date = line.text("date");
        if (about.title.empty()) about.title = line.text("title");
        add_statement(document, line);
        bytes_ += bytes.size() + 1;
        ++statements_;
        while (is_too_much() && open_.size() > 1) finish_longest_silent();
        if (is_too_much()) fail_at(number, "more of " + document.article.document + " than an article may have, " + limit_text() + "; cut it into several");
    }
    void finish() {
        open_.sort([](const Growing& a, const Growing& b) { return a.first_line < b.first_line; });
        for (Growing& document : open_) take_(std::move(document.article));
    }

private:
    Growing& document_of(const std::string& name, std::size_t number) {
        if (const auto known = by_name_.find(name); known != by_name_.end()) {
            open_.splice(open_.end(), open_, known->second);
            return open_.back();
        }
        if (finished_.count(std::hash<std::string>{}(name)) != 0) {
            fail_at(number, "more of " + name + ", whose lines ended more than " + limit_text() + " before; put the lines of a document together");
        }
        if (finished_.size() + open_.size() >= limits_.documents) {
            fail_at(number, "more than " + std::to_string(limits_.documents) + " documents; cut the file into several");
        }
        open_.emplace_back().article.document = name;
        open_.back().first_line = number;
        by_name_.emplace(name, std::prev(open_.end()));
        return open_.back();
    }

    [[nodiscard]] bool is_too_much() const { return bytes_ > limits_.bytes || statements_ > limits_.statements; }
    [[nodiscard]] std::string limit_text() const {
        return std::to_string(limits_.bytes / 1'000'000) + " MB or " + std::to_string(limits_.statements) + " statements";
    }

    /// Takes the document whose last line is the longest ago.
    void finish_longest_silent() {
        ForeignArticle& article = open_.front().article;
        bytes_ -= article.lines.size();
        statements_ -= article.statements.statements.size();
        finished_.insert(std::hash<std::string>{}(article.document));
        by_name_.erase(article.document);
        take_(std::move(article));
        open_.pop_front();
    }

    const std::function<void(ForeignArticle)>& take_;
    const StatementLimits& limits_;
    std::list<Growing> open_;  ///< the one whose last line is the longest ago comes first
    std::unordered_map<std::string, std::list<Growing>::iterator> by_name_;
    std::size_t bytes_ = 0;  ///< of their lines
    std::size_t statements_ = 0;
    std::unordered_set<std::size_t> finished_;  ///< hashes of names
};

}  // namespace

void read_statement_lines(std::istream& in, const std::function<void(ForeignArticle)>& take, const StatementLimits& limits) {
    OpenDocuments documents(take, limits);
    LineReader lines(in, limits.bytes);
    while (lines.next()) {
        if (lines.is_cut()) fail_at(lines.number(), "longer than " + std::to_string(limits.bytes / 1'000'000) + " MB; a statement has some hundred bytes");
        const std::string_view bytes = text::trim(lines.line());
        if (!bytes.empty()) documents.add(bytes, lines.number());
    }
    documents.finish();
}

}  // namespace tercet::article
