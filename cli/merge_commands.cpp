#include <iostream>
#include <memory>

#include "commands.hpp"
#include "exit_status.hpp"
#include "tercet/tercet.hpp"

namespace tercet::cli {
namespace {

struct MergeArguments {
    std::string directory;
    std::string name;
    std::string into;
    std::string because;
    bool list = false;
    bool suggest = false;
    bool automatic = false;
};

Database open_existing(const std::string& directory) {
    OpenOptions existing;
    existing.create_if_missing = false;
    return Database::open(directory, existing);
}

/// `:Miller` as the data says it, without being read as somebody else.
std::string iri_of(const Database& database, const std::string& name) {
    const Term term = database.parse_term(name);
    if (!term.is_iri()) throw Error(ErrorCode::InvalidArgument, name + " is no name; names are written :Matthew_Miller or <http://...>");
    return term.value;
}

void show(const std::string& name, const std::string& into, const std::string& remark) {
    std::cout << name << " -> " << into << (remark.empty() ? "" : "  (" + remark + ")") << '\n';
}

std::string reason_for(const MergeCandidate& candidate) {
    return "\"" + candidate.label + "\" is another name of " + candidate.into.front() + " in an article, and of nothing else of its kind";
}

/// Names that two things share are shown, and kept apart.
void propose(Database& database, bool automatic) {
    for (const MergeCandidate& candidate : database.merge_candidates()) {
        const bool is_clear = candidate.into.size() == 1;
        for (const std::string& into : candidate.into) show(candidate.name, into, is_clear ? reason_for(candidate) : "ambiguous, kept apart");
        if (automatic && is_clear) database.merge({candidate.name, candidate.into.front(), reason_for(candidate)});
    }
}

void run_merge(const MergeArguments& arguments) {
    Database database = open_existing(arguments.directory);
    if (arguments.list) {
        for (const Merge& merge : database.merges()) show(merge.name, merge.into, merge.because);
    } else if (arguments.suggest || arguments.automatic) {
        propose(database, arguments.automatic);
    } else {
        if (arguments.into.empty()) throw CLI::ValidationError("merge", "say which name is merged into which, or --suggest, --auto or --list");
        database.merge({iri_of(database, arguments.name), iri_of(database, arguments.into), arguments.because});
    }
}

}  // namespace

void add_merge_commands(CLI::App& app) {
    auto arguments = std::make_shared<MergeArguments>();
    CLI::App* merge = app.add_subcommand("merge", "Say that two names mean the same, and keep a record of why");
    merge->add_option("DB", arguments->directory, "Directory of the store")->required();
    merge->add_option("NAME", arguments->name, "The name that is given up, such as :Miller");
    merge->add_option("INTO", arguments->into, "The name that stays, such as :Matthew_Miller");
    merge->add_option("--because", arguments->because, "Why, for the record");
    merge->add_flag("--list", arguments->list, "Show what is merged, and why");
    merge->add_flag("--suggest", arguments->suggest, "Show names that may be the same");
    merge->add_flag("--auto", arguments->automatic, "Merge those of them that can only be one");
    merge->callback([arguments] { run_merge(*arguments); });

    CLI::App* split = app.add_subcommand("split", "Take a merge of two names back");
    split->add_option("DB", arguments->directory, "Directory of the store")->required();
    split->add_option("NAME", arguments->name, "The name that was given up")->required();
    split->callback([arguments] {
        Database database = open_existing(arguments->directory);
        if (database.split(iri_of(database, arguments->name))) return;
        std::cerr << "tercet: " << arguments->name << " is not merged; see tercet merge DB --list\n";
        throw CLI::RuntimeError(kDataError);
    });
}

}  // namespace tercet::cli
