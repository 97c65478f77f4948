#include <iostream>
#include <memory>

#include "commands.hpp"
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
}

}  // namespace tercet::cli
