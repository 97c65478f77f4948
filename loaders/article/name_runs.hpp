#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/tree.hpp"

namespace tercet::article {

/// Words of a sentence that stand together as one name, and the office in front of it.
///
/// "U.S. Department of State spokesman Matthew Miller": organisation [0, 4), role [4, 5), name [5, 7).
struct NameRun {
    int organisation_first = 0;
    int role_first = 0;     ///< the organisation ends here; equal to organisation_first if there is none
    int affairs_first = 0;  ///< "for European Affairs" behind the role noun; equal to `first` if there is none
    int first = 0;          ///< the name begins here
    int end = 0;            ///< one past the name; equal to `first` for an office without a holder

    [[nodiscard]] bool has_organisation() const noexcept { return role_first > organisation_first; }
    [[nodiscard]] bool has_role() const noexcept { return first > role_first; }
    [[nodiscard]] bool has_name() const noexcept { return end > first; }
};

/// The names of a sentence, left to right, none inside another. Capital letters and tags decide.
[[nodiscard]] std::vector<NameRun> find_name_runs(const Tree& tree);

/// The words' bytes in the text, white space squeezed.
[[nodiscard]] std::string words_text(const Tree& tree, int first, int end, std::string_view text);

}  // namespace tercet::article
