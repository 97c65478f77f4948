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

struct FileArguments {
    std::vector<std::string> files;
    std::string file;
    LoadOptions options;
    DumpFormat to = DumpFormat::NQuads;
    ExtractFormat extract_format = ExtractFormat::JsonLines;
    bool explain = false;
    bool lines = false;
    std::string model;
};

/// Goes on after a bad file; throws at the end if there was one.
template <typename Each>
void for_each_file(const std::vector<std::string>& files, Each each) {
    int status = kDone;
    for (const std::string& file : files) {
        try {
            each(file);
        } catch (const Error& error) {
            std::cout.flush();
            std::cerr << "tercet: " << error.what() << '\n';
            status = exit_status(error.code());
        }
    }
    if (status != kDone) throw CLI::RuntimeError(status);
}

void add_reading_options(CLI::App* command, FileArguments& arguments) {
    command->add_option("--base", arguments.options.base, "Base IRI for relative IRIs");
    command->add_option("--format", arguments.options.format, "What the file is, instead of looking at it")
        ->transform(one_of(kLoadFormats));
}

void add_extract(CLI::App& app) {
    auto arguments = std::make_shared<FileArguments>();
    CLI::App* extract = app.add_subcommand("extract", "Show what articles state, without a store");
    add_fields_option(extract, arguments->options.fields);
    extract->add_option("FILE", arguments->files, "Articles, directories of them or patterns")->required();
    extract->add_option("--format", arguments->extract_format, "jsonl, ttl, table, carb, names, or text (what is read of a page)")
        ->transform(one_of(kExtractFormats));
    extract->add_option("--model", arguments->model, "Language model to use instead of the installed one");
    extract->add_flag("--explain", arguments->explain, "Show how each sentence was read: tree, clauses, rules, drops");
    extract->add_flag("--lines", arguments->lines, "Every line is a sentence of its own, without context");
    extract->callback([arguments] {
        if (arguments->explain) arguments->extract_format = ExtractFormat::Explain;
        const Extractor extractor(arguments->model);
        for_each_file(find_articles(arguments->files), [&](const std::string& file) {
            extractor.extract(file, std::cout, arguments->extract_format, arguments->lines, arguments->options.fields);
        });
    });
}

void add_validate(CLI::App& app) {
    auto arguments = std::make_shared<FileArguments>();
    CLI::App* command = app.add_subcommand("validate", "Check RDF files");
    command->add_option("FILE", arguments->files, "RDF files")->required();
    add_reading_options(command, *arguments);
    command->callback([arguments] {
        for_each_file(arguments->files, [&](const std::string& file) {
            std::cout << file << ": " << grouped(validate(file, arguments->options).quads) << " triples, valid\n";
        });
    });
}

void add_convert(CLI::App& app) {
    auto arguments = std::make_shared<FileArguments>();
    CLI::App* command = app.add_subcommand("convert", "Write an RDF file in another format");
    command->add_option("FILE", arguments->file, "RDF file")->required();
    command->add_option("--to", arguments->to, "nq, nt, ttl, trig or rdf (RDF/XML)")
        ->required()
        ->transform(one_of(kDumpFormats));
    add_reading_options(command, *arguments);
    command->callback([arguments] { convert(arguments->file, std::cout, arguments->to, arguments->options); });
}

}  // namespace

void add_file_commands(CLI::App& app) {
    add_extract(app);
    add_validate(app);
    add_convert(app);
}

}  // namespace tercet::cli
