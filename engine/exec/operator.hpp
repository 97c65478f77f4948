#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/exec/batch.hpp"
#include "engine/exec/session.hpp"
#include "engine/exec/term_pool.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::exec {

/// The row from outside that a correlated EXISTS pattern looks at; plan::OuterRow reads it.
struct OuterRow {
    std::vector<VariableId> variables;
    std::vector<TermId> values;
};

/// What the operators of one running query share.
struct Context {
    TermPool& pool;                   ///< terms of the snapshot and of this query
    const plan::Plan& plan;           ///< variable names, EXISTS plans
    CancelToken cancel;
    MemoryBudget& memory;
    Session& session;
    std::shared_ptr<const OuterRow> outer;  ///< inside a correlated EXISTS pattern only

    [[nodiscard]] const QuadSource& source() const noexcept { return pool.source(); }
};

/// What one operator did; EXPLAIN ANALYZE shows it.
struct OperatorStatistics {
    std::uint64_t rows = 0;
    std::uint64_t batches = 0;
    std::uint64_t nanoseconds = 0;  ///< inputs included; 0 unless timing is on
};

/// A node of a running query, pulled from above one batch at a time.
///
/// next() returns false, with an empty batch, once and for all at the end. An operator owns its inputs. One thread at a
/// time; several trees over one snapshot may run side by side, each with its own Context.
class Operator {
public:
    explicit Operator(std::vector<VariableId> variables) : variables_(std::move(variables)) {}
    virtual ~Operator() = default;
    Operator(const Operator&) = delete;
    Operator& operator=(const Operator&) = delete;

    /// The columns of its batches.
    [[nodiscard]] const std::vector<VariableId>& variables() const noexcept { return variables_; }

    /// Replaces the content of `out` by the next solutions, at least one; false at the end. `out.width()` is
    /// variables().size().
    [[nodiscard]] bool next(Batch& out);

    /// A hint of merge joins: rows in which `variable`, the first that the rows ascend by, is below `lower` are not wanted any
    /// more. They may be given all the same.
    void skip_below(VariableId variable, TermId lower) { do_skip_below(variable, lower); }

    /// Starts again from the beginning. Outer rows of EXISTS and correlated inputs come through here.
    void rewind() { do_rewind(); }

    [[nodiscard]] const OperatorStatistics& statistics() const noexcept { return statistics_; }
    void measure_time(bool on) noexcept { timed_ = on; }

private:
    virtual bool do_next(Batch& out) = 0;
    virtual void do_rewind() = 0;
    virtual void do_skip_below(VariableId, TermId) {}

    std::vector<VariableId> variables_;
    OperatorStatistics statistics_;
    bool timed_ = false;
};

using OperatorPtr = std::unique_ptr<Operator>;

/// What EXPLAIN ANALYZE looks at: an operator, and the budget that it alone takes from.
struct Profile {
    const Operator* measured = nullptr;
    std::unique_ptr<MemoryBudget> memory;
    std::unique_ptr<Context> context;
};
using Profiles = std::vector<Profile>;

/// The operators of a planned tree. `context` must outlive them. `profiles`, if given, receives every operator at the index of its
/// plan node's id, and must outlive them, too.
[[nodiscard]] OperatorPtr build(const plan::Node& node, Context& context, Profiles* profiles = nullptr);

}  // namespace tercet::exec
