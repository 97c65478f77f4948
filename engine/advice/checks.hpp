#pragma once

#include <vector>

#include "engine/advice/advice.hpp"

/// One kind of slip each; the list of them is in advice.cpp.
namespace tercet::advice {

using Remarks = std::vector<Remark>;

/// Variables that are read and never bound, or that look like another one that was misspelt.
[[nodiscard]] Remarks check_variables(const Subject& subject);
/// Constants that the store does not know, with names that are near.
[[nodiscard]] Remarks check_constants(const Subject& subject);
/// Patterns side by side that share no variable.
[[nodiscard]] Remarks check_products(const Subject& subject);

}  // namespace tercet::advice
