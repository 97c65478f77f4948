#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/quad_source.hpp"
#include "tercet/term.hpp"

namespace tercet::plan {

[[nodiscard]] std::optional<TermId> find_id(const QuadSource& source, const Term& term);
/// Whether a quad of the store has the term in some place.
[[nodiscard]] bool is_used(const QuadSource& source, TermId id);

/// Looks up names in the labels of the store (docs/adr/0002): an IRI of our namespace stands for itself and for every entity or
/// predicate that goes by that label, and a predicate for its sub-properties too. IRIs of other namespaces are left alone.
class NameResolver {
public:
    explicit NameResolver(const QuadSource& source) : source_(source) {}

    /// The ids that a constant stands for; empty: it is not a name, or nothing goes by it.
    [[nodiscard]] const std::vector<TermId>& resolve(const Term& term);
    /// What was read as what, for the user.
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_; }

private:
    [[nodiscard]] std::vector<TermId> look_up(const std::string& label) const;
    void add_labelled(const std::string& predicate, const std::string& label, std::vector<TermId>& found) const;
    void add_sub_properties(std::vector<TermId>& found) const;

    const QuadSource& source_;
    std::map<std::string, std::vector<TermId>> known_;
    std::vector<std::string> notes_;
};

}  // namespace tercet::plan
