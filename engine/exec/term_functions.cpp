#include <array>
#include <cstdio>

#include "engine/exec/functions.hpp"
#include "engine/exec/value_key.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/value_join.hpp"
#include "parser/text/iri.hpp"

namespace tercet::exec {
namespace {

Text plain(std::string text) { return {std::move(text), {}, {}}; }

Value str(FunctionContext& context, Arguments a) {
    Term term = context.reader.term(a[0]);
    return term.is_iri() || term.is_literal() ? Value(plain(std::move(term.value))) : Value{};
}
Value lang(FunctionContext& context, Arguments a) {
    Term term = context.reader.term(a[0]);
    return term.is_literal() ? Value(plain(std::move(term.language))) : Value{};
}
Value lang_dir(FunctionContext& context, Arguments a) {
    const Term term = context.reader.term(a[0]);
    if (!term.is_literal()) return {};
    if (term.direction == BaseDirection::None) return plain("");
    return plain(term.direction == BaseDirection::LeftToRight ? "ltr" : "rtl");
}
Value has_lang(FunctionContext& context, Arguments a) { return !context.reader.term(a[0]).language.empty(); }
Value has_lang_dir(FunctionContext& context, Arguments a) { return context.reader.term(a[0]).direction != BaseDirection::None; }
Value datatype(FunctionContext& context, Arguments a) {
    Term term = context.reader.term(a[0]);
    return term.is_literal() ? Value(Term::iri(std::move(term.datatype))) : Value{};
}

Value iri(FunctionContext& context, Arguments a) {
    const Term term = context.reader.term(a[0]);
    if (term.is_iri()) return term;
    if (!term.is_literal() || term.datatype != vocabulary::xsd::kString) return {};
    if (term.value.find_first_of(" <>\"{}|\\^`") != std::string::npos) return {};
    return Term::iri(grammar::resolve_iri(term.value, context.session.base));
}

Value blank_node(FunctionContext& context, Arguments a) {
    if (a.empty()) return context.reader.pool().fresh_blank_node();
    const auto label = context.reader.plain_text(a[0]);
    if (!label) return {};
    const auto [found, is_new] = context.session.blank_nodes.try_emplace({context.solution, *label});
    if (is_new) found->second = context.reader.pool().fresh_blank_node();
    return found->second;
}

Value typed_literal(FunctionContext& context, Arguments a) {
    auto text = context.reader.plain_text(a[0]);
    Term type = context.reader.term(a[1]);
    if (!text || !type.is_iri() || type.value == vocabulary::rdf::kLangString || type.value == vocabulary::rdf::kDirLangString) return {};
    return Term::typed_literal(std::move(*text), std::move(type.value));
}
Value language_literal(FunctionContext& context, Arguments a) {
    auto text = context.reader.plain_text(a[0]);
    const auto tag = context.reader.plain_text(a[1]);
    if (!text || !tag || tag->empty()) return {};
    return Term::language_literal(std::move(*text), *tag);
}
Value direction_literal(FunctionContext& context, Arguments a) {
    auto text = context.reader.plain_text(a[0]);
    const auto tag = context.reader.plain_text(a[1]), direction = context.reader.plain_text(a[2]);
    if (!text || !tag || tag->empty() || !direction || (*direction != "ltr" && *direction != "rtl")) return {};
    return Term::language_literal(std::move(*text), *tag,
                                  *direction == "ltr" ? BaseDirection::LeftToRight : BaseDirection::RightToLeft);
}

template <TermKind kKind>
Value is_kind(FunctionContext& context, Arguments a) {
    if (const TermId* id = std::get_if<TermId>(&a[0])) {
        if (kKind == TermKind::Iri) return id->tag() == TermTag::Iri;
        if (kKind == TermKind::Literal) return id->is_literal();
        if (kKind == TermKind::BlankNode) return id->tag() == TermTag::BlankNode;
        if (kKind == TermKind::TripleTerm) return id->tag() == TermTag::TripleTerm;
    }
    return context.reader.term(a[0]).kind == kKind;
}
Value is_numeric(FunctionContext& context, Arguments a) { return context.reader.number(a[0]).has_value(); }
Value same_term(FunctionContext& context, Arguments a) { return context.reader.id(a[0]) == context.reader.id(a[1]); }

std::string uuid_text(Session& session) {
    const std::uint64_t high = (session.random() & ~std::uint64_t{0xF000}) | 0x4000;
    const std::uint64_t low = (session.random() & ~(std::uint64_t{3} << 62U)) | (std::uint64_t{2} << 62U);
    char text[40];
    std::snprintf(text, sizeof text, "%08llx-%04llx-%04llx-%04llx-%012llx", static_cast<unsigned long long>(high >> 32U),
                  static_cast<unsigned long long>((high >> 16U) & 0xFFFFU), static_cast<unsigned long long>(high & 0xFFFFU),
                  static_cast<unsigned long long>(low >> 48U), static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFU));
    return text;
}
Value uuid(FunctionContext& context, Arguments) { return Term::iri("urn:uuid:" + uuid_text(context.session)); }
Value struuid(FunctionContext& context, Arguments) { return plain(uuid_text(context.session)); }

Value triple(FunctionContext& context, Arguments a) {
    const TermId s = context.reader.id(a[0]), p = context.reader.id(a[1]), o = context.reader.id(a[2]);
    const bool subject_fits = s.tag() == TermTag::Iri || s.tag() == TermTag::BlankNode;
    if (!subject_fits || p.tag() != TermTag::Iri || !o.is_defined() || o.tag() == TermTag::Path) return {};
    return context.reader.pool().intern_triple({s, p, o});
}
template <std::size_t kPart>
Value triple_part(FunctionContext& context, Arguments a) {
    const TermId id = context.reader.id(a[0]);
    return id.tag() == TermTag::TripleTerm ? Value(context.reader.pool().triple(id)[kPart]) : Value{};
}

Value key(FunctionContext& context, Arguments a) { return value_key(context.reader.id(a[0]), context.reader.pool()); }

constexpr std::array kRows{
    FunctionRow{plan::kValueKey, 1, 1, key},
    FunctionRow{"STR", 1, 1, str},
    FunctionRow{"LANG", 1, 1, lang},
    FunctionRow{"LANGDIR", 1, 1, lang_dir},
    FunctionRow{"HASLANG", 1, 1, has_lang},
    FunctionRow{"HASLANGDIR", 1, 1, has_lang_dir},
    FunctionRow{"DATATYPE", 1, 1, datatype},
    FunctionRow{"IRI", 1, 1, iri},
    FunctionRow{"URI", 1, 1, iri},
    FunctionRow{"BNODE", 0, 1, blank_node},
    FunctionRow{"STRDT", 2, 2, typed_literal},
    FunctionRow{"STRLANG", 2, 2, language_literal},
    FunctionRow{"STRLANGDIR", 3, 3, direction_literal},
    FunctionRow{"ISIRI", 1, 1, is_kind<TermKind::Iri>},
    FunctionRow{"ISURI", 1, 1, is_kind<TermKind::Iri>},
    FunctionRow{"ISBLANK", 1, 1, is_kind<TermKind::BlankNode>},
    FunctionRow{"ISLITERAL", 1, 1, is_kind<TermKind::Literal>},
    FunctionRow{"ISTRIPLE", 1, 1, is_kind<TermKind::TripleTerm>},
    FunctionRow{"ISNUMERIC", 1, 1, is_numeric},
    FunctionRow{"SAMETERM", 2, 2, same_term},
    FunctionRow{"UUID", 0, 0, uuid},
    FunctionRow{"STRUUID", 0, 0, struuid},
    FunctionRow{"TRIPLE", 3, 3, triple},
    FunctionRow{"SUBJECT", 1, 1, triple_part<0>},
    FunctionRow{"PREDICATE", 1, 1, triple_part<1>},
    FunctionRow{"OBJECT", 1, 1, triple_part<2>},
};

}  // namespace

std::span<const FunctionRow> term_functions() { return kRows; }

}  // namespace tercet::exec
