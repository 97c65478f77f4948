#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "engine/base/ends_request.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"
#include "engine/exec/service.hpp"
#include "engine/exec/service_query.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::uint32_t kMostRows = 4 * kBatchRows;  ///< of the input, kept for one round of requests

/// Takes the rows of one answer: the numbers say which solutions they belong to.
class AnswerReader final : public SolutionSink {
public:
    AnswerReader(const ServiceQuery& query, std::size_t solutions, TermPool& pool) : query_(query), solutions_(solutions), pool_(pool) {}

    /// Called for each row with the number of its solution and the values of the variables asked for.
    std::function<void(std::size_t solution, const std::vector<TermId>& values)> row;

    void variables(const std::vector<std::string>& names) override {
        const auto column = [&](const std::string& name) {
            return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        };
        number_ = query_.is_numbered() ? column(query_.number()) : kNoColumn;
        if (number_ == names.size()) throw Error(ErrorCode::Data, "the answer leaves out ?" + query_.number());
        for (const std::string& name : query_.asked) columns_.push_back(column(name));
    }
    void solution(const std::vector<Term>& values) override {
        std::vector<TermId> ids;
        for (const std::size_t column : columns_) ids.push_back(column < values.size() ? intern(values[column]) : TermId{});
        row(number_ == kNoColumn ? 0 : number_of(values[number_]), ids);
    }
    void boolean(bool) override { throw Error(ErrorCode::Data, "the answer is a yes or no and not solutions"); }

private:
    [[nodiscard]] std::size_t number_of(const Term& term) const {
        std::size_t number = 0;
        const char* end = term.value.data() + term.value.size();
        const auto [stop, error] = std::from_chars(term.value.data(), end, number);
        if (error != std::errc{} || stop != end || number >= solutions_) throw Error(ErrorCode::Data, "a row of the answer belongs to no solution that was sent");
        return number;
    }
    /// Labels of blank nodes count within one answer.
    TermId intern(const Term& term) {
        if (term.is_triple_term()) {
            const Triple& triple = term.triple();
            return pool_.intern_triple({intern(triple.subject), intern(triple.predicate), intern(triple.object)});
        }
        if (!term.is_blank_node()) return pool_.intern(term);
        const auto [known, is_new] = blank_nodes_.try_emplace(term.value);
        if (is_new) known->second = pool_.fresh_blank_node();
        return known->second;
    }

    const ServiceQuery& query_;
    std::size_t solutions_;
    TermPool& pool_;
    std::size_t number_ = kNoColumn;
    std::vector<std::size_t> columns_;
    std::map<std::string, TermId> blank_nodes_;
};

