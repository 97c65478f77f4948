#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <vector>

#include "commands.hpp"
#include "exit_status.hpp"
#include "formats.hpp"
#include "progress.hpp"
#include "query_options.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

namespace fs = std::filesystem;

struct BatchArguments : QueryArguments {
    std::vector<std::string> paths;
    std::string out;
    std::string format;
};

/// The .rq files among the paths, directories looked into, in order of their names.
std::vector<std::string> query_files(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        if (!fs::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(path)) {
            if (entry.path().extension() == ".rq") found.push_back(entry.path().string());
        }
        std::sort(found.begin(), found.end());
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

/// Of all the parameters given, those that this query knows: one command serves many files.
std::vector<NamedText> known_parameters(const SavedQuery& query, const std::vector<NamedText>& given) {
    std::vector<NamedText> known;
    for (const NamedText& parameter : given) {
        const auto named = [&](const SavedQuery::Parameter& each) { return each.name == parameter.first; };
        if (std::any_of(query.parameters.begin(), query.parameters.end(), named)) known.push_back(parameter);
    }
    return known;
}

ResultFormat format_for(const Result& result, const BatchArguments& arguments) {
    if (!arguments.format.empty()) return kResultFormats.at(arguments.format);
    if (result.kind() == ResultKind::Graph) return ResultFormat::Turtle;
    return arguments.out.empty() ? ResultFormat::Table : ResultFormat::Json;
}

std::string extension_of(ResultFormat format) {
    if (format == ResultFormat::Table || format == ResultFormat::Plot) return ".txt";
    if (format == ResultFormat::PlotSvg) return ".svg";
    for (const auto& [name, value] : kResultFormats) {
        if (value == format) return '.' + name;
    }
    return {};
}

std::uint64_t write_answer(Result& result, const std::string& file, const BatchArguments& arguments,
                           const WriteOptions& options) {
    const ResultFormat format = format_for(result, arguments);
    if (arguments.out.empty()) return result.write(std::cout, format, options);
    const fs::path target = fs::path(arguments.out) / (fs::path(file).stem().string() + extension_of(format));
    const fs::path partial = target.string() + ".partial";
    std::ofstream out(partial, std::ios::binary);
    if (!out) throw Error(ErrorCode::Io, "cannot write " + partial.string());
    const std::uint64_t rows = result.write(out, format, options);
    out.close();
    if (!out) throw Error(ErrorCode::Io, "cannot write " + partial.string() + "; is the disk full?");
    fs::rename(partial, target);
    return rows;
}

void run_one(const Database& database, const std::string& file, const BatchArguments& arguments,
             const WriteOptions& options) {
    const SavedQuery query = SavedQuery::read(file);
    QueryArguments own = arguments;
    own.parameters.clear();
    QueryOptions how = query_options(own, database, SavedQuery{file, {}, {}, {}, query.text});
    how.parameters = query.bind(database, known_parameters(query, given_parameters(arguments)));

    const auto start = std::chrono::steady_clock::now();
    if (arguments.out.empty()) std::cout << "-- " << (query.title.empty() ? file : query.title) << '\n';
    Result result = database.query(query.text, how);
    print_remarks(result, !arguments.no_warnings, "tercet: ");
    const std::uint64_t rows = write_answer(result, file, arguments, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!arguments.out.empty()) {
        std::cout << file << ": " << grouped(rows) << (rows == 1 ? " row" : " rows") << ", " << duration(seconds) << '\n';
    }
}

void run_batch(const CLI::App* command, const BatchArguments& arguments) {
    const std::vector<std::string> files = query_files(arguments.paths);
    if (files.empty()) throw Error(ErrorCode::InvalidArgument, "no query files (*.rq) there");
    if (!arguments.out.empty()) fs::create_directories(arguments.out);
    const Database database = open_database(command, arguments, true);
    const InterruptGuard guard(database);
    WriteOptions options;
    options.prefixes = database.prefixes();
    int status = kDone;
    for (const std::string& file : files) {
        try {
            run_one(database, file, arguments, options);
        } catch (const Error& error) {
            std::cout.flush();
            std::cerr << "tercet: " << (error.position().source.empty() ? file + ": " : "") << error.what() << '\n';
            if (error.code() == ErrorCode::Cancelled) throw CLI::RuntimeError(kDataError);
            status = exit_status(error.code());
        }
        if (guard.is_interrupted()) throw CLI::RuntimeError(kDataError);  // between two queries, where no error tells
    }
    if (status != kDone) throw CLI::RuntimeError(status);
}

}  // namespace

void add_batch_command(CLI::App& app) {
    auto arguments = std::make_shared<BatchArguments>();
    CLI::App* batch = app.add_subcommand("batch", "Run saved query files");
    batch->add_option("DB", arguments->directory, "Directory of the store, or :memory:")->required();
    batch->add_option("QUERIES", arguments->paths, "Files, or directories of *.rq files")->required()->check(CLI::ExistingPath);
    batch->add_option("--out", arguments->out, "Directory for one answer file per query; none: print them");
    batch->add_option("--format", arguments->format, "Format of the answers (json in files, table when printed)")
        ->check(CLI::IsMember(&kResultFormats));
    add_query_options(batch, *arguments);
    add_data_options(batch, *arguments);
    batch->callback([arguments, batch] { run_batch(batch, *arguments); });
}

}  // namespace tercet::cli
