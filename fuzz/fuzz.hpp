#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tercet/error.hpp"

/// What libFuzzer calls with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tercet::fuzz {

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Reads an input in one way. An Error is an answer; every other exception is a finding.
template <typename Read>
void attempt(Read read) {
    try {
        read();
    } catch (const Error& error) {
        if (error.message().empty()) std::abort();
    }
}

}  // namespace tercet::fuzz
