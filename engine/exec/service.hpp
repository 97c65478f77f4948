#pragma once

#include <cstddef>
#include <string>

#include "engine/base/cancellation.hpp"
#include "engine/model/solution_sink.hpp"

namespace tercet::exec {

/// Asks SPARQL endpoints for the SERVICE operator; the facade gives one that speaks HTTP. Threads may share it.
class ServiceClient {
public:
    virtual ~ServiceClient() = default;
    /// Sends a SELECT query and pushes its answer. Throws Error.
    virtual void ask(const std::string& endpoint, const std::string& query, const CancelToken& cancel, SolutionSink& answer) = 0;
    /// How many solutions may be sent along with one query; at least one.
    [[nodiscard]] virtual std::size_t solutions_per_request() const = 0;
};

}  // namespace tercet::exec
