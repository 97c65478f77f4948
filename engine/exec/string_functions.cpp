#include <unicode/locid.h>
#include <unicode/regex.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <memory>
#include <string>

#include "engine/exec/functions.hpp"
#include "engine/model/percent_encoding.hpp"

namespace tercet::exec {
namespace {

using icu::UnicodeString;

UnicodeString to_unicode(const std::string& text) { return UnicodeString::fromUTF8(text); }
std::string to_utf8(const UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

Text with_text(const Text& like, std::string text) { return {std::move(text), like.language, like.direction}; }

/// Argument compatibility (SPARQL 1.2 section 17.4.3.1.2): the second has no language, or the language of the first.
std::optional<std::pair<Text, Text>> compatible(FunctionContext& context, Arguments a) {
    auto x = context.reader.text(a[0]), y = context.reader.text(a[1]);
    if (!x || !y) return std::nullopt;
    if (!y->language.empty() && (y->language != x->language || y->direction != x->direction)) return std::nullopt;
    return std::pair{std::move(*x), std::move(*y)};
}

Value string_length(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    if (!x) return {};
    return Numeric::integer(to_unicode(x->text).countChar32());
}

/// Positions count code points from 1 and are rounded, as fn:substring does.
Value substring(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    const auto from = context.reader.number(a[1]);
    const auto length = a.size() > 2 ? context.reader.number(a[2]) : std::nullopt;
    if (!x || !from || (a.size() > 2 && !length)) return {};
    const double start = from->rounded(Numeric::Rounding::Nearest).to_double();
    const double end = length ? start + length->rounded(Numeric::Rounding::Nearest).to_double() : 1e18;
    const UnicodeString text = to_unicode(x->text);
    UnicodeString kept;
    double position = 1;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1), ++position) {
        if (position >= start && position < end) kept.append(text.char32At(i));
    }
    return with_text(*x, to_utf8(kept));
}

Value upper_case(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    return x ? Value(with_text(*x, to_utf8(to_unicode(x->text).toUpper(icu::Locale::getRoot())))) : Value{};
}
Value lower_case(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    return x ? Value(with_text(*x, to_utf8(to_unicode(x->text).toLower(icu::Locale::getRoot())))) : Value{};
}

Value starts_with(FunctionContext& context, Arguments a) {
    const auto pair = compatible(context, a);
    return pair ? Value(pair->first.text.starts_with(pair->second.text)) : Value{};
}
Value ends_with(FunctionContext& context, Arguments a) {
    const auto pair = compatible(context, a);
    return pair ? Value(pair->first.text.ends_with(pair->second.text)) : Value{};
}
Value contains(FunctionContext& context, Arguments a) {
    const auto pair = compatible(context, a);
    return pair ? Value(pair->first.text.find(pair->second.text) != std::string::npos) : Value{};
}
Value before(FunctionContext& context, Arguments a) {
    const auto pair = compatible(context, a);
    if (!pair) return {};
    const std::size_t at = pair->first.text.find(pair->second.text);
    return at == std::string::npos ? Value(Text{}) : Value(with_text(pair->first, pair->first.text.substr(0, at)));
}
Value after(FunctionContext& context, Arguments a) {
    const auto pair = compatible(context, a);
    if (!pair) return {};
    const std::size_t at = pair->first.text.find(pair->second.text);
    if (at == std::string::npos) return Text{};
    return with_text(pair->first, pair->first.text.substr(at + pair->second.text.size()));
}

/// The result keeps a language only if all have the same.
Value concatenate(FunctionContext& context, Arguments a) {
    Text result;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto part = context.reader.text(a[i]);
        if (!part) return {};
        if (i == 0) {
            result.language = part->language;
            result.direction = part->direction;
        } else if (part->language != result.language || part->direction != result.direction) {
            result.language.clear();
            result.direction = BaseDirection::None;
        }
        result.text += part->text;
    }
    return result;
}

Value encode_for_uri(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    if (!x) return {};
    const auto is_unreserved = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.' || c == '~';
    };
    return Text{percent_encoded(x->text, is_unreserved), {}, {}};
}

Value language_matches(FunctionContext& context, Arguments a) {
    const auto tag = context.reader.plain_text(a[0]), range = context.reader.plain_text(a[1]);
    if (!tag || !range) return {};
    if (*range == "*") return !tag->empty();
    const UnicodeString t = to_unicode(*tag).foldCase(), r = to_unicode(*range).foldCase();
    return t.startsWith(r) && (t.length() == r.length() || t.charAt(r.length()) == u'-');
}

