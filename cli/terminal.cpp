#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace tercet::cli {
namespace {

winsize window() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
    return size;
}

}  // namespace

bool is_terminal(int file_descriptor) { return isatty(file_descriptor) == 1; }

bool wants_colour(int file_descriptor) { return is_terminal(file_descriptor) && std::getenv("NO_COLOR") == nullptr; }

std::size_t terminal_width() { return window().ws_col; }
std::size_t terminal_height() { return window().ws_row; }

void print_paged(const std::string& text) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO) && lines + 2 > terminal_height()) {
        const char* pager = std::getenv("PAGER");
        const auto previous = std::signal(SIGPIPE, SIG_IGN);  // the reader may leave early
        std::FILE* pipe = popen(pager != nullptr ? pager : "less -FRSX 2>/dev/null || cat", "w");
        if (pipe != nullptr) {
            std::fwrite(text.data(), 1, text.size(), pipe);
            pclose(pipe);
            std::signal(SIGPIPE, previous);
            return;
        }
        std::signal(SIGPIPE, previous);
    }
    std::cout << text << std::flush;
}

}  // namespace tercet::cli
