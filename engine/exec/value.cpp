#include "engine/exec/value.hpp"

#include <algorithm>
#include <cstdint>

#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

int sign(std::int64_t value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }
int sign_of_text(const std::string& a, const std::string& b) { return sign(a.compare(b)); }

bool is_boolean(const Term& term) { return term.is_literal() && term.datatype == vocabulary::xsd::kBoolean; }
std::optional<bool> boolean_value(const Term& term) {
    if (term.value == "true" || term.value == "1") return true;
    if (term.value == "false" || term.value == "0") return false;
    return std::nullopt;
}
bool is_string(const Term& term) { return term.is_literal() && term.datatype == vocabulary::xsd::kString; }

/// What kinds of literals are compared by value, in the order in which ORDER BY shows them.
enum class Group { Boolean, Number, Date, String, Language, Other };
Group group_of(const Term& term) {
    if (is_boolean(term) && boolean_value(term)) return Group::Boolean;
    if (Numeric::parse(term.value, term.datatype)) return Group::Number;
    if (DateTime::parse(term.value, term.datatype)) return Group::Date;
    if (is_string(term)) return Group::String;
    return term.language.empty() ? Group::Other : Group::Language;
}

int order_by_text(const Term& a, const Term& b) {
    if (const int by_text = sign_of_text(a.value, b.value); by_text != 0) return by_text;
    if (const int by_language = sign_of_text(a.language, b.language); by_language != 0) return by_language;
    return sign_of_text(a.datatype, b.datatype);
}

int order_literals(const Term& a, const Term& b) {
    const Group group = group_of(a), other = group_of(b);
    if (group != other) return sign(static_cast<int>(group) - static_cast<int>(other));
    std::optional<int> by_value;
    if (group == Group::Boolean) by_value = static_cast<int>(*boolean_value(a)) - static_cast<int>(*boolean_value(b));
    if (group == Group::Number) by_value = Numeric::compare(*Numeric::parse(a.value, a.datatype), *Numeric::parse(b.value, b.datatype));
    if (group == Group::Date) by_value = DateTime::compare(*DateTime::parse(a.value, a.datatype), *DateTime::parse(b.value, b.datatype));
    if (by_value && *by_value != 0) return *by_value;
    return order_by_text(a, b);
}

/// Blank nodes, IRIs, literals, triple terms, paths: as the tags are numbered.
int rank_of(TermId id) {
    if (id.is_literal()) return static_cast<int>(TermTag::Boolean);
    return static_cast<int>(id.tag());
}

}  // namespace

Term ValueReader::term(const Value& value) const {
    struct Visitor {
        TermPool& pool;
        Term operator()(std::monostate) const { return {}; }
        Term operator()(TermId id) const { return pool.term(id); }
        Term operator()(bool truth) const { return Term::boolean(truth); }
        Term operator()(const Numeric& number) const { return number.to_term(); }
        Term operator()(const Text& text) const {
            return text.language.empty() ? Term::literal(text.text) : Term::language_literal(text.text, text.language, text.direction);
        }
        Term operator()(const Term& term) const { return term; }
    };
    return std::visit(Visitor{pool_}, value);
}

TermId ValueReader::id(const Value& value) const {
    if (const TermId* id = std::get_if<TermId>(&value)) return *id;
    if (is_error(value)) return {};
    return pool_.intern(term(value));
}

std::optional<Numeric> ValueReader::number(const Value& value) const {
    if (const Numeric* number = std::get_if<Numeric>(&value)) return *number;
    if (const TermId* id = std::get_if<TermId>(&value)) {
        if (!id->is_literal() || id->tag() == TermTag::ShortString || id->tag() == TermTag::Boolean) return std::nullopt;
    } else if (!std::holds_alternative<Term>(value)) {
        return std::nullopt;
    }
    const Term literal = term(value);
    return literal.is_literal() ? Numeric::parse(literal.value, literal.datatype) : std::nullopt;
}

std::optional<Text> ValueReader::text(const Value& value) const {
    if (const Text* text = std::get_if<Text>(&value)) return *text;
    if (std::holds_alternative<bool>(value) || std::holds_alternative<Numeric>(value)) return std::nullopt;
    Term literal = term(value);
    if (!is_string(literal) && literal.language.empty()) return std::nullopt;
    return Text{std::move(literal.value), std::move(literal.language), literal.direction};
}

std::optional<std::string> ValueReader::plain_text(const Value& value) const {
    auto found = text(value);
    if (!found || !found->language.empty()) return std::nullopt;
    return std::move(found->text);
}

