#include <fstream>
#include <iostream>
#include <memory>
#include <vector>

#include "article_options.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "one_of.hpp"
#include "progress.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct LoadArguments {
    std::string directory;
    std::vector<std::string> files;
    LoadOptions options;
    bool keep_going = false;
    std::string quarantine;
};

/// Where lines go that cannot be read: into a file that can be corrected and loaded, or onto the terminal.
class Quarantine {
public:
    explicit Quarantine(const std::string& file) {
        if (file.empty()) return;
        out_.open(file);
        if (!out_) throw Error(ErrorCode::Io, "cannot write the quarantine file " + file);
    }

    void add(const BadLine& bad) {
        constexpr std::uint64_t kMostShown = 20;
        std::ostream& out = out_.is_open() ? out_ : std::cerr;
        if (!out_.is_open() && ++count_ > kMostShown) return;
        out << (out_.is_open() ? "# " : "tercet: ") << bad.file << ':' << bad.line << ':' << bad.column << ": " << bad.message << '\n';
        if (out_.is_open()) out_ << bad.text << (bad.text.ends_with('\n') ? "" : "\n");
        else if (count_ == kMostShown) std::cerr << "tercet: more are not shown; --quarantine FILE keeps them all\n";
    }
    void close() {
        if (!out_.is_open()) return;
        out_.close();
        if (!out_) throw Error(ErrorCode::Io, "the quarantine file could not be written whole");
    }

private:
    std::ofstream out_;
    std::uint64_t count_ = 0;
};

void print_report(const LoadReport& report) {
    std::cout << grouped(report.quads_read) << " triples read, " << grouped(report.quads_added) << " new";
    if (report.articles != 0) {
        std::cout << "; " << grouped(report.statements) << " statements from " << grouped(report.articles) << " articles";
    }
    const double rate = static_cast<double>(report.quads_read) / (report.seconds + 1e-9);
    std::cout << " (" << duration(report.seconds) << ", " << grouped(static_cast<std::uint64_t>(rate)) << "/s)\n";
    if (report.bad_lines != 0) {
        std::cerr << "tercet: " << grouped(report.bad_lines) << (report.bad_lines == 1 ? " bad line was" : " bad lines were") << " left out\n";
    }
    for (const std::string& skipped : report.skipped) std::cerr << "tercet: skipped " << skipped << '\n';
    for (const std::string& part : report.incomplete) std::cerr << "tercet: " << part << '\n';
}

/// What a load reads of the store it mostly replaces.
constexpr std::size_t kCache = std::size_t{24} << 20U;

void run_load(LoadArguments& arguments) {
    OpenOptions writing;
    writing.cache = kCache;
    Database database = Database::open(arguments.directory, writing);
    LoadReport report;
    Quarantine quarantine(arguments.quarantine);
    if (arguments.keep_going || !arguments.quarantine.empty()) {
        arguments.options.bad_line = [&](const BadLine& bad) { quarantine.add(bad); };
    }
    {
        Progress progress;
        arguments.options.progress = [&](const LoadProgress& now) { progress.show(now); };
        report = database.load(arguments.files, arguments.options);
    }
    quarantine.close();
    print_report(report);
    if (!report.skipped.empty() || !report.incomplete.empty() || report.bad_lines != 0) throw CLI::RuntimeError(kDataError);
}

void add_load(CLI::App& app) {
    auto arguments = std::make_shared<LoadArguments>();
    CLI::App* load = app.add_subcommand("load", "Load RDF files, all of them or none, and articles, some hundreds at a time");
    load->add_option("DB", arguments->directory, "Directory of the store; made if it is not there")->required();
    add_fields_option(load, arguments->options.fields);
    load->add_option("FILE", arguments->files, "Files, directories, patterns, or http:// URLs of RDF; .gz .zst .bz2 are read directly; - is standard input")->required();
    load->add_option("--graph", arguments->options.graph, "IRI of the graph that triples go to");
    load->add_option("--base", arguments->options.base, "Base IRI for relative IRIs");
    load->add_option("--format", arguments->options.format, "What the files are, instead of looking at them")
        ->transform(one_of(kLoadFormats));
    load->add_option("-j,--threads", arguments->options.threads, "Threads that parse; 0: as many as there are cores");
    load->add_option("--memory", arguments->options.memory, "Memory it may use, about: 512M, 2G")->transform(CLI::AsSizeValue(false));
    load->add_flag("--keep-going", arguments->keep_going, "Leave out lines of N-Triples and N-Quads that cannot be read");
    load->add_option("--quarantine", arguments->quarantine, "Keep going, and write the lines that were left out to this file");
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
