#include "loaders/article/jsonl.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

namespace tercet::article {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<std::string>& value) { return value ? Json(*value) : Json(nullptr); }

Json to_json(std::string_view document, const ArticleStatements& article, const Statement& statement) {
    Json extra = Json::array();
    for (const Adjunct& adjunct : statement.extra) {
        extra.push_back(adjunct.preposition + ' ' + adjunct.argument.text);
    }
    return {{"doc", document},
            {"sentence", article.sentences_before + statement.sentence},
            {"sentence_text", article.sentences[statement.sentence].text},
            {"begin", statement.begin},
            {"end", statement.end},
            {"subject", statement.subject.name},
            {"subject_text", statement.subject.text},
            {"predicate", statement.predicate.name},
            {"predicate_text", statement.predicate.text},
            {"object", statement.object.name},
            {"object_text", statement.object.text},
            {"extra", std::move(extra)},
            {"polarity", to_string(statement.polarity)},
            {"modality", to_string(statement.modality)},
            {"attributed_to", or_null(statement.attributed_to)},
            {"time", or_null(statement.time)},
            {"place", or_null(statement.place)},
            {"confidence", std::round(statement.confidence * 1000) / 1000},
            {"rule", statement.rule}};
}

/// Text that is not UTF-8 must not stop the others.
void write_line(std::ostream& out, const Json& line) { out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n'; }

}  // namespace

void write_jsonl(std::ostream& out, std::string_view document, const ArticleStatements& article) {
    for (const Statement& statement : article.statements) write_line(out, to_json(document, article, statement));
}

void write_jsonl(std::ostream& out, std::string_view document, const std::vector<NameMark>& marks) {
    for (const NameMark& mark : marks) {
        write_line(out, {{"doc", document}, {"begin", mark.begin}, {"end", mark.end}, {"text", mark.text}, {"type", to_string(mark.type)}, {"entity", mark.entity}});
    }
}

}  // namespace tercet::article
