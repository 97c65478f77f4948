#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace tercet::test {

/// How often a test that repeats something random does it: so many times, or TERCET_TEST_SCALE times as often where the
/// environment has that.
inline int scaled(int usual) {
    const char* const text = std::getenv("TERCET_TEST_SCALE");
    return usual * std::max(1, text == nullptr ? 1 : std::atoi(text));
}

/// How long a test goes on that does the same until its time is over: a second, or TERCET_TEST_SECONDS.
inline std::chrono::seconds time_for_test() {
    const char* const text = std::getenv("TERCET_TEST_SECONDS");
    return std::chrono::seconds(std::max(1, text == nullptr ? 1 : std::atoi(text)));
}

}  // namespace tercet::test
