#include "query_options.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <iostream>

namespace tercet::cli {
namespace {

constexpr const char* kInMemory = ":memory:";
std::atomic<const Database*> running{nullptr};

extern "C" void on_interrupt(int) {
    const Database* database = running.exchange(nullptr);
    if (database == nullptr) _exit(130);
    database->cancel();
}

std::string read_standard_input() { return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()}; }

/// The options in the order in which they stood on the command line, since --data-base counts for what follows it.
void fill(Database& database, const CLI::App* command, const QueryArguments& arguments) {
    LoadOptions options;
    std::size_t data = 0;
    std::size_t named = 0;
    std::size_t bases = 0;
    for (const CLI::Option* option : command->parse_order()) {
        const std::string name = option->get_name();
        if (name == "--data-base") {
            options.base = arguments.data_base.at(bases++);
        } else if (name == "--data") {
            options.graph.clear();
            database.load(arguments.data.at(data++), options);
        } else if (name == "--named") {
            const auto [graph, file] = split_assignment(arguments.named.at(named++), "--named");
            options.graph = graph;
            database.load(file, options);
        }
    }
}

}  // namespace

void add_query_options(CLI::App* command, QueryArguments& arguments) {
    command->add_option("--param", arguments.parameters, "NAME=TERM: value of $NAME, as a query would write it")
        ->allow_extra_args(false);
    command->add_option("--base", arguments.base, "Base IRI for relative IRIs in the query");
    command->add_option("--timeout", arguments.timeout, "Seconds after which it is stopped")->check(CLI::PositiveNumber);
    command->add_option("--memory", arguments.memory, "Memory it may use: 512M, 2G")->transform(CLI::AsSizeValue(false));
    command->add_flag("--exact-names", arguments.exact_names, "Do not read :Miller as :Matthew_Miller");
    command->add_flag("--no-warnings", arguments.no_warnings, "Do not tell what is probably a slip in the query");
    add_service_option(command, arguments.services);
}

void add_service_option(CLI::App* command, std::vector<std::string>& services) {
    command->add_option("--service", services, "URL prefix of endpoints that SERVICE may ask, or all; repeatable")->allow_extra_args(false);
}

NetworkOptions network_options(const std::vector<std::string>& services) {
    NetworkOptions network;
    for (const std::string& prefix : services) {
        if (prefix == "all") network.services.insert(network.services.end(), {"http://", "https://"});
        else network.services.push_back(prefix);
    }
    return network;
}

void add_data_options(CLI::App* command, QueryArguments& arguments) {
    command->add_option("--data", arguments.data, "File for the default graph of :memory:")->allow_extra_args(false);
    command->add_option("--named", arguments.named, "IRI=FILE: a named graph of :memory:")->allow_extra_args(false);
    command->add_option("--data-base", arguments.data_base, "Base IRI of the data files that follow")
        ->allow_extra_args(false);
}

NamedText split_assignment(const std::string& text, const std::string& option) {
    // The name may be an IRI, which may hold '=' itself; a file name comes last.
    const std::size_t sign = option == "--named" ? text.rfind('=') : text.find('=');
    if (sign == std::string::npos || sign == 0) {
        throw CLI::ValidationError(option, "expected NAME=VALUE, got '" + text + "'");
    }
    return {text.substr(0, sign), text.substr(sign + 1)};
}

std::vector<NamedText> given_parameters(const QueryArguments& arguments) {
    std::vector<NamedText> given;
    for (const std::string& parameter : arguments.parameters) given.push_back(split_assignment(parameter, "--param"));
    return given;
}

Database open_database(const CLI::App* command, const QueryArguments& arguments, bool read_only) {
    OpenOptions options;
    options.network = network_options(arguments.services);
    if (arguments.directory == kInMemory) {
        Database database = Database::in_memory(options);
        fill(database, command, arguments);
        return database;
    }
    if (!arguments.data.empty() || !arguments.named.empty()) {
        throw CLI::ValidationError("--data", "fills :memory: only; use 'tercet load' for a store");
    }
    options.create_if_missing = false;
    options.read_only = read_only;
    return Database::open(arguments.directory, options);
}

SavedQuery read_request(const QueryArguments& arguments) {
    if (!arguments.text.empty()) return SavedQuery::parse(arguments.text);
    if (arguments.file == "-") return SavedQuery::parse(read_standard_input(), "standard input");
    if (arguments.file.find('{') != std::string::npos && !std::filesystem::exists(arguments.file)) {
        throw Error(ErrorCode::NotFound, "there is no file " + arguments.file + "; a request itself comes after -e");
    }
    if (!arguments.file.empty()) return SavedQuery::read(arguments.file);
    throw CLI::RequiredError("a file, or -e TEXT,");
}

QueryOptions query_options(const QueryArguments& arguments, const Database& database, const SavedQuery& request) {
    QueryOptions options;
    options.base = arguments.base;
    options.source = request.file;
    options.resolve_names = !arguments.exact_names;
    options.parameters = request.bind(database, given_parameters(arguments));
    if (arguments.timeout > 0) {
        options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.timeout * 1000));
    }
    if (arguments.memory > 0) options.memory_limit = arguments.memory;
    return options;
}

void print_remarks(const Result& result, bool with_warnings, const std::string& before) {
    for (const std::string& note : result.notes()) std::cerr << before << "note: " << note << '\n';
    if (with_warnings) print_warnings(result.warnings(), before);
}

void print_warnings(const std::vector<Warning>& warnings, const std::string& before) {
    for (const Warning& warning : warnings) std::cerr << before << "warning: " << warning.text() << '\n';
}

InterruptGuard::InterruptGuard(const Database& database) {
    running = &database;
    std::signal(SIGINT, on_interrupt);
}

bool InterruptGuard::is_interrupted() const noexcept { return running == nullptr; }

InterruptGuard::~InterruptGuard() {
    std::signal(SIGINT, SIG_DFL);
    running = nullptr;
}

}  // namespace tercet::cli
