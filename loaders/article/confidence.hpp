#pragma once

namespace tercet::article {

/// How likely a statement is right, of how likely its arcs and its rule are: what the parser holds probable of each arc says
/// too little of the whole. Rising, between 0.01 and 0.99. Fitted by scripts/calibrate-confidence.
[[nodiscard]] double calibrated(double raw) noexcept;

}  // namespace tercet::article
