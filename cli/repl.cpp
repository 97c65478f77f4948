#include "repl.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "progress.hpp"
#include "query_options.hpp"
#include "terminal.hpp"

namespace tercet::cli {
namespace {

constexpr const char* kPrompt = "tercet> ";
constexpr const char* kContinuation = "   ...> ";

const std::vector<std::string>& keywords() {
    static const std::vector<std::string> words{
        "SELECT",  "CONSTRUCT", "DESCRIBE", "ASK",    "WHERE",  "DISTINCT", "OPTIONAL", "UNION", "MINUS",  "FILTER",
        "BIND",    "VALUES",    "GRAPH",    "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "PREFIX", "BASE",
        "INSERT",  "DELETE",    "DATA",     "COUNT",  "EXISTS", "NOT EXISTS", "ANY SHORTEST", "UNFOLD", "CALL", "YIELD"};
    return words;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool starts_with_ignoring_case(const std::string& text, const std::string& start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](unsigned char a, unsigned char b) {
               return std::toupper(a) == std::toupper(b);
           });
}

}  // namespace

Repl::Repl(Database database, std::string name)
    : database_(std::move(database)),
      name_(std::move(name)),
      reader_(default_history_file(),
              [this](const std::string& line, const std::string& word) { return complete(line, word); }) {}

int Repl::run() {
    if (reader_.interactive()) {
        std::cout << "Tercet " TERCET_VERSION_TEXT ", " << name_ << ": " << grouped(database_.statistics().quads)
                  << " triples. Type a query, .help, or .quit.\n";
    }
    while (!done_) {
        const auto input = read_input();
        if (!input) break;
        execute(*input);
    }
    if (reader_.interactive()) {
        if (!done_) std::cout << '\n';
        return kDone;
    }
    return status_;
}

/// A dot command is one line. A request goes on while a brace, bracket or string is open, or a line ends with '\'.
std::optional<std::string> Repl::read_input() {
    std::string text;
    bool more = false;
    do {
        const auto line = reader_.read(text.empty() ? kPrompt : kContinuation);
        if (!line) return text.empty() ? std::nullopt : std::optional(text);
        if (text.empty() && trimmed(*line).empty()) continue;
        if (text.empty() && trimmed(*line).front() == '.') {
            reader_.remember(*line);
            return *line;
        }
        const bool continued = line->ends_with('\\');
        text += continued ? line->substr(0, line->size() - 1) : *line;
        text += '\n';
        more = continued || is_incomplete_query(text);
    } while (text.empty() || more);
    reader_.remember(trimmed(text));
    return text;
}

void Repl::execute(const std::string& input) {
    try {
        const std::string text = trimmed(input);
        if (text.empty()) return;
        database_.refresh();
        if (text.front() == '.') execute_command(text);
        else execute_request(text);
    } catch (const Error& error) {
        std::cout.flush();
        std::cerr << (wants_colour(STDERR_FILENO) ? "\x1b[31merror\x1b[0m: " : "error: ") << error.what() << '\n';
        status_ = exit_status(error.code());
    }
}

void Repl::execute_request(const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    if (is_update_request(text)) {
        const InterruptGuard guard(database_);
        QueryOptions options;
        options.update_warnings = warnings_;
        const UpdateReport report = database_.update(text, options);
        print_warnings(report.warnings, {});
        std::cout << grouped(report.inserted) << " inserted, " << grouped(report.deleted) << " deleted\n";
    } else {
        answer_query(text);
    }
    if (timer_ && reader_.interactive()) {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::cout << "(" << duration(seconds) << ")\n";
    }
}

void Repl::answer_query(const std::string& text) {
    const InterruptGuard guard(database_);
    Result result = database_.query(text);
    print_remarks(result, warnings_, {});
    show(result);
    last_query_ = text;
}

void Repl::show(Result& result) {
    const ResultFormat usual = result.kind() == ResultKind::Graph ? ResultFormat::Turtle : ResultFormat::Table;
    WriteOptions options;
    options.width = output_file_.empty() ? terminal_width() : 0;
    options.colour = output_file_.empty() && wants_colour(STDOUT_FILENO);
    options.prefixes = database_.prefixes();
    std::ostringstream text;
    const std::uint64_t rows = result.write(text, mode_.value_or(usual), options);
    emit(text.str());
    if (reader_.interactive() && result.kind() == ResultKind::Bindings) {
        std::cout << grouped(rows) << (rows == 1 ? " row" : " rows") << ' ';
    }
}

void Repl::emit(const std::string& text) {
    if (output_file_.empty()) {
        print_paged(text);
        return;
    }
    std::ofstream out(output_file_, std::ios::app | std::ios::binary);
    if (!(out << text)) throw Error(ErrorCode::Io, "cannot write " + output_file_);
}

void Repl::run_and_show(const std::string& text) {
    const InterruptGuard guard(database_);
    Result result = database_.query(text);
    show(result);
    if (reader_.interactive()) std::cout << '\n';
}

void Repl::execute_command(const std::string& line) {
    const std::size_t space = line.find_first_of(" \t");
    const std::string name = line.substr(0, space);
    const std::string argument = space == std::string::npos ? "" : trimmed(line.substr(space));
    for (const DotCommand& command : dot_commands()) {
        if (name == command.name) return (this->*command.run)(argument);
    }
    throw Error(ErrorCode::InvalidArgument, "there is no command " + name + "; .help lists them");
}

std::vector<std::string> Repl::complete(const std::string& line, const std::string& word) const {
    std::vector<std::string> found;
    if (line.starts_with('.') && line.find(' ') == std::string::npos) {
        for (const DotCommand& command : dot_commands()) {
            if (std::string(command.name).starts_with(line)) found.emplace_back(command.name);
        }
        return found;
    }
    if (word.find(':') == std::string::npos && !word.empty()) {
        for (const std::string& keyword : keywords()) {
            if (starts_with_ignoring_case(keyword, word)) found.push_back(keyword);
        }
        for (const auto& [prefix, iri] : database_.prefixes()) {
            if (prefix.starts_with(word)) found.push_back(prefix + ':');
        }
        return found;
    }
    return word.empty() ? found : database_.complete(word);
}

int run_repl(const std::string& directory, const OpenOptions& wanted) {
    OpenOptions options = wanted;
    options.create_if_missing = false;  // a mistyped command must not make a store
    const bool in_memory = directory.empty() || directory == ":memory:";
    Repl repl(in_memory ? Database::in_memory(options) : Database::open(directory, options),
              in_memory ? "in memory" : directory);
    return repl.run();
}

}  // namespace tercet::cli
