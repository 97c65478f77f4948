#include "parser/rdf/statement_scanner.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "engine/model/vocabulary.hpp"
#include "parser/text/iri.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::rdf {
namespace {

/// What a byte can be; a zero byte ends everything, so that no loop looks for the end of the text.
enum ByteClass : std::uint8_t {
    kEndsIri = 1,
    kEndsString = 2,
    kBeyondAscii = 4,
    kLetter = 8,
    kDigit = 16,
    kInLabel = 32,
    kHex = 64,
};

constexpr std::array<std::uint8_t, 256> classes() {
    std::array<std::uint8_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        const auto in = [&](std::string_view set) { return byte < 0x80 && set.find(static_cast<char>(byte)) != std::string_view::npos; };
        const bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        const bool digit = byte >= '0' && byte <= '9';
        unsigned row = 0;
        if (byte <= 0x20 || in("<>\"{}|^`\\")) row |= kEndsIri;
        if (byte == 0 || in("\"\\\n\r")) row |= kEndsString;
        if (byte >= 0x80) row |= kBeyondAscii;
        if (letter) row |= kLetter;
        if (digit) row |= kDigit;
        if (letter || digit || in("_-.")) row |= kInLabel;
        if (digit || (letter && (byte | 0x20U) <= 'f')) row |= kHex;
        table[byte] = static_cast<std::uint8_t>(row);
    }
    return table;
}
constexpr std::array<std::uint8_t, 256> kClasses = classes();

unsigned class_of(char byte) noexcept { return kClasses[static_cast<unsigned char>(byte)]; }

/// Moves on to the first byte of one of these classes; returns the classes of those before it.
unsigned skip_to(const char*& at, unsigned stop) noexcept {
    unsigned seen = 0;
    for (;; ++at) {
        const unsigned now = class_of(*at);
        if ((now & stop) != 0) return seen;
        seen |= now;
    }
}

/// Sixteen bytes at once, which compilers translate for every machine.
using Bytes = std::uint8_t __attribute__((vector_size(16)));

Bytes ends_iri(Bytes bytes) noexcept {
    return Bytes((bytes <= 0x20) | (bytes == '>') | (bytes == '<') | (bytes == '"') | (bytes == '{') | (bytes == '}') | (bytes == '|') |
                 (bytes == '^') | (bytes == '`') | (bytes == '\\'));
}
Bytes ends_string(Bytes bytes) noexcept {
    return Bytes((bytes == '"') | (bytes == '\\') | (bytes == '\n') | (bytes == '\r') | (bytes == 0));
}

/// Moves on to the first byte that `stops`, or to the last few bytes of the text. Returns kBeyondAscii if such a byte may be among
/// those before it.
unsigned skip_most(const char*& at, const char* end, Bytes (*stops)(Bytes) noexcept) noexcept {
    static_assert(std::endian::native == std::endian::little, "the first byte is the lowest of a number");
    using Halves = std::array<std::uint64_t, 2>;
    constexpr std::uint64_t kHighest = 0x8080808080808080U;
    Bytes bytes, seen{};
    Halves found{};
    for (; found == Halves{} && end - at >= static_cast<std::ptrdiff_t>(sizeof bytes); at += sizeof bytes) {
        std::memcpy(&bytes, at, sizeof bytes);
        seen |= bytes;
        found = std::bit_cast<Halves>(stops(bytes));
    }
    if (found != Halves{}) at += (found[0] != 0 ? std::countr_zero(found[0]) / 8 : 8 + std::countr_zero(found[1]) / 8) - static_cast<int>(sizeof bytes);
    const auto all = std::bit_cast<Halves>(seen);
    return ((all[0] | all[1]) & kHighest) != 0 ? unsigned{kBeyondAscii} : 0U;
}

/// Moves behind all bytes of these classes.
void skip_all(const char*& at, unsigned wanted) noexcept {
    while ((class_of(*at) & wanted) != 0) ++at;
}

bool is_utf8(unsigned seen, std::string_view text) noexcept {
    return (seen & kBeyondAscii) == 0 || grammar::find_invalid_utf8(text) == std::string_view::npos;
}

}  // namespace

const char* StatementScanner::scan(const char* at, const char* end) {
    at_ = at;
    end_ = end;
    return statement() && line_end(end) ? at_ : nullptr;
}

