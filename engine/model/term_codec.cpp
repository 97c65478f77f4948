#include "engine/model/term_codec.hpp"

#include "engine/model/vocabulary.hpp"

namespace tercet {
namespace {

constexpr std::string_view kLeftToRight = "--ltr";
constexpr std::string_view kRightToLeft = "--rtl";

void encode_literal(const TermView& term, std::string& bytes) {
    if (!term.language.empty()) {
        bytes += 'G';
        bytes += term.language;
        if (term.direction == BaseDirection::LeftToRight) bytes += kLeftToRight;
        if (term.direction == BaseDirection::RightToLeft) bytes += kRightToLeft;
        bytes += '\0';
    } else if (term.datatype == vocabulary::xsd::kString) {
        bytes += 'S';
    } else {
        bytes += 'L';
        bytes += term.datatype;
        bytes += '\0';
    }
    bytes += term.value;
}

Term decode_language(std::string_view tag, std::string_view text) {
    BaseDirection direction = BaseDirection::None;
    if (tag.ends_with(kLeftToRight)) direction = BaseDirection::LeftToRight;
    if (tag.ends_with(kRightToLeft)) direction = BaseDirection::RightToLeft;
    if (direction != BaseDirection::None) tag.remove_suffix(kLeftToRight.size());
    return Term::language_literal(std::string(text), tag, direction);
}

}  // namespace

void append_big_endian(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
}

std::uint64_t read_big_endian(const char* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::string encode_triple(const std::array<TermId, 3>& parts) {
    std::string bytes = "T";
    for (const TermId part : parts) append_big_endian(bytes, part.bits());
    return bytes;
}

std::array<TermId, 3> decode_triple(std::string_view bytes) {
    std::array<TermId, 3> parts;
    for (std::size_t i = 0; i < 3; ++i) parts[i] = TermId::from_bits(read_big_endian(bytes.data() + 1 + 8 * i));
    return parts;
}

bool encode_term(const TermView& term, const FindId& find, std::string& bytes) {
    switch (term.kind) {
        case TermKind::Iri: (bytes += 'I') += term.value; return true;
        case TermKind::BlankNode: (bytes += 'B') += term.value; return true;
        case TermKind::Literal: encode_literal(term, bytes); return true;
        case TermKind::TripleTerm: {
            const auto s = find(term.triple->subject), p = find(term.triple->predicate), o = find(term.triple->object);
            if (!s || !p || !o) return false;
            bytes += encode_triple({*s, *p, *o});
            return true;
        }
        default: return false;
    }
}

TermTag tag_of(std::string_view bytes) {
    switch (bytes.front()) {
        case 'I': return TermTag::Iri;
        case 'B': return TermTag::BlankNode;
        case 'T': return TermTag::TripleTerm;
        default: return TermTag::Literal;
    }
}

Term decode_term(std::string_view bytes) {
    const char kind = bytes.front();
    bytes.remove_prefix(1);
    if (kind == 'I') return Term::iri(std::string(bytes));
    if (kind == 'B') return Term::blank_node(std::string(bytes));
    if (kind == 'S') return Term::literal(std::string(bytes));
    const std::size_t end = bytes.find('\0');
    const std::string_view text = bytes.substr(end + 1);
    if (kind == 'G') return decode_language(bytes.substr(0, end), text);
    return Term::typed_literal(std::string(text), std::string(bytes.substr(0, end)));
}

}  // namespace tercet
