#pragma once

#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tao/pegtl.hpp>

#include "parser/rdf/document_builder.hpp"
#include "parser/rdf/readers.hpp"
#include "tercet/error.hpp"

/// How a PEGTL grammar runs over a stream and how its failures become errors. For the readers' .cpp files alone.
namespace tercet::rdf {

/// What was expected where a must failed, in people's words; the grammars specialise it.
template <typename Rule>
inline constexpr std::string_view kExpected = "something else";

/// Gives PEGTL its input and remembers the last of it, for the line in an error message.
class RecentReader {
public:
    RecentReader(std::istream& in, std::string& recent) : in_(&in), recent_(&recent) {}

    std::size_t operator()(char* buffer, std::size_t length) {
        in_->read(buffer, static_cast<std::streamsize>(length));
        const auto got = static_cast<std::size_t>(in_->gcount());
        if (in_->bad()) throw std::runtime_error("reading failed");
        if (recent_->size() > 2 * kKept) recent_->erase(0, recent_->size() - kKept);
        recent_->append(buffer, got);
        return got;
    }

private:
    static constexpr std::size_t kKept = std::size_t{1} << 17U;
    std::istream* in_;
    std::string* recent_;
};

template <typename Rule>
struct Control : tao::pegtl::normal<Rule> {
    template <typename Input, typename... States>
    [[noreturn]] static void raise(const Input& in, States&&...) {
        throw tao::pegtl::parse_error("expected " + std::string(kExpected<Rule>), in);
    }

    template <template <typename...> class Action, typename Iterator, typename Input, typename... States>
    static auto apply(const Iterator& begin, const Input& in, States&&... states)
        -> decltype(tao::pegtl::normal<Rule>::template apply<Action>(begin, in, states...)) {
        try {
            return tao::pegtl::normal<Rule>::template apply<Action>(begin, in, states...);
        } catch (const std::invalid_argument& meaningless) {
            throw tao::pegtl::parse_error(meaningless.what(), in.position(begin));
        }
    }

    template <template <typename...> class Action, typename Input, typename... States>
    static auto apply0(const Input& in, States&&... states)
        -> decltype(tao::pegtl::normal<Rule>::template apply0<Action>(in, states...)) {
        try {
            return tao::pegtl::normal<Rule>::template apply0<Action>(in, states...);
        } catch (const std::invalid_argument& meaningless) {
            throw tao::pegtl::parse_error(meaningless.what(), in);
        }
    }
};

/// The place of a PEGTL position (bytes) in a text of which the last part is at hand, read up to byte `read`.
[[nodiscard]] TextPosition text_position(const std::string& source, std::size_t line, std::size_t byte_column, std::size_t byte,
                                         std::string_view recent, std::size_t read);

/// Runs the grammar; throws Error (Syntax) with the place.
template <typename Grammar, template <typename...> class Action>
void parse_stream(std::istream& stream, const ReadOptions& options, DocumentBuilder& builder) {
    std::string recent;
    tao::pegtl::buffer_input<RecentReader, tao::pegtl::eol::lf_crlf, std::string, 65536> in(options.source, options.longest_statement,
                                                                                           stream, recent);
    try {
        tao::pegtl::parse<tao::pegtl::must<Grammar>, Action, Control>(in, builder);
    } catch (const tao::pegtl::parse_error& failure) {
        const auto& at = failure.positions().front();
        stream.clear();
        const std::size_t read = in.byte() + in.buffer_occupied();
        throw Error(ErrorCode::Syntax, std::string(failure.message()),
                    text_position(options.source, at.line, at.column, at.byte, recent, read));
    } catch (const std::overflow_error&) {
        throw statement_too_long(options, in.line());
    }
}

}  // namespace tercet::rdf
