#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "commands.hpp"
#include "exit_status.hpp"
#include "query_options.hpp"
#include "tercet/tercet.hpp"

namespace {

constexpr const char* kVersion = TERCET_VERSION_TEXT;

constexpr const char* kFooter = R"(Without a command, tercet opens its prompt on DB, or in memory.

Examples:
  tercet load news.db articles/*.txt
  tercet query news.db -e 'SELECT ?what { :Miller :supports ?what }'
  tercet batch news.db queries/ --param who=:Miller --out report/
  tercet news.db

Exit status: 0 done, 1 data or query error, 2 wrong usage, 3 environment (disk, lock, damage).)";

int report(const tercet::Error& error) {
    std::cerr << "tercet: " << error.what() << '\n';
    return tercet::cli::exit_status(error.code());
}

}  // namespace

int main(int argc, char* argv[]) {
    std::ios::sync_with_stdio(false);
    std::signal(SIGPIPE, SIG_DFL);

    CLI::App app{"Tercet: an embedded knowledge graph. Articles and RDF in, answers with their sentences out."};
    app.name("tercet");
    app.footer(kFooter);
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(0, 1);

    std::string directory;
    tercet::OpenOptions options;
    std::vector<std::string> services;
    app.add_option("DB", directory, "Directory of the store to open at the prompt");
    app.add_flag("--read-only", options.read_only, "Look only; another process may write meanwhile");
    tercet::cli::add_service_option(&app, services);
    tercet::cli::add_load_commands(app);
    tercet::cli::add_merge_commands(app);
    tercet::cli::add_query_commands(app);
    tercet::cli::add_batch_command(app);
    tercet::cli::add_file_commands(app);
    tercet::cli::add_store_commands(app);
    app.add_subcommand("help", "Show this help")->callback([] { throw CLI::CallForHelp(); });

    try {
        app.parse(argc, argv);
        options.network = tercet::cli::network_options(services);
        if (app.get_subcommands().empty()) return tercet::cli::run_repl(directory, options);
        return tercet::cli::kDone;
    } catch (const CLI::RuntimeError& end) {
        return end.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? tercet::cli::kDone : tercet::cli::kUsageError;
    } catch (const tercet::Error& error) {
        std::cout.flush();
        return report(error);
    } catch (const std::exception& error) {
        std::cout.flush();
        std::cerr << "tercet: " << error.what() << '\n';
        return tercet::cli::kEnvironmentError;
    }
}
