#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tercet::article {

/// How much a phrase says: "more than $3 million", "12 per cent", "two soldiers".
struct Quantity {
    enum class Bound { Exact, AtLeast, AtMost };
    std::string value;  ///< as xsd:decimal writes it: 3000000, 2.5
    Bound bound = Bound::Exact;
    std::string currency;  ///< ISO 4217; empty: no money
    std::string unit;      ///< "percent", "soldiers", "km"; empty: a bare number
};

/// Nothing for phrases that do not begin with a number, for ordinals and for what is a year. "About" and "nearly" are
/// passed over.
[[nodiscard]] std::optional<Quantity> read_quantity(std::string_view phrase);

}  // namespace tercet::article
