#include "engine/exec/aggregates.hpp"

#include <array>
#include <optional>

#include "engine/exec/term_order.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

class Count final : public AggregateState {
public:
    explicit Count(const algebra::Aggregate&) {}
    void add(const Value& value, const ValueReader&) override { count_ += is_error(value) ? 0 : 1; }
    [[nodiscard]] Value result() const override { return Numeric::integer(count_); }

private:
    std::uint64_t count_ = 0;
};

class Sum : public AggregateState {
public:
    explicit Sum(const algebra::Aggregate&) {}
    void add(const Value& value, const ValueReader& reader) override {
        const auto number = reader.number(value);
        failed_ = failed_ || !number;
        if (number && !failed_) sum_ = sum_ + *number;
        ++count_;
    }
    [[nodiscard]] Value result() const override { return failed_ ? Value{} : Value(sum_); }

protected:
    Numeric sum_ = Numeric::integer(0);
    std::uint64_t count_ = 0;
    bool failed_ = false;
};

class Average final : public Sum {
public:
    using Sum::Sum;
    [[nodiscard]] Value result() const override {
        if (failed_) return {};
        if (count_ == 0) return Numeric::integer(0);
        const auto average = Numeric::divide(sum_, Numeric::integer(count_));
        return average ? Value(*average) : Value{};
    }
};

/// By the order of ORDER BY, which is total.
template <bool kGreatest>
class Extreme final : public AggregateState {
public:
    explicit Extreme(const algebra::Aggregate&) {}
    void add(const Value& value, const ValueReader& reader) override {
        if (is_error(value)) return;
        const TermId id = reader.id(value);
        if (id == best_) return;
        SortKey key(id, reader.pool());
        if (key_ && (kGreatest ? key <= *key_ : key >= *key_)) return;
        best_ = id;
        key_ = std::move(key);
    }
    [[nodiscard]] Value result() const override { return best_.is_defined() ? Value(best_) : Value{}; }

private:
    TermId best_;
    std::optional<SortKey> key_;
};

class Sample final : public AggregateState {
public:
    explicit Sample(const algebra::Aggregate&) {}
    void add(const Value& value, const ValueReader&) override {
        if (is_error(value_)) value_ = value;
    }
    [[nodiscard]] Value result() const override { return value_; }

private:
    Value value_;
};

class GroupConcat final : public AggregateState {
public:
    explicit GroupConcat(const algebra::Aggregate& aggregate) : separator_(aggregate.separator) {}
    void add(const Value& value, const ValueReader& reader) override {
        const Term term = reader.term(value);
        if (!term.is_iri() && !term.is_literal()) {
            failed_ = true;
            return;
        }
        if (!first_) text_ += separator_;
        first_ = false;
        text_ += term.value;
    }
    [[nodiscard]] Value result() const override { return failed_ ? Value{} : Value(Text{text_, {}, {}}); }

private:
    std::string separator_;
    std::string text_;
    bool first_ = true;
    bool failed_ = false;
};

template <typename State>
std::unique_ptr<AggregateState> make(const algebra::Aggregate& aggregate) {
    return std::make_unique<State>(aggregate);
}

struct AggregateRow {
    std::string_view name;
    std::unique_ptr<AggregateState> (*make)(const algebra::Aggregate&);
};
constexpr std::array kAggregates{
    AggregateRow{"COUNT", make<Count>},      AggregateRow{"SUM", make<Sum>},       AggregateRow{"AVG", make<Average>},
    AggregateRow{"MIN", make<Extreme<false>>},  AggregateRow{"MAX", make<Extreme<true>>}, AggregateRow{"SAMPLE", make<Sample>},
    AggregateRow{"GROUP_CONCAT", make<GroupConcat>},
};

}  // namespace

std::unique_ptr<AggregateState> make_aggregate(const algebra::Aggregate& aggregate) {
    for (const AggregateRow& row : kAggregates) {
        if (row.name == aggregate.name) return row.make(aggregate);
    }
    throw Error(ErrorCode::Query, "the aggregate " + aggregate.name + " is not known");
}

}  // namespace tercet::exec
