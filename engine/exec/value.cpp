#include "engine/exec/value.hpp"

#include <algorithm>
#include <cstdint>

#include "engine/exec/term_order.hpp"
#include "engine/model/inline_term.hpp"
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

/// What kinds of literals are compared by value.
enum class Group { Boolean, Number, Date, Duration, String, Language, Other };
Group group_of(const Term& term) {
    if (is_boolean(term) && boolean_value(term)) return Group::Boolean;
    if (Numeric::parse(term.value, term.datatype)) return Group::Number;
    if (DateTime::parse(term.value, term.datatype)) return Group::Date;
    if (Duration::parse(term.value, term.datatype)) return Group::Duration;
    if (is_string(term)) return Group::String;
    return term.language.empty() ? Group::Other : Group::Language;
}

/// The number of an inline literal, without a look at its text.
std::optional<Numeric> inline_number(TermId id) {
    if (id.tag() == TermTag::Integer) return Numeric::integer(inline_integer_value(id));
    if (id.tag() == TermTag::Decimal) return Numeric::decimal(inline_decimal_value(id), kInlineDecimalDigits);
    if (id.tag() == TermTag::Double) return Numeric::floating(inline_double_value(id));
    return std::nullopt;
}

int three_way(double x, double y) { return x < y ? -1 : x == y ? 0 : 1; }

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
    if (const Numeric* number = std::get_if<Numeric>(&value)) {
        const auto small = number->small_integer();
        const auto id = small ? inline_integer_id(*small) : std::nullopt;
        if (id) return *id;
    }
    return pool_.intern(term(value));
}

std::optional<Numeric> ValueReader::number(const Value& value) const {
    if (const Numeric* number = std::get_if<Numeric>(&value)) return *number;
    if (const TermId* id = std::get_if<TermId>(&value)) {
        if (id->is_inline()) return inline_number(*id);
        if (!id->is_literal()) return std::nullopt;
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
    if (is_boolean(literal)) return boolean_value(literal);
    if (is_string(literal)) return !literal.value.empty();
    return std::nullopt;
}

std::optional<DateTime> ValueReader::date_time(const Value& value) const {
    const Term literal = term(value);
    return literal.is_literal() ? DateTime::parse(literal.value, literal.datatype) : std::nullopt;
}

std::optional<Duration> ValueReader::duration(const Value& value) const {
    const Term literal = term(value);
    return literal.is_literal() ? Duration::parse(literal.value, literal.datatype) : std::nullopt;
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
        if (same) {
            const auto number = x->tag() == TermTag::Literal ? this->number(a) : std::nullopt;
            return !number || !number->is_nan();
        }
        if (x->tag() == y->tag() && (x->tag() == TermTag::Integer || x->tag() == TermTag::ShortString || x->tag() == TermTag::Boolean)) return same;
    }
    if (const auto order = compare(a, b)) return *order == 0;
    const Term s = term(a), t = term(b);
    if (!s.is_literal() || !t.is_literal()) return s == t;
    const auto n = number(a), m = number(b);
    if (n && m) return false;  // NaN
    if (s == t) return true;
    // Different terms: different values only if we know both datatypes, or a language tells them apart.
    const Group g = group_of(s), h = group_of(t);
    if (g == Group::Language || h == Group::Language) return false;
    if (g == Group::Other || h == Group::Other) return std::nullopt;
    if (g == Group::Duration && h == Group::Duration) {
        return Duration::equal(*Duration::parse(s.value, s.datatype), *Duration::parse(t.value, t.datatype));
    }
    if (g == Group::Date && h == Group::Date && s.datatype == t.datatype) return std::nullopt;
    return false;
}

std::optional<int> ValueReader::compare(const Value& a, const Value& b) const {
    const TermId* x = std::get_if<TermId>(&a);
    const TermId* y = std::get_if<TermId>(&b);
    if (x != nullptr && y != nullptr && x->tag() == y->tag()) {
        if (x->tag() == TermTag::Double) return three_way(inline_double_value(*x), inline_double_value(*y));
        if (x->tag() == TermTag::Path && !pool_.path(*x).is_list && !pool_.path(*y).is_list) {
            const SortKey p(*x, pool_), q(*y, pool_);
            return p < q ? -1 : q < p ? 1 : 0;
        }
        const bool by_payload = x->tag() == TermTag::Integer || x->tag() == TermTag::Decimal || x->tag() == TermTag::Date || x->tag() == TermTag::Boolean || x->tag() == TermTag::ShortString;
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
    const auto p = Duration::parse(s.value, s.datatype), q = Duration::parse(t.value, t.datatype);
    if (p && q) return Duration::compare(*p, *q);
    return std::nullopt;
}

}  // namespace tercet::exec
