#include <iostream>
#include <memory>
#include <vector>

#include "article_options.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "progress.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct LoadArguments {
    std::string directory;
    std::vector<std::string> files;
    LoadOptions options;
};

void print_report(const LoadReport& report) {
    std::cout << grouped(report.quads_read) << " triples read, " << grouped(report.quads_added) << " new";
    if (report.articles != 0) {
        std::cout << "; " << grouped(report.statements) << " statements from " << grouped(report.articles) << " articles";
    }
    const double rate = static_cast<double>(report.quads_read) / (report.seconds + 1e-9);
    std::cout << " (" << duration(report.seconds) << ", " << grouped(static_cast<std::uint64_t>(rate)) << "/s)\n";
    for (const std::string& skipped : report.skipped) std::cerr << "tercet: skipped " << skipped << '\n';
    for (const std::string& part : report.incomplete) std::cerr << "tercet: " << part << '\n';
}

void run_load(LoadArguments& arguments) {
    Database database = Database::open(arguments.directory);
    LoadReport report;
    {
        Progress progress;
        arguments.options.progress = [&](const LoadProgress& now) { progress.show(now); };
        report = database.load(arguments.files, arguments.options);
    }
    print_report(report);
    if (!report.skipped.empty() || !report.incomplete.empty()) throw CLI::RuntimeError(kDataError);
}

void add_load(CLI::App& app) {
    auto arguments = std::make_shared<LoadArguments>();
    CLI::App* load = app.add_subcommand("load", "Load articles and RDF files, all of them or none");
    load->add_option("DB", arguments->directory, "Directory of the store; made if it is not there")->required();
    add_fields_option(load, arguments->options.fields);
    load->add_option("FILE", arguments->files, "Files, directories or patterns; .gz .zst .bz2 are read directly; - is standard input")->required();
    load->add_option("--graph", arguments->options.graph, "IRI of the graph that triples go to");
    load->add_option("--base", arguments->options.base, "Base IRI for relative IRIs");
    load->add_option("--format", arguments->options.format, "What the files are, instead of looking at them")
        ->transform(CLI::CheckedTransformer(kLoadFormats));
    load->add_option("-j,--threads", arguments->options.threads, "Threads for reading articles");
    load->callback([arguments] { run_load(*arguments); });
}

void add_unload(CLI::App& app) {
    auto arguments = std::make_shared<LoadArguments>();
    CLI::App* unload = app.add_subcommand("unload", "Remove articles and what no other article supports");
    unload->add_option("DB", arguments->directory, "Directory of the store")->required();
    unload->add_option("ARTICLE", arguments->files, "IRIs of articles, or their files")->required();
    unload->callback([arguments] {
        OpenOptions existing;
        existing.create_if_missing = false;
        Database database = Database::open(arguments->directory, existing);
        bool all = true;
        for (const std::string& article : arguments->files) {
            if (database.unload(article)) continue;
            std::cerr << "tercet: no article " << article << " in this store\n";
            all = false;
        }
        if (!all) throw CLI::RuntimeError(kDataError);
    });
}

}  // namespace

void add_load_commands(CLI::App& app) {
    add_load(app);
    add_unload(app);
}

}  // namespace tercet::cli
