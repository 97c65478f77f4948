#pragma once

#include <optional>
#include <string>
#include <variant>

#include "engine/exec/term_pool.hpp"
#include "engine/model/date_time.hpp"
#include "engine/model/duration.hpp"
#include "engine/model/numeric.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::exec {

/// A computed string literal: xsd:string, or with a language and maybe a direction.
struct Text {
    std::string text;
    std::string language;
    BaseDirection direction = BaseDirection::None;
};

/// What an expression comes to in one row. monostate: an error, or an unbound variable. A TermId is a term that nobody had to
/// look at yet.
using Value = std::variant<std::monostate, TermId, bool, Numeric, Text, Term>;

[[nodiscard]] inline bool is_error(const Value& value) { return std::holds_alternative<std::monostate>(value); }

/// Sees values as what an operation needs. Nothing: a type error.
class ValueReader {
public:
    explicit ValueReader(TermPool& pool) : pool_(pool) {}

    [[nodiscard]] Term term(const Value& value) const;      ///< undefined for an error
    [[nodiscard]] TermId id(const Value& value) const;      ///< undefined for an error
    [[nodiscard]] std::optional<Numeric> number(const Value& value) const;
    /// A string literal, with or without a language.
    [[nodiscard]] std::optional<Text> text(const Value& value) const;
    /// xsd:string alone.
    [[nodiscard]] std::optional<std::string> plain_text(const Value& value) const;
    /// Effective boolean value (SPARQL 1.2 section 17.2.2).
    [[nodiscard]] std::optional<bool> truth(const Value& value) const;
    [[nodiscard]] std::optional<DateTime> date_time(const Value& value) const;
    [[nodiscard]] std::optional<Duration> duration(const Value& value) const;

    /// a = b (section 17.4.1.7): nothing when unequal lexical forms of a datatype that we do not know meet.
    [[nodiscard]] std::optional<bool> equal(const Value& a, const Value& b) const;
    /// a < b, as -1, 0, 1; nothing for terms that have no order.
    [[nodiscard]] std::optional<int> compare(const Value& a, const Value& b) const;
    [[nodiscard]] TermPool& pool() const noexcept { return pool_; }

private:
    TermPool& pool_;
};

}  // namespace tercet::exec
