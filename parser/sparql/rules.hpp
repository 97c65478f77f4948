#pragma once

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "parser/sparql/builder.hpp"
#include "parser/terminals.hpp"

/// How our grammar is put together: keywords, signs, labels for messages, nesting, and seams between files.
///
/// SPARQL is LL(1), so the first token of an alternative decides. A rule that fails after that lets the whole parse
/// fail; what its actions have built by then is never looked at.
namespace tercet::sparql {

namespace pegtl = tao::pegtl;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

// --- words and signs ------------------------------------------------------------------------------------------

/// A string as a template argument.
template <std::size_t N>
struct Text {
    char chars[N]{};
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is meant to convert
    constexpr Text(const char (&text)[N]) { std::copy_n(text, N, chars); }
    [[nodiscard]] constexpr std::string_view view() const { return {chars, N - 1}; }
    static constexpr auto indices = std::make_index_sequence<N - 1>{};
};

namespace detail {
template <template <char...> class Rule, Text T, std::size_t... I>
auto spell(std::index_sequence<I...>) -> Rule<T.chars[I]...>;
}  // namespace detail

template <template <char...> class Rule, Text T>
using spelled = decltype(detail::spell<Rule, T>(T.indices));

struct word_goes_on : pegtl::sor<grammar::PN_CHARS, pegtl::one<':'>> {};

/// Names of things in messages are static members `expected` of their rules.
template <Text T>
struct keyword : pegtl::seq<spelled<pegtl::istring, T>, pegtl::not_at<word_goes_on>, grammar::ignored> {
    static constexpr std::string_view expected = T.view();
};
template <Text T>
struct sign : pegtl::seq<spelled<pegtl::string, T>, grammar::ignored> {
    static constexpr std::string_view expected = T.view();
};
template <typename Terminal>
struct token : pegtl::seq<Terminal, grammar::ignored> {};

// --- conditions -----------------------------------------------------------------------------------------------

/// Matches nothing, if the builder says so.
template <bool (Builder::*Condition)() const>
struct only_if {
    using rule_t = pegtl::success::rule_t;
    using subs_t = pegtl::empty_list;

    template <pegtl::apply_mode, pegtl::rewind_mode, template <typename...> class, template <typename...> class,
              typename In>
    static bool match(In& /*in*/, Builder& builder) {
        return (builder.*Condition)();
    }
};
struct extensions_are_on : only_if<&Builder::extensions_are_on> {};
struct paths_are_allowed : only_if<&Builder::paths_are_allowed> {};

// --- nesting --------------------------------------------------------------------------------------------------

/// A sequence that can contain itself. Throws if it does so more often than kMaxDepth.
template <typename... Rules>
struct nested {
    using rule_t = pegtl::internal::seq<Rules...>;
    using subs_t = pegtl::type_list<Rules...>;

    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Control, typename In>
    static bool match(In& in, Builder& builder) {
        const Builder::Descent descent(builder, in.current());
        return rule_t::template match<A, M, Action, Control>(in, builder);
    }
};

/// A rule that is compiled in another file: there, Body is defined and parse() specialised.
template <typename Body>
struct seam {
    using rule_t = pegtl::internal::seq<Body>;
    using subs_t = pegtl::type_list<Body>;

    static bool parse(Input& in, Builder& builder);

    template <pegtl::apply_mode, pegtl::rewind_mode, template <typename...> class, template <typename...> class,
              typename In>
    static bool match(In& in, Builder& builder) {
        return parse(in, builder);
    }
};

// --- running --------------------------------------------------------------------------------------------------

/// Keeps the labels of what failed furthest, and gives the complaints of actions their place.
template <typename Rule>
struct control : pegtl::normal<Rule> {
    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Control, typename In>
    [[nodiscard]] static bool match(In& in, Builder& builder) {
        if constexpr (A == pegtl::apply_mode::action && requires { Rule::expected; }) {
            const char* const begin = in.current();
            const std::size_t known = builder.failures.before(begin);
            if (pegtl::normal<Rule>::template match<A, M, Action, Control>(in, builder)) return true;
            builder.failures.fail(begin, known, Rule::expected);
            return false;
        } else {
            return pegtl::normal<Rule>::template match<A, M, Action, Control>(in, builder);
        }
    }

    template <template <typename...> class Action, typename Iterator, typename In>
    static auto apply(const Iterator& begin, const In& in, Builder& builder)
        -> decltype(Action<Rule>::apply(std::declval<const typename In::action_t&>(), builder)) {
        const typename In::action_t matched(begin, in);
        try {
            return Action<Rule>::apply(matched, builder);
        } catch (const std::invalid_argument& complaint) {
            builder.fail(matched.begin(), complaint.what());
        }
    }

    template <template <typename...> class Action, typename In>
    static auto apply0(const In& in, Builder& builder) -> decltype(Action<Rule>::apply0(builder)) {
        try {
            return Action<Rule>::apply0(builder);
        } catch (const std::invalid_argument& complaint) {
            builder.fail(in.current(), complaint.what());
        }
    }
};

template <typename Rule, template <typename...> class Action>
bool run(Input& in, Builder& builder) {
    return control<Rule>::template match<pegtl::apply_mode::action, pegtl::rewind_mode::required, Action, control>(
        in, builder);
}

}  // namespace tercet::sparql
