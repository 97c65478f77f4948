#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tercet/result.hpp"

namespace tercet {

/// What feeds a Result. The facade makes one per running query; result readers and tests make others.
class Result::Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual ResultKind kind() const noexcept = 0;
    [[nodiscard]] virtual const std::vector<std::string>& variables() const noexcept = 0;
    [[nodiscard]] virtual const std::vector<std::string>& notes() const noexcept = 0;
    [[nodiscard]] virtual std::vector<Warning> warnings() const { return {}; }
    [[nodiscard]] virtual bool boolean() const = 0;
    /// Replaces `values` by the next solution; false at the end.
    [[nodiscard]] virtual bool next(std::vector<Term>& values) = 0;
    [[nodiscard]] virtual std::optional<Triple> next_triple() = 0;
    /// What the store that was asked knows of a triple's sentences.
    [[nodiscard]] virtual std::vector<Evidence> evidence(const Triple&) const { return {}; }
};

}  // namespace tercet
