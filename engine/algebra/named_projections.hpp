#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/algebra/translate.hpp"

namespace tercet::algebra {

/// What a CALL makes its projection of.
struct ProjectionDefinition {
    std::vector<sparql::Variable> variables;
    sparql::GroupPtr pattern;  ///< null: every triple whose object is not a literal
    Parameters parameters;     ///< those that the pattern mentions
    std::string text;          ///< of variables and pattern, single-spaced
    std::string declarations;  ///< BASE and PREFIX lines that the text needs

    /// Equal for definitions that stand for the same pattern.
    [[nodiscard]] std::string key() const;
};

/// Definitions by the names that `CALL algo:project(... ; name "x")` gave them. Any number of threads may use it at once.
class NamedProjections {
public:
    using Definition = std::shared_ptr<const ProjectionDefinition>;

    /// A name that is there already stands for the new definition.
    void define(const std::string& name, Definition definition);
    /// Throws Error (Query) that tells the names there are, the nearest first.
    [[nodiscard]] Definition find(std::string_view name) const;
    /// By name.
    [[nodiscard]] std::vector<std::pair<std::string, Definition>> all() const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, Definition, std::less<>> definitions_;
};

}  // namespace tercet::algebra
