#include "progress.hpp"

#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "terminal.hpp"

namespace tercet::cli {
namespace {

constexpr int kBarCells = 24;

std::string bar(double share) {
    std::string text = "[";
    for (int i = 0; i < kBarCells; ++i) text += i < static_cast<int>(share * kBarCells) ? "█" : "·";
    return text + "]";
}

std::string base_name(const std::string& file) { return file.substr(file.find_last_of('/') + 1); }

}  // namespace

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3;) {
        i -= 3;
        digits.insert(i, ",");
    }
    return digits;
}

std::string duration(double seconds) {
    char text[64];
    if (seconds < 60) std::snprintf(text, sizeof text, seconds < 1 ? "%.3f s" : "%.1f s", seconds);
    else std::snprintf(text, sizeof text, "%d min %02d s", static_cast<int>(seconds / 60), static_cast<int>(seconds) % 60);
    return text;
}

Progress::Progress() : visible_(is_terminal(STDERR_FILENO)) {}

Progress::~Progress() {
    if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
}

void Progress::show(const LoadProgress& progress) {
    const auto now = Clock::now();
    const bool is_new_stage = progress.stage != stage_;
    stage_ = progress.stage;
    if (!visible_ || (now - last_ < std::chrono::milliseconds(100) && !is_new_stage)) return;
    last_ = now;
    drawn_ = true;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    std::string line = "\r\x1b[K" + (progress.stage == LoadStage::Writing ? std::string("writing the store") : base_name(progress.file)) + ' ';
    if (progress.bytes_total != 0 && progress.stage == LoadStage::Reading) {
        const double share = static_cast<double>(progress.bytes_read) / static_cast<double>(progress.bytes_total);
        line += bar(share) + ' ' + std::to_string(static_cast<int>(share * 100)) + " %  ";
        if (share > 0.01) line += "ETA " + duration(elapsed * (1 - share) / share) + "  ";
    }
    const std::uint64_t count = progress.articles != 0 ? progress.articles : progress.quads;
    line += grouped(count) + (progress.articles != 0 ? " articles, " : " triples, ") +
            grouped(static_cast<std::uint64_t>(static_cast<double>(count) / (elapsed + 1e-9))) + "/s";
    std::cerr << line << std::flush;
}

}  // namespace tercet::cli
