#include "line_reader.hpp"

#include <editline/readline.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "terminal.hpp"

namespace tercet::cli {
namespace {

constexpr int kHistoryEntries = 2000;

/// libedit calls plain functions, so what they need stands here. There is one prompt per process.
LineReader::Complete complete_word;
std::vector<std::string> candidates;

char* next_candidate(const char*, int state) {
    static std::size_t position = 0;
    if (state == 0) position = 0;
    return position < candidates.size() ? strdup(candidates[position++].c_str()) : nullptr;
}

char** attempt_completion(const char* word, int, int) {
    rl_attempted_completion_over = 1;
    candidates = complete_word(rl_line_buffer, word);
    return candidates.empty() ? nullptr : rl_completion_matches(word, next_candidate);
}

}  // namespace

LineReader::LineReader(std::string history_file, Complete complete)
    : history_file_(std::move(history_file)), interactive_(is_terminal(STDIN_FILENO)) {
    if (!interactive_) return;
    complete_word = std::move(complete);
    static char word_breaks[] = " \t\n{}()<>|^/*+!,;\"'=";
    rl_completer_word_break_characters = word_breaks;
    rl_attempted_completion_function = attempt_completion;
    using_history();
    stifle_history(kHistoryEntries);
    if (!history_file_.empty()) read_history(history_file_.c_str());
}

LineReader::~LineReader() {
    if (!interactive_ || history_file_.empty()) return;
    std::error_code ignored;  // a history that cannot be kept is no reason to complain on leaving
    std::filesystem::create_directories(std::filesystem::path(history_file_).parent_path(), ignored);
    write_history(history_file_.c_str());
}

std::optional<std::string> LineReader::read(const std::string& prompt) {
    if (!interactive_) {
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        return line;
    }
    std::cout.flush();  // libedit writes past it
    char* line = readline(prompt.c_str());
    if (line == nullptr) return std::nullopt;
    std::string text(line);
    std::free(line);
    return text;
}

void LineReader::remember(const std::string& entry) {
    if (!interactive_ || entry.empty()) return;
    std::string line = entry;
    std::replace(line.begin(), line.end(), '\n', ' ');
    add_history(line.c_str());
}

std::string default_history_file() {
    if (const char* state = std::getenv("XDG_STATE_HOME")) return std::string(state) + "/tercet/history";
    if (const char* home = std::getenv("HOME")) return std::string(home) + "/.local/state/tercet/history";
    return {};
}

}  // namespace tercet::cli