/// The flags of XPath's fn:matches as ICU's. Nothing for an unknown flag.
std::optional<std::uint32_t> regex_flags(const std::string& flags) {
    std::uint32_t bits = 0;
    for (const char c : flags) {
        switch (c) {
            case 'i': bits |= UREGEX_CASE_INSENSITIVE; break;
            case 's': bits |= UREGEX_DOTALL; break;
            case 'm': bits |= UREGEX_MULTILINE; break;
            case 'x': bits |= UREGEX_COMMENTS; break;
            case 'q': bits |= UREGEX_LITERAL; break;
            default: return std::nullopt;
        }
    }
    return bits;
}

/// A pattern tends to be the same in every row, so the last one is kept.
const icu::RegexPattern* compile(const std::string& pattern, const std::string& flags) {
    thread_local std::string last_pattern, last_flags;
    thread_local std::unique_ptr<icu::RegexPattern> compiled;
    if (compiled && last_pattern == pattern && last_flags == flags) return compiled.get();
    const auto bits = regex_flags(flags);
    if (!bits) return nullptr;
    UErrorCode status = U_ZERO_ERROR;
    compiled.reset(icu::RegexPattern::compile(to_unicode(pattern), *bits, status));
    last_pattern = pattern;
    last_flags = flags;
    if (U_FAILURE(status)) compiled.reset();
    return compiled.get();
}

/// A pattern such as (a*)*b may take exponential time; ICU gives up at this limit (in its own units, about milliseconds).
constexpr int kRegexTimeLimit = 2000;

std::unique_ptr<icu::RegexMatcher> matcher(const icu::RegexPattern& pattern, const UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::RegexMatcher> found(pattern.matcher(text, status));
    if (U_FAILURE(status)) return nullptr;
    found->setTimeLimit(kRegexTimeLimit, status);
    return found;
}

Value regex(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    const auto pattern = context.reader.plain_text(a[1]);
    const auto flags = a.size() > 2 ? context.reader.plain_text(a[2]) : std::string();
    if (!x || !pattern || !flags) return {};
    const icu::RegexPattern* compiled = compile(*pattern, *flags);
    if (compiled == nullptr) return {};
    const UnicodeString text = to_unicode(x->text);
    const auto search = matcher(*compiled, text);
    UErrorCode status = U_ZERO_ERROR;
    const bool found = search && search->find(0, status);
    return U_FAILURE(status) ? Value{} : Value(found);
}

/// "$1" means the same to XPath and to ICU; a pattern that matches the empty string is an error (fn:replace).
Value replace(FunctionContext& context, Arguments a) {
    const auto x = context.reader.text(a[0]);
    const auto pattern = context.reader.plain_text(a[1]);
    const auto replacement = context.reader.plain_text(a[2]);
    const auto flags = a.size() > 3 ? context.reader.plain_text(a[3]) : std::string();
    if (!x || !pattern || !replacement || !flags) return {};
    const icu::RegexPattern* compiled = compile(*pattern, *flags);
    if (compiled == nullptr) return {};
    UErrorCode status = U_ZERO_ERROR;
    const UnicodeString empty;
    const auto on_nothing = matcher(*compiled, empty);
    if (!on_nothing || on_nothing->matches(status)) return {};
    const UnicodeString text = to_unicode(x->text);
    const auto search = matcher(*compiled, text);
    if (!search) return {};
    const UnicodeString result = search->replaceAll(to_unicode(*replacement), status);
    return U_FAILURE(status) ? Value{} : Value(with_text(*x, to_utf8(result)));
}

constexpr std::array kRows{
    FunctionRow{"STRLEN", 1, 1, string_length},
    FunctionRow{"SUBSTR", 2, 3, substring},
    FunctionRow{"UCASE", 1, 1, upper_case},
    FunctionRow{"LCASE", 1, 1, lower_case},
    FunctionRow{"STRSTARTS", 2, 2, starts_with},
    FunctionRow{"STRENDS", 2, 2, ends_with},
    FunctionRow{"CONTAINS", 2, 2, contains},
    FunctionRow{"STRBEFORE", 2, 2, before},
    FunctionRow{"STRAFTER", 2, 2, after},
    FunctionRow{"CONCAT", 0, kAnyNumber, concatenate},
    FunctionRow{"ENCODE_FOR_URI", 1, 1, encode_for_uri},
    FunctionRow{"LANGMATCHES", 2, 2, language_matches},
    FunctionRow{"REGEX", 2, 3, regex},
    FunctionRow{"REPLACE", 3, 4, replace},
};

}  // namespace

std::span<const FunctionRow> string_functions() { return kRows; }

}  // namespace tercet::exec
