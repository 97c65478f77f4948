#include <iostream>
#include <memory>

#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "progress.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct StoreArguments {
    std::string directory;
    std::string graph;
    DumpFormat format = DumpFormat::NQuads;
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

}  // namespace

void add_store_commands(CLI::App& app) {
    auto arguments = std::make_shared<StoreArguments>();
    CLI::App* dump = app.add_subcommand("dump", "Write everything that is in a store");
    dump->add_option("DB", arguments->directory, "Directory of the store")->required();
    dump->add_option("--graph", arguments->graph, "IRI of the one graph to write");
    dump->add_option("--format", arguments->format, "nq, nt, ttl, trig or rdf (RDF/XML)")
        ->transform(CLI::CheckedTransformer(kDumpFormats));
    dump->callback([arguments] {
        open_to_read(arguments->directory).dump(std::cout, arguments->format, arguments->graph);
    });

    CLI::App* stats = app.add_subcommand("stats", "Count what is in a store");
    stats->add_option("DB", arguments->directory, "Directory of the store")->required();
    stats->callback([arguments] { print_statistics(open_to_read(arguments->directory).statistics()); });

    CLI::App* command = app.add_subcommand("check", "Look whether a store is whole: checksums, orders, dictionary, statistics");
    command->add_option("DB", arguments->directory, "Directory of the store")->required();
    command->callback([arguments] { check(arguments->directory); });
}

}  // namespace tercet::cli
