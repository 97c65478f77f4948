#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/solution_sink.hpp"
#include "engine/results/result_source.hpp"
#include "parser/results/reader.hpp"

namespace tercet::test {

/// A whole answer, as a sink collects it.
struct Answer : SolutionSink {
    std::vector<std::string> names;
    std::vector<std::vector<Term>> rows;
    bool is_boolean = false;
    bool yes = false;

    void variables(const std::vector<std::string>& all) override { names = all; }
    void solution(const std::vector<Term>& values) override { rows.push_back(values); }
    void boolean(bool answer) override {
        is_boolean = true;
        yes = answer;
    }
};

inline Answer read_answer(const std::string& text, ResultFormat format) {
    std::istringstream in(text);
    Answer answer;
    results::read_results(in, format, {"answer", {}}, answer);
    return answer;
}

/// An answer as the source of a Result, for the writers.
class AnswerSource final : public Result::Source {
public:
    explicit AnswerSource(Answer answer) : answer_(std::move(answer)) {}
    [[nodiscard]] ResultKind kind() const noexcept override { return answer_.is_boolean ? ResultKind::Boolean : ResultKind::Bindings; }
    [[nodiscard]] const std::vector<std::string>& variables() const noexcept override { return answer_.names; }
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept override { return notes_; }
    [[nodiscard]] bool boolean() const override { return answer_.yes; }
    [[nodiscard]] bool next(std::vector<Term>& values) override {
        if (at_ == answer_.rows.size()) return false;
        values = answer_.rows[at_++];
        return true;
    }
    [[nodiscard]] std::optional<Triple> next_triple() override { return std::nullopt; }

private:
    Answer answer_;
    std::vector<std::string> notes_;
    std::size_t at_ = 0;
};

inline std::string write_answer(const Answer& answer, ResultFormat format) {
    std::ostringstream out;
    Result(std::make_unique<AnswerSource>(answer)).write(out, format);
    return out.str();
}

}  // namespace tercet::test
