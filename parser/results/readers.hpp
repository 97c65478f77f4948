#pragma once

#include <iosfwd>

#include "parser/results/reader.hpp"
#include "parser/results/solution_builder.hpp"

/// One reader per format; read_results() chooses.
namespace tercet::results {

void read_json(std::istream& in, const ReadOptions& options, SolutionBuilder& builder);
void read_xml(std::istream& in, const ReadOptions& options, SolutionBuilder& builder);
void read_csv(std::istream& in, const ReadOptions& options, SolutionBuilder& builder);
void read_tsv(std::istream& in, const ReadOptions& options, SolutionBuilder& builder);

}  // namespace tercet::results
