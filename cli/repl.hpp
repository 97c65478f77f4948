#pragma once

#include <optional>
#include <string>
#include <vector>

#include "line_reader.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {

/// The prompt: requests and dot commands, one database.
class Repl {
public:
    Repl(Database database, std::string name);

    /// Until .quit or the end of input. Returns the exit status: 0, or when not interactive that of the last error.
    int run();

    /// One row of the table of dot commands.
    struct DotCommand {
        const char* name;
        const char* arguments;
        const char* help;
        void (Repl::*run)(const std::string& argument);
    };
    [[nodiscard]] static const std::vector<DotCommand>& dot_commands();

private:
    void execute(const std::string& input);
    void execute_request(const std::string& text);
    void execute_command(const std::string& line);
    void answer_query(const std::string& text);
    void show(Result& result);
    void emit(const std::string& text);
    [[nodiscard]] std::optional<std::string> read_input();
    [[nodiscard]] std::vector<std::string> complete(const std::string& line, const std::string& word) const;
    /// Runs an internal query, written as a user might write it, and prints its answer.
    void run_and_show(const std::string& text);

    void help(const std::string& argument);
    void load(const std::string& argument);
    void unload(const std::string& argument);
    void predicates(const std::string& argument);
    void schema(const std::string& argument);
    void prefixes(const std::string& argument);
    void mode(const std::string& argument);
    void explain(const std::string& argument);
    void why(const std::string& argument);
    void draw(const std::string& argument);
    void plot(const std::string& argument);
    void timer(const std::string& argument);
    void warnings(const std::string& argument);
    void read_file(const std::string& argument);
    void output(const std::string& argument);
    void algorithms(const std::string& argument);
    void projections(const std::string& argument);
    void stats(const std::string& argument);
    void quit(const std::string& argument);

    Database database_;
    std::string name_;
    LineReader reader_;
    std::optional<ResultFormat> mode_;
    std::string output_file_;
    std::string last_query_;
    bool timer_ = true;
    bool warnings_ = true;
    bool done_ = false;
    int status_ = 0;
};

}  // namespace tercet::cli
