#include <unistd.h>

#include <iostream>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "formats.hpp"
#include "one_of.hpp"
#include "query_options.hpp"
#include "terminal.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct RequestArguments : QueryArguments {
    std::string format;
    std::string dump;
    PlotKind plot = PlotKind::Auto;
    ExplainOptions explain;
};

void add_request(CLI::App* command, RequestArguments& arguments, const char* what) {
    command->add_option("DB", arguments.directory, "Directory of the store, or :memory:")->required();
    auto* file = command->add_option("FILE", arguments.file, std::string("File with the ") + what + "; - is standard input");
    command->add_option("-e,--execute", arguments.text, std::string("The ") + what + " itself")->excludes(file);
    add_query_options(command, arguments);
    add_data_options(command, arguments);
}

ResultFormat format_for(const Result& result, const std::string& name) {
    if (!name.empty()) return kResultFormats.at(name);
    return result.kind() == ResultKind::Graph ? ResultFormat::Turtle : ResultFormat::Table;
}

void run_query(const CLI::App* command, const RequestArguments& arguments) {
    const SavedQuery request = read_request(arguments);
    const Database database = open_database(command, arguments, true);
    const InterruptGuard guard(database);
    Result result = database.query(request.text, query_options(arguments, database, request));
    print_remarks(result, !arguments.no_warnings, "tercet: ");
    WriteOptions options;
    options.width = terminal_width();
    options.colour = wants_colour(STDOUT_FILENO);
    options.prefixes = database.prefixes();
    options.plot = arguments.plot;
    result.write(std::cout, format_for(result, arguments.format), options);
}

void run_update(const CLI::App* command, const RequestArguments& arguments) {
    const SavedQuery request = read_request(arguments);
    Database database = open_database(command, arguments, false);
    const InterruptGuard guard(database);
    QueryOptions options = query_options(arguments, database, request);
    options.update_warnings = !arguments.no_warnings;
    const UpdateReport report = database.update(request.text, options);
    print_warnings(report.warnings, "tercet: ");
    if (!arguments.dump.empty()) {
        database.dump(std::cout, kDumpFormats.at(arguments.dump));
        return;
    }
    std::cout << report.inserted << " inserted, " << report.deleted << " deleted\n";
}

void run_explain(const CLI::App* command, const RequestArguments& arguments) {
    const SavedQuery request = read_request(arguments);
    const Database database = open_database(command, arguments, true);
    const InterruptGuard guard(database);
    std::cout << database.explain(request.text, query_options(arguments, database, request), arguments.explain) << '\n';
}

}  // namespace

void add_query_commands(CLI::App& app) {
    auto query = std::make_shared<RequestArguments>();
    CLI::App* query_command = app.add_subcommand("query", "Answer a query");
    add_request(query_command, *query, "query");
    query_command->add_option("--format", query->format, "table, json, xml, csv, tsv, nt, ttl, md, dot, svg, html, plot or plot-svg")
        ->check(CLI::IsMember(&kResultFormats));
    query_command->add_option("--plot", query->plot, "What a plot is made of: auto, bars, lines or histogram")
        ->transform(one_of(kPlotKinds));
    query_command->callback([query, query_command] { run_query(query_command, *query); });

    auto update = std::make_shared<RequestArguments>();
    CLI::App* update_command = app.add_subcommand("update", "Change a store: all of the request, or nothing");
    add_request(update_command, *update, "update request");
    update_command->add_option("--dump", update->dump, "Then write everything, in this format")
        ->check(CLI::IsMember(&kDumpFormats));
    update_command->callback([update, update_command] { run_update(update_command, *update); });

    auto explain = std::make_shared<RequestArguments>();
    CLI::App* explain_command = app.add_subcommand("explain", "Show how a query would be answered");
    add_request(explain_command, *explain, "query");
    explain_command->add_flag("--analyze", explain->explain.analyze, "Run it, and show what really happened");
    explain_command->add_flag("--json", explain->explain.json, "As JSON");
    explain_command->callback([explain, explain_command] { run_explain(explain_command, *explain); });
}

}  // namespace tercet::cli
