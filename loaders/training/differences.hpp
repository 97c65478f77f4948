#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::training {

/// Stretches of text that the treebank and we cut into other words, "can not -> cannot", the most frequent first.
[[nodiscard]] std::vector<std::pair<std::string, std::size_t>> word_differences(const std::vector<language::Sentence>& gold,
                                                                                const std::vector<language::Sentence>& system);

/// Starts of sentences that one side alone has, with the text around: "missed" or "invented".
[[nodiscard]] std::vector<std::string> sentence_differences(std::string_view text, const std::vector<language::Sentence>& gold,
                                                            const std::vector<language::Sentence>& system);

}  // namespace tercet::training
