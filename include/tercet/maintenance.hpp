#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tercet {

struct CheckOptions {
    std::size_t most_problems = 100;  ///< to describe; more are counted
};

/// What was looked at, and what is wrong with it.
struct CheckReport {
    std::uint64_t quads = 0;
    std::uint64_t terms = 0;
    std::uint64_t blocks = 0;
    std::uint64_t changes = 0;          ///< that lie beside the blocks
    std::uint64_t problem_count = 0;
    std::vector<std::string> problems;  ///< a place each (file, order, block, quad, term), and what is wrong there

    [[nodiscard]] bool is_sound() const noexcept { return problem_count == 0; }
};

/// Reads all of a store, as it was committed when the call began, and compares what must agree: checksums, blocks with
/// their fences, every order with every other, the dictionary both ways, statistics with the quads. Changes nothing.
/// Another process may write meanwhile.
///
/// Throws Error for what cannot be looked at: NotFound, Version, Io, InvalidArgument (no store). Damage is in the report.
[[nodiscard]] CheckReport check_store(const std::string& directory, const CheckOptions& options = {});

}  // namespace tercet
