#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/algebra/translate.hpp"
#include "engine/model/quad_source.hpp"

/// What a person who wrote a query would want to be told of it, although it can be answered.
namespace tercet::advice {

/// A sentence, and where in the query; line 0: nowhere in particular.
struct Remark {
    std::string message;
    sparql::Position position;
};

/// A query as it was translated, or the WHERE of an update with its templates, and the store that is asked. All must outlive it.
struct Subject {
    const algebra::Query& query;
    const QuadSource& source;
    bool resolve_names = true;                       ///< as in plan::PlanOptions
    std::function<std::string(const Term&)> show;    ///< a term as people write it
    std::span<const algebra::TemplateQuad> remove = {}, insert = {};
};

/// Likely slips, in the order of their places. At most a few thousand names of the store are looked at for each.
[[nodiscard]] std::vector<Remark> remarks_on(const Subject& subject);

}  // namespace tercet::advice
