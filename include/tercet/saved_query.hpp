#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/term.hpp"

namespace tercet {

class Database;

/// A query kept in a file, with what its leading comments say of it:
///
///     # title: What someone supports
///     # description: One line.
///     # param who: iri = :Miller
///     SELECT ?what { $who :support ?what }
struct SavedQuery {
    struct Parameter {
        std::string name;
        std::string type;                         ///< iri, string, integer, decimal, date or term
        std::optional<std::string> default_text;  ///< as a query would write it; none: must be given
    };
    std::string file;
    std::string title;
    std::string description;
    std::vector<Parameter> parameters;
    std::string text;

    /// Throws Error (NotFound; Syntax for a header that cannot be read, with the line).
    [[nodiscard]] static SavedQuery read(const std::string& file);
    [[nodiscard]] static SavedQuery parse(std::string_view text, std::string file = {});

    /// Typed values for all parameters, from `given` (name, text) and the defaults.
    /// Throws Error (InvalidArgument) for one that is missing, unknown or of another type.
    [[nodiscard]] std::vector<std::pair<std::string, Term>> bind(
        const Database& database, const std::vector<std::pair<std::string, std::string>>& given) const;
};

}  // namespace tercet
