#include "parser/sparql/builder.hpp"

#include <utility>

#include "tercet/error.hpp"

namespace tercet::sparql {

Builder::Builder(std::string_view request, const ParseOptions& parse_options)
    : text(request),
      options(parse_options),
      locator(request),
      names(parse_options),
      groups(names),
      triples(names, terms, groups),
      queries(expressions) {}

void Builder::fail(const char* place, std::string message) {
    throw Error(ErrorCode::Syntax, std::move(message), locator.describe(place, options.source));
}

void Builder::fail(const Offence& offence) {
    const char* place = text.data();
    for (std::uint32_t line = 1; line < offence.position.line; ++line) {
        place = text.data() + text.find('\n', static_cast<std::size_t>(place - text.data())) + 1;
    }
    TextPosition position = locator.describe(place, options.source);
    position.column = offence.position.column;
    throw Error(ErrorCode::Syntax, offence.message, std::move(position));
}

ExpressionPtr Builder::take_expression() {
    groups.contains(expressions.depth());
    return expressions.pop();
}

void Builder::term_becomes_operand() {
    TermPattern term = terms.pop();
    if (auto* variable = std::get_if<Variable>(&term)) {
        expressions.push_variable(std::move(*variable));
    } else {
        expressions.push_constant(std::get<Constant>(std::move(term)));
    }
}

std::size_t Builder::take_mark() {
    const std::size_t size = marks.back();
    marks.pop_back();
    return size;
}

Builder::Descent::Descent(Builder& builder, const char* place) : builder_(builder) {
    if (builder.depth_ == kMaxDepth) {
        builder.fail(place, "brackets are nested more than " + std::to_string(kMaxDepth) + " deep");
    }
    ++builder_.depth_;
}

}  // namespace tercet::sparql
