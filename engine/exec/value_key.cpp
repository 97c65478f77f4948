#include "engine/exec/value_key.hpp"

#include <bit>

#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

/// A key of a kind of values, none of which is equal to one with another tag.
TermId key_of(TermTag kind, std::uint64_t value) { return TermId::inlined(kind, mix(value)); }

/// As an xsd:float, for a float equals every number that is rounded to it; zero has one sign.
TermId key_of(const Numeric& number) {
    const float value = static_cast<float>(number.to_double());
    return key_of(TermTag::Double, number.is_nan() ? ~std::uint64_t{0} : std::bit_cast<std::uint32_t>(value == 0 ? 0.0F : value));
}
/// A moment without a time zone is never equal to one with a zone, so it may as well be taken for one in UTC.
TermId key_of(const DateTime& moment) {
    const auto [seconds, nanoseconds] = moment.instant();
    return key_of(TermTag::DateTime, mix(static_cast<std::uint64_t>(seconds)) + static_cast<std::uint64_t>(nanoseconds));
}
/// Dates have the tag of moments, so that this one is free.
TermId key_of(const Duration& duration) {
    return key_of(TermTag::Date, mix(static_cast<std::uint64_t>(duration.months)) + key_of(duration.seconds).bits());
}

/// The literal itself if nothing else is equal to it.
TermId literal_key(TermId id, TermPool& pool) {
    const ValueReader reader(pool);
    if (const auto number = reader.number(id)) return key_of(*number);
    if (const auto moment = reader.date_time(id)) return key_of(*moment);
    if (const auto duration = reader.duration(id)) return key_of(*duration);
    const Term literal = pool.term(id);
    if (literal.datatype != vocabulary::xsd::kBoolean) return id;
    const auto truth = reader.truth(id);
    return truth ? pool.intern(Term::boolean(*truth)) : id;
}

TermId triple_key(TermId id, TermPool& pool) {
    std::uint64_t all = 0;
    for (const TermId part : pool.triple(id)) all = mix(all) + value_key(part, pool).bits();
    return key_of(TermTag::TripleTerm, all);
}

}  // namespace

TermId value_key(TermId id, TermPool& pool) {
    switch (id.tag()) {
        case TermTag::TripleTerm: return triple_key(id, pool);
        case TermTag::Integer:
        case TermTag::Decimal:
        case TermTag::Double:
        case TermTag::Date:
        case TermTag::DateTime:
        case TermTag::Literal: return literal_key(id, pool);
        default: return id;
    }
}

}  // namespace tercet::exec
