#include "engine/exec/service_query.hpp"

namespace tercet::exec {

std::string ServiceQuery::number() const {
    std::string name = "tercet_row";
    while (group.find(name) != std::string::npos) name += '_';
    return name;
}

std::string ServiceQuery::text(const std::vector<std::vector<Term>>& solutions) const {
    std::string query = declarations + "SELECT";
    if (is_numbered()) query += " ?" + number();
    for (const std::string& name : asked) query += " ?" + name;
    query += " WHERE {\n";
    if (is_numbered()) {
        query += "VALUES (?" + number();
        for (const std::string& name : given) query += " ?" + name;
        query += ") {\n";
        for (std::size_t i = 0; i < solutions.size(); ++i) {
            query += '(' + std::to_string(i);
            for (const Term& value : solutions[i]) query += value.is_defined() ? ' ' + value.to_string() : " UNDEF";
            query += ")\n";
        }
        query += "}\n";
    }
    // The group may end with a comment.
    return query + group + "\n}";
}

bool can_be_sent(const Term& term) {
    if (!term.is_triple_term()) return term.is_iri() || term.is_literal();
    const Triple& triple = term.triple();
    return can_be_sent(triple.subject) && can_be_sent(triple.predicate) && can_be_sent(triple.object);
}

}  // namespace tercet::exec
