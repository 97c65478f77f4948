#include <istream>
#include <stdexcept>
#include <tao/pegtl.hpp>

#include "engine/model/vocabulary.hpp"
#include "parser/rdf/ntriples_grammar.hpp"
#include "parser/results/readers.hpp"
#include "parser/results/table.hpp"
#include "parser/results/terms.hpp"
#include "parser/results/text_place.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::results {
namespace {

namespace pegtl = tao::pegtl;
namespace g = tercet::grammar;
namespace n = tercet::rdf::ntriples;

// --- the grammar of a cell: a term as Turtle writes it, without prefixes -----------------------------------------------

struct sign : pegtl::opt<pegtl::one<'+', '-'>> {};
struct double_number : pegtl::seq<sign, g::DOUBLE> {};
struct decimal_number : pegtl::seq<sign, g::DECIMAL> {};
struct integer_number : pegtl::seq<sign, g::INTEGER> {};
struct boolean_word : pegtl::sor<pegtl::string<'t', 'r', 'u', 'e'>, pegtl::string<'f', 'a', 'l', 's', 'e'>> {};
struct single_quoted : pegtl::sor<g::STRING_LITERAL_LONG_QUOTE, g::STRING_LITERAL_LONG_SINGLE_QUOTE, g::STRING_LITERAL_SINGLE_QUOTE> {};
struct other_string : pegtl::seq<single_quoted, pegtl::opt<pegtl::sor<n::LANG_DIR, pegtl::seq<pegtl::string<'^', '^'>, n::datatype_iri>>>> {};
struct bare : pegtl::sor<double_number, decimal_number, integer_number, boolean_word> {};
struct cell : pegtl::seq<pegtl::sor<other_string, n::object, bare>, pegtl::eof> {};

/// Terms as they are read; a triple term takes the last three.
class CellTerms {
public:
    void push(Term term) { terms_.push_back(std::move(term)); }
    void string(std::string_view quoted) { push(Term::literal(g::string_value(quoted))); }
    void language(std::string_view text) {
        const auto tag = g::language_tag(text);
        terms_.back() = Term::language_literal(std::move(terms_.back().value), tag.language, tag.direction);
    }
    void datatype() {
        const Term datatype = pop();
        terms_.back() = make_literal({std::move(terms_.back().value), datatype.value, std::nullopt, std::nullopt});
    }
    void close_triple() {
        Term object = pop(), predicate = pop(), subject = pop();
        push(make_triple(std::move(subject), std::move(predicate), std::move(object)));
    }
    Term pop() {
        Term last = std::move(terms_.back());
        terms_.pop_back();
        return last;
    }

private:
    std::vector<Term> terms_;
};

template <typename Rule>
struct action : pegtl::nothing<Rule> {};

template <>
struct action<n::IRIREF> {
    template <typename Input>
    static void apply(const Input& in, CellTerms& terms) {
        const std::string_view text = in.string_view();
        terms.push(make_iri(g::unescape_iri(text.substr(1, text.size() - 2))));
    }
};
template <>
struct action<n::BLANK_NODE_LABEL> {
    template <typename Input>
    static void apply(const Input& in, CellTerms& terms) {
        terms.push(make_blank_node(in.string().substr(2)));
    }
};
struct push_string {
    template <typename Input>
    static void apply(const Input& in, CellTerms& terms) {
        terms.string(in.string_view());
    }
};
template <> struct action<n::STRING_LITERAL_QUOTE> : push_string {};
template <> struct action<single_quoted> : push_string {};
template <>
struct action<n::LANG_DIR> {
    template <typename Input>
    static void apply(const Input& in, CellTerms& terms) {
        terms.language(in.string_view());
    }
};
template <>
struct action<n::datatype_iri> {
    static void apply0(CellTerms& terms) { terms.datatype(); }
};
template <>
struct action<n::triple_close> {
    static void apply0(CellTerms& terms) { terms.close_triple(); }
};
template <const std::string_view& Datatype>
struct push_bare {
    template <typename Input>
    static void apply(const Input& in, CellTerms& terms) {
        terms.push(Term::typed_literal(in.string(), std::string(Datatype)));
    }
};
template <> struct action<double_number> : push_bare<vocabulary::xsd::kDouble> {};
template <> struct action<decimal_number> : push_bare<vocabulary::xsd::kDecimal> {};
template <> struct action<integer_number> : push_bare<vocabulary::xsd::kInteger> {};
template <> struct action<boolean_word> : push_bare<vocabulary::xsd::kBoolean> {};

void check_depth(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = text.find("<<("); at != std::string_view::npos; at = text.find("<<(", at + 3)) ++depth;
    if (depth > kDeepestTriple) throw std::invalid_argument("there are more than " + std::to_string(kDeepestTriple) + " triple terms in one value");
}

// --- lines ------------------------------------------------------------------------------------------------------------

class Tsv final : public TableFormat {
public:
    Tsv(std::istream& in, const std::string& source) : in_(in), source_(source) {}

    bool next(std::vector<Cell>& record) override {
        record.clear();
        std::string line;
        if (!std::getline(in_, line)) return false;
        ++line_;
        if (line.ends_with('\r')) line.pop_back();
        std::string_view rest = line;
        if (line_ == 1 && rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
        TextPlace column;
        while (true) {
            const std::string_view text = rest.substr(0, rest.find('\t'));
            TextPosition position = column.position(source_);
            position.line = line_;
            record.push_back({std::string(text), std::move(position)});
            if (text.size() == rest.size()) return true;
            rest.remove_prefix(text.size() + 1);
            column.pass(text);
            column.pass('\t');
        }
    }
    [[nodiscard]] std::string variable_of(const std::string& cell) const override {
        if (!cell.starts_with('?') && !cell.starts_with('$')) throw std::invalid_argument("expected a variable such as ?x, got '" + cell + "'");
        return cell.substr(1);
    }
    [[nodiscard]] Term term_of(const std::string& text) const override {
        if (text.empty()) return {};
        check_depth(text);
        CellTerms terms;
        try {
            pegtl::memory_input<> in(text, "");
            if (pegtl::parse<cell, action>(in, terms)) return terms.pop();
        } catch (const pegtl::parse_error&) {
        }
        throw std::invalid_argument("'" + text + "' is no term; write <iri>, _:label, \"text\", \"text\"@en, \"1\"^^<datatype>, 42 or <<( s p o )>>");
    }

private:
    std::istream& in_;
    const std::string& source_;
    std::size_t line_ = 0;
};

}  // namespace

void read_tsv(std::istream& in, const ReadOptions& options, SolutionBuilder& builder) {
    Tsv tsv(in, options.source);
    read_table(tsv, options, builder);
}

}  // namespace tercet::results