bool StatementScanner::statement() {
    std::string_view predicate;
    gap();
    if (!resource(quad_.subject, labels_[0])) return false;
    gap();
    if (!iri(predicate)) return false;
    quad_.predicate = TermView::iri(predicate);
    gap();
    if (!object(quad_.object)) return false;
    gap();
    quad_.graph = {};
    if (with_graphs_ && *at_ != '.') {
        if (!resource(quad_.graph, labels_[2])) return false;
        gap();
    }
    if (*at_ != '.') return false;
    ++at_;
    gap();
    return true;
}

bool StatementScanner::line_end(const char* end) {
    if (at_ == end) return true;
    if (*at_ != '\n' && *at_ != '\r') return false;
    while (*at_ == '\n' || *at_ == '\r') ++at_;
    return true;
}

void StatementScanner::gap() noexcept {
    while (*at_ == ' ' || *at_ == '\t') ++at_;
}

bool StatementScanner::resource(TermView& term, std::string& label) {
    std::string_view text;
    if (*at_ == '<') {
        if (!iri(text)) return false;
        term = TermView::iri(text);
    } else {
        if (!blank_node(text, label)) return false;
        term = TermView::blank_node(text);
    }
    return true;
}

bool StatementScanner::object(TermView& term) {
    if (*at_ != '"') return resource(term, labels_[1]);
    std::string_view text, more;
    if (!quoted(text)) return false;
    if (*at_ == '@') {
        if (!language(more)) return false;
        term = TermView::literal(text, vocabulary::rdf::kLangString);
        term.language = more;
    } else if (*at_ == '^') {
        if (*++at_ != '^') return false;
        ++at_;
        gap();
        if (!iri(more) || more == vocabulary::rdf::kLangString || more == vocabulary::rdf::kDirLangString) return false;
        term = TermView::literal(text, more);
    } else {
        term = TermView::literal(text, vocabulary::xsd::kString);
    }
    return true;
}

bool StatementScanner::iri(std::string_view& text) {
    if (*at_ != '<') return false;
    const char* const begin = ++at_;
    unsigned seen = skip_most(at_, end_, ends_iri);
    seen |= skip_to(at_, kEndsIri);
    if (*at_ != '>') return false;
    text = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    return is_utf8(seen, text) && grammar::is_absolute_iri(text);
}

bool StatementScanner::blank_node(std::string_view& text, std::string& label) {
    if (at_[0] != '_' || at_[1] != ':') return false;
    const char* const begin = at_ += 2;
    if (*begin == '-' || *begin == '.') return false;
    skip_all(at_, kInLabel);
    // A dot at the end is not part of the label, and a byte beyond ASCII may be.
    if (at_ == begin || at_[-1] == '.' || (class_of(*at_) & kBeyondAscii) != 0) return false;
    label.resize(prefix_);
    label.append(begin, at_);
    text = label;
    return true;
}

bool StatementScanner::quoted(std::string_view& text) {
    const char* const begin = ++at_;
    unsigned seen = skip_most(at_, end_, ends_string);
    seen |= skip_to(at_, kEndsString);
    const bool has_escapes = *at_ == '\\';
    while (*at_ == '\\') {
        if (!escape()) return false;
        seen |= skip_to(at_, kEndsString);
    }
    if (*at_ != '"') return false;
    text = {begin, static_cast<std::size_t>(at_ - begin)};
    ++at_;
    if (!is_utf8(seen, text)) return false;
    if (!has_escapes) return true;
    try {
        unescaped_ = grammar::unescape_string(text);
    } catch (const std::invalid_argument&) {
        return false;
    }
    text = unescaped_;
    return true;
}

bool StatementScanner::escape() {
    constexpr std::string_view kLetters = "tbnrf\"'\\";
    const char letter = at_[1];
    const std::ptrdiff_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    if (digits == 0 && (letter == '\0' || kLetters.find(letter) == std::string_view::npos)) return false;
    at_ += 2;
    const char* const begin = at_;
    while (at_ - begin < digits && (class_of(*at_) & kHex) != 0) ++at_;
    return at_ - begin == digits;
}

bool StatementScanner::language(std::string_view& tag) {
    constexpr std::ptrdiff_t kLongestPart = 8;
    const char* const begin = ++at_;
    const char* part = begin;
    skip_all(at_, kLetter);
    while (at_ != part && at_ - part <= kLongestPart && *at_ == '-') {
        part = ++at_;
        skip_all(at_, kLetter | kDigit);
    }
    if (at_ == part || at_ - part > kLongestPart) return false;
    language_.assign(begin, at_);
    for (char& c : language_) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    tag = language_;
    return true;
}

}  // namespace tercet::rdf
