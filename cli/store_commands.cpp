#include <iostream>
#include <memory>

#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "one_of.hpp"
#include "progress.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct StoreArguments {
    std::string directory;
    std::string graph;
    std::string target;
    DumpFormat format = DumpFormat::NQuads;
    bool copy = false;
};

Database open_to_read(const std::string& directory) {
    OpenOptions options;
    options.create_if_missing = false;
    options.read_only = true;
    return Database::open(directory, options);
}

void print_statistics(const DatabaseStatistics& statistics) {
    const std::pair<const char*, std::uint64_t> lines[] = {
        {"quads", statistics.quads},           {"default graph", statistics.default_graph_quads},
        {"named graphs", statistics.named_graphs}, {"predicates", statistics.predicates},
        {"terms", statistics.terms},
    };
    for (const auto& [name, value] : lines) {
        std::cout << name << std::string(16 - std::string(name).size(), ' ') << grouped(value) << '\n';
    }
}

void check(const std::string& directory) {
    const CheckReport report = check_store(directory);
    for (const std::string& problem : report.problems) std::cout << problem << '\n';
    if (report.is_sound()) {
        std::cout << "sound: " << grouped(report.quads) << " quads in " << grouped(report.blocks) << " blocks and " << grouped(report.changes)
                  << " changes beside them, " << grouped(report.terms) << " terms\n";
        return;
    }
    const std::uint64_t more = report.problem_count - report.problems.size();
    if (more > 0) std::cout << "... and " << grouped(more) << " more\n";
    std::cout.flush();
    std::cerr << "tercet: the store at " << directory << " is damaged (" << grouped(report.problem_count)
              << (report.problem_count == 1 ? " problem" : " problems") << "); restore a backup, or load its sources again\n";
    throw CLI::RuntimeError(kEnvironmentError);
}

using CopyStore = BackupReport (*)(const std::string&, const std::string&, const BackupOptions&);

void copy_store(const StoreArguments& arguments, CopyStore copy) {
    const BackupReport report = copy(arguments.directory, arguments.target, {.link = !arguments.copy});
    std::cout << grouped(report.quads) << " quads, up to commit " << grouped(report.version) << ", are in " << arguments.target << " ("
              << grouped(report.files) << " table files, " << grouped(report.linked_files) << " of them shared)\n";
}

void add_copy_command(CLI::App& app, const char* name, const char* text, const char* from, const char* to, CopyStore copy) {
    auto arguments = std::make_shared<StoreArguments>();
    CLI::App* command = app.add_subcommand(name, text);
    command->add_option(from, arguments->directory, "Directory to take it from")->required();
    command->add_option(to, arguments->target, "Directory to make; it must not be there, or be empty")->required();
    command->add_flag("--copy", arguments->copy, "Copy table files instead of sharing them by hard links");
    command->callback([arguments, copy] { copy_store(*arguments, copy); });
}

}  // namespace

void add_store_commands(CLI::App& app) {
    auto arguments = std::make_shared<StoreArguments>();
    CLI::App* dump = app.add_subcommand("dump", "Write everything that is in a store");
    dump->add_option("DB", arguments->directory, "Directory of the store")->required();
    dump->add_option("--graph", arguments->graph, "IRI of the one graph to write");
    dump->add_option("--format", arguments->format, "nq, nt, ttl, trig or rdf (RDF/XML)")
        ->transform(one_of(kDumpFormats));
    dump->callback([arguments] {
        open_to_read(arguments->directory).dump(std::cout, arguments->format, arguments->graph);
    });

    CLI::App* stats = app.add_subcommand("stats", "Count what is in a store");
    stats->add_option("DB", arguments->directory, "Directory of the store")->required();
    stats->callback([arguments] { print_statistics(open_to_read(arguments->directory).statistics()); });

    CLI::App* command = app.add_subcommand("check", "Look whether a store is whole: checksums, orders, dictionary, statistics");
    command->add_option("DB", arguments->directory, "Directory of the store")->required();
    command->callback([arguments] { check(arguments->directory); });

    add_copy_command(app, "backup", "Copy a store as it is now, while others may write to it", "DB", "DIR", backup_store);
    add_copy_command(app, "restore", "Check a backup and make a store of it", "DIR", "DB", restore_store);
}

}  // namespace tercet::cli
