#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/database/implementation.hpp"

namespace tercet {

/// What somebody wrote, kept to show them where a slip is.
class WrittenRequest {
public:
    WrittenRequest(std::string_view text, const QueryOptions& options, const sparql::Prologue& prologue, const PrefixList& prefixes);

    /// Of a query, or of the WHERE of an update and its templates.
    [[nodiscard]] std::vector<Warning> warnings(const algebra::Query& query, const QuadSource& source, std::span<const algebra::TemplateQuad> remove = {},
                                                std::span<const algebra::TemplateQuad> insert = {}) const;

private:
    /// A term as a query would have it.
    [[nodiscard]] std::string written(const Term& term) const;
    [[nodiscard]] std::string line_of(std::size_t number) const;

    std::string text_;
    std::string source_;
    bool resolve_names_;
    PrefixList prefixes_;
};

}  // namespace tercet
