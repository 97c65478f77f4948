#pragma once

#include <string>

namespace tercet {

/// Canonical xsd:double: shortest digits that read back the same, "1.0E0", "INF", "-INF", "NaN" (XSD 1.1 part 2, E.1).
[[nodiscard]] std::string format_double(double value);
/// Canonical xsd:float.
[[nodiscard]] std::string format_float(float value);

}  // namespace tercet
