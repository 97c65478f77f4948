#include "engine/exec/term_order.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <tuple>

#include "engine/model/date_time.hpp"
#include "engine/model/inline_term.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

/// Kinds in their order; those of literals stand between IRIs and triple terms.
enum Kind : int { kUnbound, kBlankNode, kIri, kBoolean, kNumber, kDate, kString, kLanguageString, kOtherLiteral, kTripleTerm, kPath };

/// NaN as a number that can be sorted: below -INF.
constexpr int kBelowAll = -1;

/// Integers up to here are doubles too.
constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53U;

constexpr std::size_t kStepsPerCheck = 8192;

std::optional<bool> boolean_value(const Term& literal) {
    if (literal.datatype != vocabulary::xsd::kBoolean) return std::nullopt;
    if (literal.value == "true" || literal.value == "1") return true;
    if (literal.value == "false" || literal.value == "0") return false;
    return std::nullopt;
}

}  // namespace

SortKey::SortKey(TermId id, TermPool& pool) {
    switch (id.tag()) {
        case TermTag::Undefined: return;
        case TermTag::TripleTerm:
            kind_ = kTripleTerm;
            for (const TermId part : pool.triple(id)) parts_.emplace_back(part, pool);
            return;
        case TermTag::Path:
            if (pool.path(id).is_list) break;
            kind_ = kPath;
            real_ = pool.path(id).cost;
            instant_.first = static_cast<std::int64_t>(pool.path(id).edges.size());
            parts_.emplace_back(pool.path(id).start, pool);
            for (const auto& edge : pool.path(id).edges)
                for (const TermId part : edge) parts_.emplace_back(part, pool);
            return;
        case TermTag::Double:
            kind_ = kNumber;
            real_ = inline_double_value(id);
            return;
        case TermTag::Integer:
            if (std::abs(inline_integer_value(id)) > kExactInDouble) break;
            kind_ = kNumber;
            real_ = static_cast<double>(inline_integer_value(id));
            return;
        default: break;
    }
    Term term = pool.term(id);
    if (term.is_literal()) {
        read_literal(std::move(term));
        return;
    }
    kind_ = term.is_iri() ? kIri : kBlankNode;
    text_ = std::move(term.value);
}

std::size_t SortKey::bytes() const {
    std::size_t all = sizeof *this + text_.capacity() + qualifier_.capacity();
    for (const SortKey& part : parts_) all += part.bytes();
    return all;
}

void SortKey::read_literal(Term literal) {
    if (const auto truth = boolean_value(literal)) {
        kind_ = kBoolean;
        instant_.first = *truth ? 1 : 0;
        return;
    }
    if (const auto number = Numeric::parse(literal.value, literal.datatype)) {
        kind_ = kNumber;
        if (number->is_nan()) instant_.first = kBelowAll;
        else real_ = number->to_double();
        if (number->is_exact()) exact_ = std::make_unique<Numeric>(*number);
        return;
    }
    if (const auto date = DateTime::parse(literal.value, literal.datatype)) {
        kind_ = kDate;
        instant_ = date->instant();
        qualifier_ = std::move(literal.datatype);
        return;
    }
    text_ = std::move(literal.value);
    if (literal.datatype == vocabulary::xsd::kString) {
        kind_ = kString;
    } else if (!literal.language.empty()) {
        kind_ = kLanguageString;
        qualifier_ = literal.language + static_cast<char>(literal.direction);
    } else {
        kind_ = kOtherLiteral;
        qualifier_ = std::move(literal.datatype);
    }
}

/// As doubles first; where those cannot tell them apart, as decimals. A double stands for its shortest digits.
std::weak_ordering SortKey::compare_numbers(const SortKey& a, const SortKey& b) {
    if (a.instant_.first != b.instant_.first) return a.instant_.first <=> b.instant_.first;
    if (a.real_ != b.real_) return a.real_ < b.real_ ? std::weak_ordering::less : std::weak_ordering::greater;
    if (!a.exact_ && !b.exact_) return std::weak_ordering::equivalent;
    const auto exact = [](const SortKey& key) {
        return key.exact_ ? std::optional(*key.exact_) : Numeric::floating(key.real_).as(Numeric::Type::Decimal);
    };
    const auto x = exact(a), y = exact(b);
    if (!x || !y) return x.has_value() <=> y.has_value();  // an infinity, and a number too large for a double
    return Numeric::compare(*x, *y).value_or(0) <=> 0;
}

std::weak_ordering operator<=>(const SortKey& a, const SortKey& b) {
    if (a.kind_ != b.kind_) return a.kind_ <=> b.kind_;
    if (a.kind_ == kNumber) return SortKey::compare_numbers(a, b);
    if (a.kind_ == kDate) return std::tie(a.qualifier_, a.instant_) <=> std::tie(b.qualifier_, b.instant_);
    if (a.kind_ == kPath) {
        if (a.real_ != b.real_) return a.real_ < b.real_ ? std::weak_ordering::less : std::weak_ordering::greater;
        if (a.instant_ != b.instant_) return a.instant_ <=> b.instant_;
    }
    if (a.kind_ == kTripleTerm || a.kind_ == kPath) {
        return std::lexicographical_compare_three_way(a.parts_.begin(), a.parts_.end(), b.parts_.begin(), b.parts_.end());
    }
    return std::tie(a.instant_, a.text_, a.qualifier_) <=> std::tie(b.instant_, b.text_, b.qualifier_);
}

std::vector<std::uint32_t> rank_terms(const std::vector<TermId>& ids, TermPool& pool, const CancelToken& cancel) {
    CancelCheck check(cancel, kStepsPerCheck);
    std::vector<TermId> distinct = ids;
    std::ranges::sort(distinct, [&](TermId a, TermId b) {
        check.step();
        return a < b;
    });
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());

    std::vector<std::pair<SortKey, std::uint32_t>> keys;
    keys.reserve(distinct.size());
    for (std::uint32_t i = 0; i < distinct.size(); ++i) {
        check.step();
        keys.emplace_back(SortKey(distinct[i], pool), i);
    }
    std::ranges::sort(keys, [&](const auto& a, const auto& b) {
        check.step();
        return (a.first <=> b.first) < 0;
    });

    std::vector<std::uint32_t> rank_of(distinct.size());
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i > 0 && !(keys[i - 1].first == keys[i].first)) ++rank;
        rank_of[keys[i].second] = rank;
    }
    std::vector<std::uint32_t> ranks(ids.size());
    std::ranges::transform(ids, ranks.begin(), [&](TermId id) {
        check.step();
        return rank_of[static_cast<std::size_t>(std::ranges::lower_bound(distinct, id) - distinct.begin())];
    });
    return ranks;
}

}  // namespace tercet::exec
