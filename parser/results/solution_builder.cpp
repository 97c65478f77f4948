#include "parser/results/solution_builder.hpp"

#include <algorithm>
#include <stdexcept>

namespace tercet::results {
namespace {

std::size_t position_of(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// VARNAME, but for the finer points of Unicode.
bool is_variable_name(const std::string& name) {
    if (name.empty()) return false;
    return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

}  // namespace

void SolutionBuilder::declare(std::string name) {
    if (!is_variable_name(name)) throw std::invalid_argument("'" + name + "' is not the name of a variable");
    if (position_of(variables_, name) != variables_.size()) {
        throw std::invalid_argument("the variable ?" + name + " is declared twice");
    }
    variables_.push_back(std::move(name));
}

void SolutionBuilder::end_head() {
    if (std::exchange(has_head_, true)) throw std::invalid_argument("there is more than one head");
    if (!has_solutions_) return;
    sink_.variables(variables_);
    for (Bindings& bindings : waiting_) place(std::move(bindings));
    waiting_.clear();
}

void SolutionBuilder::bind(std::string name, Term value) {
    const bool twice = std::any_of(bindings_.begin(), bindings_.end(), [&](const auto& known) { return known.first == name; });
    if (twice) throw std::invalid_argument("a solution binds ?" + name + " twice");
    bindings_.emplace_back(std::move(name), std::move(value));
}

void SolutionBuilder::end_solution() {
    if (has_head_) place(std::move(bindings_));
    else waiting_.push_back(std::move(bindings_));
    bindings_.clear();
}

void SolutionBuilder::place(Bindings bindings) {
    std::vector<Term> values(variables_.size());
    for (auto& [name, value] : bindings) {
        const std::size_t at = position_of(variables_, name);
        if (at == variables_.size()) throw std::invalid_argument("a solution binds ?" + name + ", which the head does not declare");
        values[at] = std::move(value);
    }
    sink_.solution(values);
}

void SolutionBuilder::begin_solutions() {
    if (std::exchange(has_solutions_, true)) throw std::invalid_argument("there is more than one list of solutions");
    if (has_boolean_) throw std::invalid_argument("an answer has solutions or a boolean, not both");
    if (has_head_) sink_.variables(variables_);
}

void SolutionBuilder::boolean(bool answer) {
    if (has_solutions_ || has_boolean_) throw std::invalid_argument("an answer has solutions or one boolean, not both");
    has_boolean_ = true;
    sink_.boolean(answer);
}

void SolutionBuilder::finish() const {
    if (has_boolean_) return;
    if (!has_solutions_) throw std::invalid_argument("the answer has neither solutions nor a boolean");
    if (!has_head_) throw std::invalid_argument("the answer does not declare its variables");
}

}  // namespace tercet::results
