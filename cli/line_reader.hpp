#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tercet::cli {

/// Lines from a person (with history, editing and completion) or from a pipe.
class LineReader {
public:
    using Complete = std::function<std::vector<std::string>(const std::string& line, const std::string& word)>;

    /// The history is kept in `history_file`; empty: not kept.
    LineReader(std::string history_file, Complete complete);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    [[nodiscard]] bool interactive() const noexcept { return interactive_; }
    /// Nothing at the end of input.
    [[nodiscard]] std::optional<std::string> read(const std::string& prompt);
    void remember(const std::string& entry);

private:
    std::string history_file_;
    bool interactive_;
};

/// Where the history of the prompt is kept: $XDG_STATE_HOME/tercet/history, or below ~/.local/state.
[[nodiscard]] std::string default_history_file();

}  // namespace tercet::cli
