#include <algorithm>
#include <string_view>

#include "parser/rdf/ntriples_grammar.hpp"
#include "parser/rdf/parse_stream.hpp"
#include "parser/rdf/readers.hpp"
#include "parser/rdf/statement_lines.hpp"
#include "parser/rdf/statement_scanner.hpp"

namespace tercet::rdf {

namespace n = ntriples;

template <> inline constexpr std::string_view kExpected<n::predicate> = "an IRI in angle brackets as predicate";
template <> inline constexpr std::string_view kExpected<n::object> = "an IRI, a blank node, a literal or a triple term as object";
template <> inline constexpr std::string_view kExpected<n::quad_object> = kExpected<n::object>;
template <> inline constexpr std::string_view kExpected<n::ttObject_slot> = kExpected<n::object>;
template <> inline constexpr std::string_view kExpected<n::subject> = "an IRI or a blank node as subject";
template <> inline constexpr std::string_view kExpected<n::full_stop> = "'.' at the end of the statement";
template <> inline constexpr std::string_view kExpected<n::triple_close> = "')>>'";
template <> inline constexpr std::string_view kExpected<n::datatype_iri> = "the IRI of a datatype";
template <> inline constexpr std::string_view kExpected<n::version_text> = "a version in quotes";
template <> inline constexpr std::string_view kExpected<n::line_end> =
    "a statement that starts with an IRI or a blank node, or the end of the line";

namespace {

using B = DocumentBuilder;

template <typename Rule>
struct action {};

template <auto Method>
struct without_text {
    static void apply0(B& builder) { (builder.*Method)(); }
};

template <> struct action<n::IRIREF> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        const std::string_view text = in.string_view();
        builder.absolute_iri(text.substr(1, text.size() - 2));
    }
};
template <> struct action<n::BLANK_NODE_LABEL> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.blank_node(in.string_view().substr(2));
    }
};
template <> struct action<n::STRING_LITERAL_QUOTE> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.string(in.string_view());
    }
};
template <> struct action<n::LANG_DIR> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.language(in.string_view());
    }
};
template <> struct action<n::version_text> {
    template <typename Input>
    static void apply(const Input& in, const B& builder) {
        builder.version(in.string_view());
    }
};
template <> struct action<n::datatype_iri> : without_text<&B::datatype> {};
template <> struct action<n::subject> : without_text<&B::subject> {};
template <> struct action<n::predicate> : without_text<&B::verb> {};
template <> struct action<n::object> : without_text<&B::triple_object> {};
template <> struct action<n::ttObject_slot> : without_text<&B::triple_object> {};
template <> struct action<n::triple_open> : without_text<&B::open_triple> {};
template <> struct action<n::triple_close> : without_text<&B::close_triple_term> {};
template <> struct action<n::graph_label> : without_text<&B::graph> {};
template <> struct action<n::triples_begin> : without_text<&B::begin_triples> {};
template <> struct action<n::triples_end> : without_text<&B::end_statement> {};
template <> struct action<n::quad_end> : without_text<&B::end_statement> {};

/// The place of a byte of the lines. A lone carriage return ends a line of the format, but is not counted as one.
TextPosition position_in(const Lines& lines, std::size_t byte, const std::string& source) {
    const std::string_view before = std::string_view(lines.text).substr(0, byte);
    const auto line = lines.first + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t line_start = before.rfind('\n') + 1;
    return text_position(source, line, byte - line_start + 1, byte, lines.text, lines.text.size());
}

void read_lines(std::istream& stream, LineFormat format, const ReadOptions& options, DocumentBuilder& builder) {
    LineReader in(stream, options);
    for (Lines lines; in.next(lines);) parse_lines(lines, format, options, builder);
}

}  // namespace

void parse_by_grammar(const Lines& lines, std::size_t begin, std::size_t end, LineFormat format, const ReadOptions& options,
                      DocumentBuilder& builder) {
    const char* const text = lines.text.data();
    tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> in(text + begin, text + end, options.source);
    try {
        if (format == LineFormat::NQuads) tao::pegtl::parse<tao::pegtl::must<n::nquadsDoc>, action, Control>(in, builder);
        else tao::pegtl::parse<tao::pegtl::must<n::ntriplesDoc>, action, Control>(in, builder);
    } catch (const tao::pegtl::parse_error& failure) {
        throw Error(ErrorCode::Syntax, std::string(failure.message()),
                    position_in(lines, begin + failure.positions().front().byte, options.source));
    }
}

void parse_lines(const Lines& lines, LineFormat format, const ReadOptions& options, DocumentBuilder& builder,
                 std::vector<BadStatement>* bad_statements) {
    StatementScanner scanner(options.blank_prefix, format == LineFormat::NQuads);
    const char* const begin = lines.text.data();
    const char* const end = begin + lines.text.size();
    for (const char* at = begin; at != end;) {
        const char* next = scanner.scan(at, end);
        if (next != nullptr) {
            builder.add(scanner.quad());
        } else {
            next = std::find(at, end, '\n');
            if (next != end) ++next;
            try {
                parse_by_grammar(lines, static_cast<std::size_t>(at - begin), static_cast<std::size_t>(next - begin), format, options,
                                 builder);
            } catch (const Error& error) {
                if (bad_statements == nullptr || error.code() != ErrorCode::Syntax) throw;
                bad_statements->push_back({error.message(), error.position(), std::string(at, next)});
                builder.forget_statement();
            }
        }
        at = next;
    }
}

void read_ntriples(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    read_lines(in, LineFormat::NTriples, options, builder);
}

void read_nquads(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    read_lines(in, LineFormat::NQuads, options, builder);
}

}  // namespace tercet::rdf
