#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace tercet::cli {

/// Makes an option take the names of a table, and mean their values. Anything else is refused with a list of the names.
template <typename Value>
[[nodiscard]] CLI::Validator one_of(const std::map<std::string, Value>& table) {
    std::string names;
    for (const auto& [name, value] : table) names += (names.empty() ? "" : ", ") + name;
    const auto take = [&table, names](std::string& word) -> std::string {
        const auto found = table.find(word);
        if (found == table.end()) return "'" + word + "' is not one of " + names;
        word = std::to_string(static_cast<int>(found->second));  // what an option with an enumeration reads
        return {};
    };
    return {take, "{" + names + "}"};
}

}  // namespace tercet::cli