/// Gathers rows of its input until enough different ones are to be asked for, asks the endpoints, and joins.
class ServiceOperator final : public Operator {
public:
    ServiceOperator(const plan::ServiceCall& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : Operator(std::move(out)),
          plan_(plan),
          input_(std::move(input)),
          context_(context),
          query_{plan.declarations, plan.group, names_of(plan.asked), names_of(plan.shared)},
          rows_(input_ ? input_->variables().size() : 0, context.memory, "SERVICE"),
          keys_(plan.shared.size() + 1, context.memory, context.cancel, "SERVICE"),
          answers_(plan.asked.size(), context.memory, "SERVICE"),
          asked_columns_(columns_of(plan.asked, variables())),
          shared_in_asked_(columns_of(plan.asked, plan.shared)) {
        const std::vector<VariableId> known = input_ ? input_->variables() : std::vector<VariableId>{};
        input_columns_ = columns_of(known, variables());
        shared_columns_ = columns_of(known, plan.shared);
        endpoint_column_ = column_of(known, plan.endpoint.variable);
        if (input_) reader_.emplace(*input_, context);
    }

private:
    bool do_next(Batch& out) override {
        context_.cancel.check();
        while (!out.full()) {
            if (row_ == rows_.size() && !next_round()) break;
            emit_from_row(out);
        }
        return out.size > 0;
    }
    void do_rewind() override {
        if (input_) {
            input_->rewind();
            reader_->restart();
        }
        asked_alone_ = false;
        clear();
    }

    [[nodiscard]] std::vector<std::string> names_of(const std::vector<VariableId>& variables) const {
        std::vector<std::string> names;
        for (const VariableId variable : variables) names.push_back(context_.plan.variables.name(variable));
        return names;
    }

    // --- gathering --------------------------------------------------------------------------------------------------

    void clear() {
        rows_.clear();
        keys_.clear();
        answers_.clear();
        key_of_row_.clear();
        keys_of_endpoint_.clear();
        outcomes_.clear();
        row_ = 0;
        partner_ = 0;
        matched_ = false;
    }
    /// The next rows of the input with what is answered to them; false at the end.
    bool next_round() {
        clear();
        if (input_) gather();
        else if (!std::exchange(asked_alone_, true)) add_row({}, {}, plan_.endpoint.constant);
        outcomes_.resize(keys_.size());
        for (const auto& [endpoint, keys] : keys_of_endpoint_) ask(endpoint, keys);
        return rows_.size() > 0;
    }
    void gather() {
        const auto& services = context_.session.services;
        const std::size_t most = services ? services->solutions_per_request() : 1;
        std::vector<TermId> row(input_->variables().size()), shared(shared_columns_.size());
        while (keys_.size() < most && rows_.size() < kMostRows && reader_->next()) {
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = reader_->at(i);
            for (std::size_t i = 0; i < shared.size(); ++i) shared[i] = sent(reader_->at(shared_columns_[i]));
            const bool constant = plan_.endpoint.variable == plan::kNoVariable;
            add_row(row, shared, constant ? plan_.endpoint.constant : reader_->at(endpoint_column_));
        }
    }
    void add_row(std::span<const TermId> row, std::vector<TermId> key, TermId endpoint) {
        key.push_back(endpoint);
        bool is_new = false;
        const std::uint32_t number = keys_.find_or_add(key, is_new);
        if (is_new) keys_of_endpoint_[endpoint].push_back(number);
        rows_.append(row);
        key_of_row_.push_back(number);
    }
    /// Undefined for what means nothing elsewhere.
    [[nodiscard]] TermId sent(TermId value) const {
        return value.is_defined() && can_be_sent(context_.pool.term(value)) ? value : TermId{};
    }

    // --- asking -----------------------------------------------------------------------------------------------------

    void ask(TermId endpoint, const std::vector<std::uint32_t>& keys) {
        const std::string name = endpoint.is_defined() ? context_.pool.term(endpoint).to_string() : "?" + context_.plan.variables.name(plan_.endpoint.variable);
        try {
            if (endpoint.tag() != TermTag::Iri) throw Error(ErrorCode::Query, "there is no IRI to ask at this place; bind it in the pattern before");
            if (!context_.session.services) throw Error(ErrorCode::Query, "endpoints cannot be asked from here");
            AnswerReader answer(query_, keys.size(), context_.pool);
            answer.row = [&](std::size_t solution, const std::vector<TermId>& values) {
                outcomes_[keys[solution]].answers.push_back(answers_.append(values));
            };
            context_.session.services->ask(context_.pool.term(endpoint).value, query_.text(solutions(keys)), context_.cancel, answer);
        } catch (const Error& error) {
            if (ends_request(error.code())) throw;
            if (!plan_.silent) throw Error(error.code(), "SERVICE " + name + ": " + error.what(), {{}, plan_.position.line, plan_.position.column, {}});
            for (const std::uint32_t key : keys) outcomes_[key] = {{}, true};
        }
    }
    [[nodiscard]] std::vector<std::vector<Term>> solutions(const std::vector<std::uint32_t>& keys) const {
        std::vector<std::vector<Term>> all;
        for (const std::uint32_t key : keys) {
            std::vector<Term> values;
            for (const TermId value : keys_.row(key).first(plan_.shared.size())) values.push_back(value.is_defined() ? context_.pool.term(value) : Term{});
            all.push_back(std::move(values));
        }
        return all;
    }

    // --- joining ----------------------------------------------------------------------------------------------------

    void emit_from_row(Batch& out) {
        const Outcome& outcome = outcomes_[key_of_row_[row_]];
        while (partner_ < outcome.answers.size() && !out.full()) {
            const auto answer = answers_.row(outcome.answers[partner_++]);
            if (!fits(answer)) continue;
            emit(answer, out);
            matched_ = true;
        }
        if (out.full()) return;
        if (!matched_ && (plan_.optional || outcome.failed)) emit({}, out);
        ++row_;
        partner_ = 0;
        matched_ = false;
    }
    /// What was sent is joined by the endpoint. What was not, a blank node of ours, equals nothing of its.
    [[nodiscard]] bool fits(std::span<const TermId> answer) const {
        const auto key = keys_.row(key_of_row_[row_]), row = rows_.row(row_);
        for (std::size_t i = 0; i < shared_columns_.size(); ++i) {
            const bool kept_back = row[shared_columns_[i]].is_defined() && !key[i].is_defined();
            if (kept_back && answer[shared_in_asked_[i]].is_defined()) return false;
        }
        return true;
    }
    void emit(std::span<const TermId> answer, Batch& out) const {
        const auto row = rows_.row(row_);
        for (std::size_t c = 0; c < input_columns_.size(); ++c) {
            const TermId known = input_columns_[c] == kNoColumn ? TermId{} : row[input_columns_[c]];
            const bool from_answer = !known.is_defined() && !answer.empty() && asked_columns_[c] != kNoColumn;
            out.column(c)[out.size] = from_answer ? answer[asked_columns_[c]] : known;
        }
        ++out.size;
    }

    /// Of one key: different values that rows of the input have for the shared variables, at one endpoint.
    struct Outcome {
        std::vector<std::uint32_t> answers;
        bool failed = false;
    };

    const plan::ServiceCall& plan_;
    OperatorPtr input_;
    Context& context_;
    ServiceQuery query_;
    std::optional<RowReader> reader_;
    std::vector<std::size_t> input_columns_, shared_columns_;
    std::size_t endpoint_column_ = kNoColumn;
    RowStore rows_;
    RowTable keys_;  ///< the shared values, then the endpoint
    RowStore answers_;
    std::vector<std::size_t> asked_columns_, shared_in_asked_;
    std::vector<std::uint32_t> key_of_row_;
    std::map<TermId, std::vector<std::uint32_t>> keys_of_endpoint_;
    std::vector<Outcome> outcomes_;
    std::uint32_t row_ = 0;
    std::size_t partner_ = 0;
    bool matched_ = false;
    bool asked_alone_ = false;
};

}  // namespace

OperatorPtr make_service(const plan::ServiceCall& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<ServiceOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec
