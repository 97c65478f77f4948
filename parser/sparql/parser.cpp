#include "parser/sparql/parser.hpp"

#include <utility>

#include "parser/sparql/builder.hpp"
#include "parser/sparql/messages.hpp"
#include "parser/sparql/tokens.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::sparql {
namespace {

using Unit = bool (*)(Input&, Builder&);

bool read(Unit unit, Builder& builder) {
    if (const std::size_t bad = grammar::find_invalid_utf8(builder.text); bad != std::string_view::npos) {
        builder.fail(builder.text.data() + bad, "this byte is not UTF-8; save the text as UTF-8");
    }
    Input in(builder.text.data(), builder.text.data() + builder.text.size(), "");
    return unit(in, builder);
}

[[nodiscard]] std::size_t stuck_at(const Builder& builder) {
    const char* const furthest = builder.failures.furthest();
    return furthest == nullptr ? 0 : static_cast<std::size_t>(furthest - builder.text.data());
}

void read_or_throw(Unit unit, Builder& builder) {
    if (read(unit, builder)) return;
    const Stuck stuck{builder.text, stuck_at(builder), builder.failures.expected()};
    builder.fail(builder.text.data() + stuck.offset, message_for(stuck));
}

/// Whether the text is wrong at its very end only, or inside a string that is still open.
bool ends_too_early(Unit unit, std::string_view text) {
    const ParseOptions options;
    Builder builder(text, options);
    builder.names.accept_undeclared_prefixes();
    try {
        if (read(unit, builder)) return false;
    } catch (const Error&) {
        return false;
    }
    const std::size_t offset = stuck_at(builder);
    const std::string_view rest = text.substr(offset);
    const bool is_long_string = rest.starts_with("\"\"\"") || rest.starts_with("'''");
    return rest.empty() || (is_long_string && is_open_string(rest));
}

}  // namespace

Query parse_query(std::string_view text, const ParseOptions& options) {
    Builder builder(text, options);
    read_or_throw(read_query_unit, builder);
    return {builder.names.prologue(), std::move(builder.queries.dataset), std::move(builder.queries.form)};
}

Update parse_update(std::string_view text, const ParseOptions& options) {
    Prologue prologue;
    return parse_update(text, options, prologue);
}
Update parse_update(std::string_view text, const ParseOptions& options, Prologue& prologue) {
    Builder builder(text, options);
    read_or_throw(read_update_unit, builder);
    prologue = builder.names.prologue();
    return builder.updates.take();
}

Term parse_term(std::string_view text, const ParseOptions& options) {
    Builder builder(text, options);
    builder.triples.enter(Place::InsertData);
    read_or_throw(read_term_unit, builder);
    return builder.terms.pop_ground_term();
}

bool is_incomplete(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return false;
    return ends_too_early(read_query_unit, text) || ends_too_early(read_update_unit, text);
}

}  // namespace tercet::sparql
