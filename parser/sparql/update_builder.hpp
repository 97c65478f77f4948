#pragma once

#include <string>
#include <utility>
#include <vector>

#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// Quads as a group of the same triples, each graph's in a GRAPH pattern: DELETE WHERE.
[[nodiscard]] GroupPtr as_pattern(const std::vector<QuadPattern>& quads, Position position);

/// Collects the parts of the operation that is being read, and the operations.
class UpdateBuilder {
public:
    bool silent = false;
    Load load;
    GraphTarget target;
    GraphTarget from;
    Modify modify;

    void begin() {
        silent = false;
        modify = {};
        load = {};
    }
    void add(UpdateOperation operation) { update_.operations.push_back(std::move(operation)); }
    [[nodiscard]] Update take() { return std::move(update_); }

private:
    Update update_;
};

}  // namespace tercet::sparql
