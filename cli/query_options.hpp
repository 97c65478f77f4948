#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tercet/tercet.hpp"

namespace tercet::cli {

using NamedText = std::pair<std::string, std::string>;

/// What query, update, explain and batch have in common.
struct QueryArguments {
    std::string directory;
    std::string file;
    std::string text;
    std::vector<std::string> parameters;  ///< NAME=TERM
    std::string base;
    double timeout = 0;
    std::uint64_t memory = 0;
    bool exact_names = false;
    bool no_warnings = false;
    std::vector<std::string> services;    ///< URL prefixes, or "all"
    std::vector<std::string> data, named, data_base;  ///< what fills :memory:
};

void add_query_options(CLI::App* command, QueryArguments& arguments);
void add_data_options(CLI::App* command, QueryArguments& arguments);

/// Adds --service to a command.
void add_service_option(CLI::App* command, std::vector<std::string>& services);
/// What --service allows: "all" stands for every address.
[[nodiscard]] NetworkOptions network_options(const std::vector<std::string>& services);

/// "NAME=REST" in two. Throws CLI::ValidationError naming `option` if there is no '='.
[[nodiscard]] NamedText split_assignment(const std::string& text, const std::string& option);
[[nodiscard]] std::vector<NamedText> given_parameters(const QueryArguments& arguments);

/// Opens the store, or fills one in memory in the order of --data, --named and --data-base.
[[nodiscard]] Database open_database(const CLI::App* command, const QueryArguments& arguments, bool read_only);

/// The saved query of the file, or of -e.
[[nodiscard]] SavedQuery read_request(const QueryArguments& arguments);
[[nodiscard]] QueryOptions query_options(const QueryArguments& arguments, const Database& database,
                                         const SavedQuery& request);

/// Tells on standard error what was assumed, and, unless it is not wanted, what is probably a slip in the query.
void print_remarks(const Result& result, bool with_warnings, const std::string& before);
void print_warnings(const std::vector<Warning>& warnings, const std::string& before);

/// While it lives, an interrupt (^C) cancels what runs in the database, and the second one ends the program.
class InterruptGuard {
public:
    explicit InterruptGuard(const Database& database);
    ~InterruptGuard();
    /// Whether there was one.
    [[nodiscard]] bool is_interrupted() const noexcept;
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;
};

}  // namespace tercet::cli
