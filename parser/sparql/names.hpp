#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parser/sparql/parser.hpp"

namespace tercet::sparql {

/// What names in a request stand for: prefixes, the base, blank node labels.
/// Throws std::invalid_argument with a sentence; the reader adds the place.
class Names {
public:
    explicit Names(const ParseOptions& options);

    void declare_base(std::string_view reference);
    void declare_prefix(std::string name, std::string iri);
    void declare_version(std::string version) { prologue_.version = std::move(version); }

    /// For a look at the grammar alone: any prefix will do.
    void accept_undeclared_prefixes() noexcept { accepts_undeclared_ = true; }

    /// Of <...>.
    [[nodiscard]] std::string iri_of_reference(std::string_view reference) const;
    /// Of prefix:local.
    [[nodiscard]] std::string iri_of_prefixed_name(std::string_view name) const;

    [[nodiscard]] std::string fresh_blank_label();
    /// A new place that may own labels: a basic graph pattern, an INSERT DATA.
    [[nodiscard]] std::size_t new_label_scope() noexcept { return ++scope_count_; }
    /// Throws if the label was seen in another scope. Scope 0 owns nothing.
    void use_label(const std::string& label, std::size_t scope);

    /// BASE and PREFIX lines for a part of the request that is sent elsewhere; those that it may need, at least.
    [[nodiscard]] std::string declarations_for(std::string_view text) const;

    [[nodiscard]] const Prologue& prologue() const noexcept { return prologue_; }

private:
    [[nodiscard]] std::string undeclared(std::string_view prefix) const;

    Prologue prologue_;
    std::map<std::string, std::string> prefixes_;
    std::unordered_map<std::string, std::size_t> label_scopes_;
    bool accepts_undeclared_ = false;
    std::size_t blank_count_ = 0;
    std::size_t scope_count_ = 0;
};

}  // namespace tercet::sparql
