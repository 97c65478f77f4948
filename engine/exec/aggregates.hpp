#pragma once

#include <memory>
#include <string_view>

#include "engine/algebra/algebra.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/exec/value.hpp"

namespace tercet::exec {

/// One aggregate of one group (SPARQL 1.2 section 18.5.1). Rows whose value is an error are told too, since an error makes SUM,
/// AVG and GROUP_CONCAT errors, while COUNT, MIN, MAX and SAMPLE leave them out.
class AggregateState {
public:
    virtual ~AggregateState() = default;
    virtual void add(const Value& value, const ValueReader& reader) = 0;
    [[nodiscard]] virtual Value result() const = 0;
};

/// `held` counts what it collects, texts above all, until it is released; it must outlive the state.
[[nodiscard]] std::unique_ptr<AggregateState> make_aggregate(const algebra::Aggregate& aggregate, MemoryShare& held);

}  // namespace tercet::exec
