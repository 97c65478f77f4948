#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/exec/session.hpp"
#include "engine/exec/value.hpp"

namespace tercet::exec {

/// What a function may need besides its arguments.
struct FunctionContext {
    ValueReader reader;
    Session& session;
    std::uint64_t solution = 0;  ///< number of the row, for BNODE
};

using Arguments = std::span<const Value>;

/// One built-in function, operator or cast. Functions get arguments that are not errors, unless they say otherwise, and return an
/// error (monostate) for what they cannot do; they never throw for data.
struct FunctionRow {
    std::string_view name;  ///< keyword in upper case, operator, or IRI
    std::size_t min_arguments;
    std::size_t max_arguments;
    Value (*apply)(FunctionContext& context, Arguments arguments);
};
inline constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

/// The rows by theme; find_function() looks through all of them.
[[nodiscard]] std::span<const FunctionRow> operator_functions();
[[nodiscard]] std::span<const FunctionRow> numeric_functions();
[[nodiscard]] std::span<const FunctionRow> string_functions();
[[nodiscard]] std::span<const FunctionRow> date_functions();
[[nodiscard]] std::span<const FunctionRow> term_functions();
[[nodiscard]] std::span<const FunctionRow> hash_functions();
[[nodiscard]] std::span<const FunctionRow> cast_functions();
[[nodiscard]] std::span<const FunctionRow> path_functions();

/// Null for a name that no row has.
[[nodiscard]] const FunctionRow* find_function(std::string_view name);

}  // namespace tercet::exec
