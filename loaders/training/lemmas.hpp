#pragma once

#include <vector>

#include "loaders/language/model_file.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::training {

/// Learns suffix rules by vote, and a table of what they get wrong, into the model.
void learn_lemmas(const std::vector<language::Sentence>& sentences, language::ModelFile& model);

}  // namespace tercet::training
