#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "engine/model/vocabulary.hpp"
#include "engine/results/writers.hpp"

namespace tercet::results {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Term& term);

Json to_json(const Triple& triple) {
    return {{"subject", to_json(triple.subject)},
            {"predicate", to_json(triple.predicate)},
            {"object", to_json(triple.object)}};
}

Json literal_to_json(const Term& term) {
    Json json{{"type", "literal"}, {"value", term.value}};
    if (!term.language.empty()) json["xml:lang"] = term.language;
    else if (term.datatype != vocabulary::xsd::kString) json["datatype"] = term.datatype;
    if (term.direction != BaseDirection::None) {
        json["its:dir"] = term.direction == BaseDirection::LeftToRight ? "ltr" : "rtl";
    }
    return json;
}

Json path_to_json(const Term& term) {
    Json edges = Json::array();
    for (const Triple& edge : *term.triples) edges.push_back(to_json(edge));
    return {{"type", "path"}, {"value", std::move(edges)}};
}

Json to_json(const Term& term) {
    switch (term.kind) {
        case TermKind::Iri: return {{"type", "uri"}, {"value", term.value}};
        case TermKind::BlankNode: return {{"type", "bnode"}, {"value", term.value}};
        case TermKind::Literal: return literal_to_json(term);
        case TermKind::TripleTerm: return {{"type", "triple"}, {"value", to_json(term.triple())}};
        case TermKind::Path: return path_to_json(term);
        case TermKind::Undefined: break;
    }
    return nullptr;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::uint64_t write_bindings(Result& result, std::ostream& out) {
    const auto& variables = result.variables();
    out << R"({"head":{"vars":)" << dump(Json(variables)) << R"(},"results":{"bindings":[)";
    std::uint64_t rows = 0;
    while (const Row* row = result.next()) {
        Json binding = Json::object();
        for (std::size_t i = 0; i < variables.size(); ++i) {
            if (row->at(i).is_defined()) binding[variables[i]] = to_json(row->at(i));
        }
        out << (rows == 0 ? "\n" : ",\n") << dump(binding);
        ++rows;
    }
    out << "\n]}}\n";
    return rows;
}

}  // namespace

std::uint64_t write_json(Result& result, std::ostream& out, const WriteOptions&) {
    if (result.kind() == ResultKind::Bindings) return write_bindings(result, out);
    out << R"({"head":{},"boolean":)" << (result.boolean() ? "true" : "false") << "}\n";
    return 1;
}

}  // namespace tercet::results
