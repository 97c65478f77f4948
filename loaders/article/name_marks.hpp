#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/statement.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::article {

/// A name where it stands in a text. Names stand within others ("Iraq" in "Ministry of Defence of Iraq"), and a country that acts is
/// marked twice, as a place and as an organisation.
struct NameMark {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
    EntityType type = EntityType::Unknown;  ///< Person, Organisation or Place
    std::string entity;                     ///< what it goes by in the statements: the fullest name of the same thing
};

/// All names in the parsed sentences of `text`, in their order; of those that begin together the shorter first.
[[nodiscard]] std::vector<NameMark> find_name_marks(const std::vector<language::Sentence>& sentences, std::string_view text);

}  // namespace tercet::article
