#pragma once

#include <string>
#include <vector>

#include "tercet/term.hpp"

namespace tercet {

/// Where the answer of a query is pushed: the variables and then the solutions, or a yes or no.
class SolutionSink {
public:
    virtual ~SolutionSink() = default;
    /// Names without the sign; once, before the first solution.
    virtual void variables(const std::vector<std::string>& names) = 0;
    /// One value for each variable; undefined: unbound. Blank nodes have the labels of the document.
    virtual void solution(const std::vector<Term>& values) = 0;
    virtual void boolean(bool answer) = 0;
};

}  // namespace tercet
