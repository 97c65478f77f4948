#pragma once

// Debian 12 has Catch2 2.13 (one header), Debian 13 and Ubuntu 24.04 have Catch2 3 (many). The tests are written
// for both; this header is the only place that knows.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
