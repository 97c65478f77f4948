#include "engine/exec/aggregates.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/exec/term_order.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

class Count final : public AggregateState {
public:
    Count(const algebra::Aggregate&, MemoryShare&) {}
    void add(const Value& value, const ValueReader&) override { count_ += is_error(value) ? 0 : 1; }
    [[nodiscard]] Value result() const override { return Numeric::integer(count_); }

private:
    std::uint64_t count_ = 0;
};

class Sum : public AggregateState {
public:
    Sum(const algebra::Aggregate&, MemoryShare&) {}
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
    Extreme(const algebra::Aggregate&, MemoryShare& held) : held_(held) {}
    void add(const Value& value, const ValueReader& reader) override {
        if (is_error(value)) return;
        const TermId id = reader.id(value);
        if (id == best_) return;
        SortKey key(id, reader.pool());
        if (key_ && (kGreatest ? key <= *key_ : key >= *key_)) return;
        count(key.bytes());
        best_ = id;
        key_ = std::move(key);
    }
    [[nodiscard]] Value result() const override { return best_.is_defined() ? Value(best_) : Value{}; }

private:
    void count(std::size_t bytes) {
        if (bytes <= counted_) return;
        held_.grow(bytes - counted_);
        counted_ = bytes;
    }

    MemoryShare& held_;
    std::size_t counted_ = 0;
    TermId best_;
    std::optional<SortKey> key_;
};

class Sample final : public AggregateState {
public:
    Sample(const algebra::Aggregate&, MemoryShare&) {}
    /// As an id, whose term the query's pool counts.
    void add(const Value& value, const ValueReader& reader) override {
        if (!value_.is_defined()) value_ = reader.id(value);
    }
    [[nodiscard]] Value result() const override { return value_.is_defined() ? Value(value_) : Value{}; }

private:
    TermId value_;
};

class GroupConcat final : public AggregateState {
public:
    GroupConcat(const algebra::Aggregate& aggregate, MemoryShare& held) : held_(held), separator_(aggregate.separator) {}
    void add(const Value& value, const ValueReader& reader) override {
        const Term term = reader.term(value);
        if (!term.is_iri() && !term.is_literal()) {
            failed_ = true;
            return;
        }
        make_room(separator_.size() + term.value.size());
        if (!first_) text_ += separator_;
        first_ = false;
        text_ += term.value;
    }
    [[nodiscard]] Value result() const override { return failed_ ? Value{} : Value(Text{text_, {}, {}}); }

private:
    void make_room(std::size_t more) {
        const std::size_t before = text_.capacity();
        if (text_.size() + more <= before) return;
        const std::size_t wanted = std::max(2 * before, text_.size() + more);
        held_.grow(wanted - counted_);
        counted_ = wanted;
        text_.reserve(wanted);
    }

    MemoryShare& held_;
    std::size_t counted_ = 0;
    std::string separator_;
    std::string text_;
    bool first_ = true;
    bool failed_ = false;
};

template <typename State>
std::unique_ptr<AggregateState> make(const algebra::Aggregate& aggregate, MemoryShare& held) {
    return std::make_unique<State>(aggregate, held);
}

struct AggregateRow {
    std::string_view name;
    std::unique_ptr<AggregateState> (*make)(const algebra::Aggregate&, MemoryShare&);
};
constexpr std::array kAggregates{
    AggregateRow{"COUNT", make<Count>},      AggregateRow{"SUM", make<Sum>},       AggregateRow{"AVG", make<Average>},
    AggregateRow{"MIN", make<Extreme<false>>},  AggregateRow{"MAX", make<Extreme<true>>}, AggregateRow{"SAMPLE", make<Sample>},
    AggregateRow{"GROUP_CONCAT", make<GroupConcat>},
};

}  // namespace

std::unique_ptr<AggregateState> make_aggregate(const algebra::Aggregate& aggregate, MemoryShare& held) {
    for (const AggregateRow& row : kAggregates) {
        if (row.name == aggregate.name) return row.make(aggregate, held);
    }
    throw Error(ErrorCode::Query, "the aggregate " + aggregate.name + " is not known");
}

}  // namespace tercet::exec
