#include <ostream>
#include <string>

#include "engine/model/vocabulary.hpp"
#include "engine/results/writers.hpp"

namespace tercet::results {
namespace {

std::string csv_cell(const Term& term) {
    std::string text;
    if (term.is_blank_node()) text = "_:" + term.value;
    else if (term.is_iri() || term.is_literal()) text = term.value;
    else text = term.to_string();
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

/// Numbers may stand bare only in the forms that Turtle's INTEGER, DECIMAL and DOUBLE have.
bool is_bare_number(const Term& term) {
    const std::string& text = term.value;
    const auto only = [&](const char* allowed) {
        return !text.empty() && text.find_first_not_of(allowed) == std::string::npos;
    };
    if (term.datatype == vocabulary::xsd::kInteger) return only("+-0123456789");
    if (term.datatype == vocabulary::xsd::kDecimal) {
        return only("+-0123456789.") && text.find('.') != std::string::npos && text.back() != '.';
    }
    if (term.datatype == vocabulary::xsd::kDouble) {
        return only("+-0123456789.eE") && text.find_first_of("eE") != std::string::npos;
    }
    return false;
}

std::string tsv_cell(const Term& term) {
    return term.is_literal() && is_bare_number(term) ? term.value : term.to_string();
}

template <typename Cell>
std::uint64_t write_separated(Result& result, std::ostream& out, char separator, const char* line_end, const char* sign,
                              Cell cell) {
    const auto& variables = result.variables();
    for (std::size_t i = 0; i < variables.size(); ++i) {
        if (i != 0) out << separator;
        out << sign << variables[i];
    }
    out << line_end;
    std::uint64_t rows = 0;
    while (const Row* row = result.next()) {
        for (std::size_t i = 0; i < variables.size(); ++i) {
            if (i != 0) out << separator;
            out << cell(row->at(i));
        }
        out << line_end;
        ++rows;
    }
    return rows;
}

std::uint64_t write_boolean(Result& result, std::ostream& out) {
    out << (result.boolean() ? "true" : "false") << '\n';
    return 1;
}

}  // namespace

std::uint64_t write_csv(Result& result, std::ostream& out, const WriteOptions&) {
    if (result.kind() == ResultKind::Boolean) return write_boolean(result, out);
    return write_separated(result, out, ',', "\r\n", "", csv_cell);
}

std::uint64_t write_tsv(Result& result, std::ostream& out, const WriteOptions&) {
    if (result.kind() == ResultKind::Boolean) return write_boolean(result, out);
    return write_separated(result, out, '\t', "\n", "?", tsv_cell);
}

}  // namespace tercet::results
