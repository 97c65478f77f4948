#pragma once

#include <CLI/CLI.hpp>

#include "tercet/extract.hpp"

namespace tercet::cli {

/// --fields text=body,title=headline: how the fields of JSON lines are called.
void add_fields_option(CLI::App* command, ArticleFields& fields);

}  // namespace tercet::cli
