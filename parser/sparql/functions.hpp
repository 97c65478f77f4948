#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// The functions that SPARQL 1.1 and 1.2 name by keyword.
namespace tercet::sparql {

struct BuiltIn {
    std::string_view name;  ///< upper case
    std::size_t min_arguments = 0;
    std::size_t max_arguments = 0;
};

inline constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

[[nodiscard]] std::span<const BuiltIn> built_ins() noexcept;
/// Null if there is none of that name (in any case).
[[nodiscard]] const BuiltIn* find_built_in(std::string_view name);
[[nodiscard]] bool is_aggregate(std::string_view name);

}  // namespace tercet::sparql
