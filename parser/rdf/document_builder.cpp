#include "parser/rdf/document_builder.hpp"

#include <stdexcept>

#include "engine/model/vocabulary.hpp"
#include "parser/text/iri.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::rdf {
namespace {

/// Brackets within brackets; more is a mistake or an attack, and would cost stack.
constexpr std::size_t kDeepest = 200;

const Term kFirst = Term::iri(std::string(vocabulary::rdf::kFirst));
const Term kRest = Term::iri(std::string(vocabulary::rdf::kRest));
const Term kNil = Term::iri(std::string(vocabulary::rdf::kNil));
const Term kReifies = Term::iri(std::string(vocabulary::rdf::kReifies));

}  // namespace

DocumentBuilder::DocumentBuilder(const ReadOptions& options, QuadSink& sink)
    : options_(options), sink_(sink), base_(options.base) {}

void DocumentBuilder::iri(std::string_view text) {
    term_ = Term::iri(grammar::resolve_iri(grammar::unescape_iri(text), base_));
    if (!grammar::is_absolute_iri(term_.value)) {
        throw std::invalid_argument("the IRI <" + term_.value + "> is relative, and there is no base to resolve it against");
    }
}

void DocumentBuilder::absolute_iri(std::string_view text) {
    term_ = Term::iri(grammar::unescape_iri(text));
    if (!grammar::is_absolute_iri(term_.value)) {
        throw std::invalid_argument("the IRI <" + term_.value + "> is relative; this format needs absolute ones");
    }
}

void DocumentBuilder::prefixed_name(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto found = prefixes_.find(text.substr(0, colon));
    if (found == prefixes_.end()) {
        throw std::invalid_argument("the prefix " + std::string(text.substr(0, colon + 1)) + " is not declared");
    }
    term_ = Term::iri(found->second + grammar::unescape_local_name(text.substr(colon + 1)));
}

void DocumentBuilder::blank_node(std::string_view label) {
    term_ = Term::blank_node(options_.blank_prefix + std::string(label));
}

Term DocumentBuilder::fresh() {
    // A generated label never meets a written one: those are prefixed too, and "g" with two dots and digits is left to us.
    return Term::blank_node(options_.blank_prefix + "g.." + std::to_string(++blank_nodes_));
}

void DocumentBuilder::string(std::string_view quoted) {
    string_ = grammar::string_value(quoted);
    term_ = Term::literal(string_);
}

void DocumentBuilder::language(std::string_view tag) {
    const grammar::LanguageTag parsed = grammar::language_tag(tag);
    term_ = Term::language_literal(std::move(string_), parsed.language, parsed.direction);
}

void DocumentBuilder::datatype() {
    if (term_.value == vocabulary::rdf::kLangString || term_.value == vocabulary::rdf::kDirLangString) {
        throw std::invalid_argument("a literal of datatype " + term_.value + " needs a language tag instead");
    }
    term_ = Term::typed_literal(std::move(string_), std::move(term_.value));
}

void DocumentBuilder::typed(std::string_view lexical_form, std::string_view datatype) {
    term_ = Term::typed_literal(std::string(lexical_form), std::string(datatype));
}

void DocumentBuilder::prefix_iri() {
    sink_.declare_prefix(prefix_name_, term_.value);
    prefixes_[prefix_name_] = std::move(term_.value);
}

void DocumentBuilder::version(std::string_view quoted) const {
    const std::string version = grammar::string_value(quoted);
    if (version == "1.1" || version == "1.2" || version == "1.2-basic") return;
    throw std::invalid_argument("version \"" + version + "\" is not known; there are 1.1, 1.2 and 1.2-basic");
}

void DocumentBuilder::open() {
    if (frames_.size() >= kDeepest) {
        throw std::invalid_argument("brackets are nested more than " + std::to_string(kDeepest) + " deep");
    }
    frames_.emplace_back();
}

void DocumentBuilder::object() {
    Frame& frame = top();
    frame.object = std::move(term_);
    frame.reifier = {};
    emit(frame.subject, frame.predicate, frame.object);
}

void DocumentBuilder::end_statement() {
    emit(top().subject, top().predicate, top().object);
    frames_.pop_back();
    graph_ = {};
}

void DocumentBuilder::forget_statement() {
    frames_.clear();
    graph_ = {};
}

void DocumentBuilder::open_property_list() {
    open();
    top().subject = fresh();
}

void DocumentBuilder::close_property_list() {
    term_ = std::move(top().subject);
    frames_.pop_back();
}

void DocumentBuilder::collection_item() {
    Frame& frame = top();
    const Term item = std::move(term_);
    const Term node = fresh();
    if (frame.subject.is_defined()) emit(frame.list_end, kRest, node);
    else frame.subject = node;
    emit(node, kFirst, item);
    frame.list_end = node;
}

void DocumentBuilder::close_collection() {
    Frame& frame = top();
    if (frame.subject.is_defined()) {
        emit(frame.list_end, kRest, kNil);
        term_ = std::move(frame.subject);
    } else {
        term_ = kNil;
    }
    frames_.pop_back();
}

void DocumentBuilder::close_triple_term() {
    Frame& frame = top();
    term_ = Term::triple_term({std::move(frame.subject), std::move(frame.predicate), std::move(frame.object)});
    frames_.pop_back();
}

void DocumentBuilder::emit_reification(const Frame& frame, const Term& reifier) {
    emit(reifier, kReifies, Term::triple_term({frame.subject, frame.predicate, frame.object}));
}

void DocumentBuilder::close_reified_triple() {
    Frame frame = std::move(top());
    frames_.pop_back();
    if (!frame.reifier.is_defined()) {
        frame.reifier = fresh();
        emit_reification(frame, frame.reifier);
    }
    term_ = std::move(frame.reifier);
}

void DocumentBuilder::end_reifier() {
    Frame& frame = top();
    if (!frame.reifier.is_defined()) frame.reifier = fresh();
    emit_reification(frame, frame.reifier);
}

void DocumentBuilder::open_annotation() {
    Term reifier = std::move(top().reifier);
    top().reifier = {};
    if (!reifier.is_defined()) {
        reifier = fresh();
        emit_reification(top(), reifier);
    }
    open();
    top().subject = std::move(reifier);
}

void DocumentBuilder::emit(const Term& subject, const Term& predicate, const Term& object) {
    const TermViewHolder s(subject), p(predicate), o(object), g(graph_);
    add({s.view(), p.view(), o.view(), g.view()});
}

void DocumentBuilder::add(const QuadView& quad) {
    sink_.add(quad);
    if (++quads_ % 4096 == 0) options_.cancel.check();
}

}  // namespace tercet::rdf
