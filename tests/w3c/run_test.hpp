#pragma once

#include <optional>
#include <string>

#include "w3c/manifest.hpp"

namespace tercet::w3c {

/// Runs one test in this process. Nothing: it passed; else what is wrong.
[[nodiscard]] std::optional<std::string> run_test(const Test& test, const Suites& suites);

/// Whether tests of this kind are run at all.
[[nodiscard]] bool is_run(const std::string& kind);

}  // namespace tercet::w3c