std::optional<bool> ValueReader::truth(const Value& value) const {
    if (const bool* truth = std::get_if<bool>(&value)) return *truth;
    if (is_error(value)) return std::nullopt;
    if (const TermId* id = std::get_if<TermId>(&value); id != nullptr && id->tag() == TermTag::Boolean) return id->payload() != 0;
    if (const auto number = this->number(value)) return !number->is_zero() && !number->is_nan();
    const Term literal = term(value);
    if (!literal.is_literal()) return std::nullopt;
    if (is_boolean(literal)) return boolean_value(literal).value_or(false);
    if (Numeric::is_numeric_datatype(literal.datatype)) return false;  // an ill-typed number
    if (is_string(literal)) return !literal.value.empty();
    return std::nullopt;
}

std::optional<DateTime> ValueReader::date_time(const Value& value) const {
    const Term literal = term(value);
    return literal.is_literal() ? DateTime::parse(literal.value, literal.datatype) : std::nullopt;
}

std::optional<bool> ValueReader::equal(const Value& a, const Value& b) const {
    if (is_error(a) || is_error(b)) return std::nullopt;
    const TermId* x = std::get_if<TermId>(&a);
    const TermId* y = std::get_if<TermId>(&b);
    if (x != nullptr && y != nullptr) {
        const bool same = *x == *y;
        if (!x->is_literal() || !y->is_literal()) {
            if (x->tag() != TermTag::TripleTerm || y->tag() != TermTag::TripleTerm || same) return same;
            const auto s = pool_.triple(*x), t = pool_.triple(*y);
            bool all = true;
            for (std::size_t i = 0; i < 3; ++i) {
                const auto part = equal(Value(s[i]), Value(t[i]));
                if (!part) return std::nullopt;
                all = all && *part;
            }
            return all;
        }
        if (same && x->tag() != TermTag::Literal) return true;
        if (x->tag() == y->tag() && (x->tag() == TermTag::Integer || x->tag() == TermTag::ShortString || x->tag() == TermTag::Boolean)) return same;
    }
    if (const auto order = compare(a, b)) return *order == 0;
    const Term s = term(a), t = term(b);
    if (!s.is_literal() || !t.is_literal()) return s == t;
    const auto n = number(a), m = number(b);
    if (n && m) return false;  // NaN
    if (s == t) return true;
    // Different terms: different values only if we know both datatypes, or a language tells them apart.
    const auto known = [](const Term& term) { return group_of(term) != Group::Other; };
    if (!known(s) || !known(t)) return std::nullopt;
    if (group_of(s) == Group::Date && group_of(t) == Group::Date && s.datatype == t.datatype) return std::nullopt;
    return false;
}

std::optional<int> ValueReader::compare(const Value& a, const Value& b) const {
    const TermId* x = std::get_if<TermId>(&a);
    const TermId* y = std::get_if<TermId>(&b);
    if (x != nullptr && y != nullptr && x->tag() == y->tag()) {
        const bool by_payload = x->tag() == TermTag::Integer || x->tag() == TermTag::Decimal || x->tag() == TermTag::Double ||
                                x->tag() == TermTag::Date || x->tag() == TermTag::Boolean || x->tag() == TermTag::ShortString;
        if (by_payload) return x->payload() < y->payload() ? -1 : x->payload() == y->payload() ? 0 : 1;
    }
    if (const auto n = number(a)) {
        const auto m = number(b);
        return m ? Numeric::compare(*n, *m) : std::nullopt;
    }
    const Term s = term(a), t = term(b);
    if (!s.is_literal() || !t.is_literal()) return std::nullopt;
    if (is_string(s) && is_string(t)) return sign_of_text(s.value, t.value);
    if (is_boolean(s) && is_boolean(t)) {
        const auto p = boolean_value(s), q = boolean_value(t);
        return p && q ? std::optional(static_cast<int>(*p) - static_cast<int>(*q)) : std::nullopt;
    }
    if (s.datatype == t.datatype) {
        const auto p = DateTime::parse(s.value, s.datatype), q = DateTime::parse(t.value, t.datatype);
        if (p && q) return DateTime::compare(*p, *q);
    }
    return std::nullopt;
}

int ValueReader::order(TermId a, TermId b) const {
    if (a == b) return 0;
    if (const int by_kind = sign(rank_of(a) - rank_of(b)); by_kind != 0) return by_kind;
    if (!a.is_defined()) return 0;
    if (a.is_literal()) {
        if (a.tag() == b.tag() && a.is_inline() && a.tag() != TermTag::DateTime) return a.payload() < b.payload() ? -1 : 1;
        return order_literals(pool_.term(a), pool_.term(b));
    }
    if (a.tag() == TermTag::TripleTerm) {
        const auto s = pool_.triple(a), t = pool_.triple(b);
        for (std::size_t i = 0; i < 3; ++i) {
            if (const int part = order(s[i], t[i]); part != 0) return part;
        }
        return 0;
    }
    if (a.tag() == TermTag::Path) return a < b ? -1 : 1;
    return sign_of_text(pool_.term(a).value, pool_.term(b).value);
}

}  // namespace tercet::exec
