#include "article_options.hpp"

#include <array>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace tercet::cli {
namespace {

constexpr std::array<std::pair<std::string_view, std::string ArticleFields::*>, 6> kFields{{
    {"text", &ArticleFields::text}, {"title", &ArticleFields::title}, {"url", &ArticleFields::url},
    {"date", &ArticleFields::date}, {"author", &ArticleFields::author}, {"site", &ArticleFields::site},
}};

void set_field(const std::string& assignment, ArticleFields& fields) {
    const auto equals = assignment.find('=');
    for (const auto& [name, member] : kFields) {
        if (equals == assignment.npos || assignment.substr(0, equals) != name) continue;
        fields.*member = assignment.substr(equals + 1);
        return;
    }
    throw CLI::ValidationError("--fields", assignment + " is not one of text=, title=, url=, date=, author=, site= and the name in the JSON");
}

}  // namespace

void add_fields_option(CLI::App* command, ArticleFields& fields) {
    command->add_option_function<std::string>(
        "--fields",
        [&fields](const std::string& list) {
            std::istringstream assignments(list);
            for (std::string assignment; std::getline(assignments, assignment, ',');) set_field(assignment, fields);
        },
        "Names in JSON lines, as in text=body,title=meta.headline");
}

}  // namespace tercet::cli
