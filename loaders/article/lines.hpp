#pragma once

#include <string_view>
#include <vector>

#include "loaders/language/analyser.hpp"

namespace tercet::article {

/// Every line is one sentence, whatever stands in it. Quotation marks and brackets as treebanks spell them (``, '',
/// -LRB-) are parsed as plain ones and stay in the words' forms.
[[nodiscard]] std::vector<language::Sentence> analyse_lines(std::string_view text, const language::Analyser& analyser);

}  // namespace tercet::article
