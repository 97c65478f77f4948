#include "engine/database/written_request.hpp"

#include <sstream>

#include "engine/advice/advice.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/results/cell_text.hpp"

namespace tercet {
namespace {

constexpr std::size_t kLongest = 20'000;  ///< what is longer, a program has written

}  // namespace

WrittenRequest::WrittenRequest(std::string_view text, const QueryOptions& options, const sparql::Prologue& prologue, const PrefixList& prefixes)
    : text_(text.size() <= kLongest ? text : std::string_view{}), source_(options.source), resolve_names_(options.resolve_names) {
    for (const auto& declared : prologue.prefixes) prefixes_.emplace_back(declared.name, declared.iri);
    prefixes_.insert(prefixes_.end(), prefixes.begin(), prefixes.end());
}

std::vector<Warning> WrittenRequest::warnings(const algebra::Query& query, const QuadSource& source, std::span<const algebra::TemplateQuad> remove,
                                              std::span<const algebra::TemplateQuad> insert) const {
    if (text_.empty()) return {};
    const auto show = [this](const Term& term) { return written(term); };
    std::vector<Warning> found;
    for (const auto& [message, position] : advice::remarks_on({query, source, resolve_names_, show, remove, insert})) {
        const std::string line = line_of(position.line);
        found.push_back({message, {source_, position.line, position.column, line}});
    }
    return found;
}

std::string WrittenRequest::written(const Term& term) const {
    using namespace vocabulary;
    if (term.is_iri()) return results::short_iri(term.value, prefixes_);
    if (!term.is_literal() || !term.language.empty() || term.datatype == xsd::kString) return term.to_string();
    const bool is_bare = term.datatype == xsd::kInteger || term.datatype == xsd::kDecimal || term.datatype == xsd::kBoolean;
    return is_bare ? term.value : Term::literal(term.value).to_string() + "^^" + results::short_iri(term.datatype, prefixes_);
}

std::string WrittenRequest::line_of(std::size_t number) const {
    std::istringstream lines(text_);
    std::string line;
    for (std::size_t i = 0; i < number; ++i) std::getline(lines, line);
    return line;
}

}  // namespace tercet
