#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/solution_sink.hpp"

namespace tercet::results {

/// Puts the values of a solution into the order of the variables, and sees to it that head and body fit each other.
///
/// Methods throw std::invalid_argument with a sentence; the reader adds the place.
class SolutionBuilder {
public:
    explicit SolutionBuilder(SolutionSink& sink) : sink_(sink) {}

    void declare(std::string name);
    void end_head();
    [[nodiscard]] bool has_head() const noexcept { return has_head_; }
    [[nodiscard]] const std::vector<std::string>& variables() const noexcept { return variables_; }

    void bind(std::string name, Term value);
    /// Solutions before the head wait for it.
    void end_solution();
    void begin_solutions();
    void boolean(bool answer);
    /// At the end of the document.
    void finish() const;

private:
    using Bindings = std::vector<std::pair<std::string, Term>>;
    void place(Bindings bindings);

    SolutionSink& sink_;
    std::vector<std::string> variables_;
    bool has_head_ = false;
    bool has_solutions_ = false;
    bool has_boolean_ = false;
    Bindings bindings_;
    std::vector<Bindings> waiting_;
};

}  // namespace tercet::results
