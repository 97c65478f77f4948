#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "tercet/database.hpp"

namespace tercet::cli {

/// A progress line on standard error with rate and time left; silent when nobody looks.
class Progress {
public:
    Progress();
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(const LoadProgress& progress);

private:
    using Clock = std::chrono::steady_clock;
    bool visible_;
    bool drawn_ = false;
    LoadStage stage_ = LoadStage::Reading;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_{};
};

/// "1,234,567"
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "0.3 s", "2 min 05 s"
[[nodiscard]] std::string duration(double seconds);

}  // namespace tercet::cli
