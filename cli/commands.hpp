#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tercet/database.hpp"

namespace tercet::cli {

/// Each adds its sub-commands to the application. A sub-command runs as CLI11's final callback; it throws
/// tercet::Error, or ends the program's work with CLI::RuntimeError(exit status).
void add_load_commands(CLI::App& app);
void add_merge_commands(CLI::App& app);   ///< load, unload
void add_query_commands(CLI::App& app);  ///< query, update, explain
void add_batch_command(CLI::App& app);
void add_file_commands(CLI::App& app);   ///< extract, validate, convert
void add_store_commands(CLI::App& app);  ///< dump, stats, check, backup, restore

/// Reads, answers, prints, until the user leaves. `directory` empty: in memory. Returns the exit status.
int run_repl(const std::string& directory, const OpenOptions& options);

}  // namespace tercet::cli
