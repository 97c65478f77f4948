#include "engine/model/quad_packet.hpp"

#include <algorithm>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::size_t kFirstTable = 4096;

}  // namespace

void PacketBuilder::add(const QuadView& quad) {
    const TermView& graph = quad.graph.kind == TermKind::Undefined ? graph_ : quad.graph;
    const Quad before = packet_.quads.empty() ? Quad{} : packet_.quads.back();
    const TermId subject = intern_after(quad.subject, before.subject());
    const TermId predicate = intern_after(quad.predicate, before.predicate());
    const TermId object = intern(quad.object);
    packet_.quads.push_back({{subject, predicate, object, intern_after(graph, before.graph())}});
}

QuadPacket PacketBuilder::take() {
    QuadPacket taken;
    std::swap(taken, packet_);
    table_.clear();
    return taken;
}

TermId PacketBuilder::intern_after(const TermView& term, TermId previous) {
    if (term.kind == TermKind::Iri && previous.is_local()) {
        const std::string_view bytes = packet_.bytes_of(packet_.terms[previous.rank()]);
        if (bytes.front() == 'I' && bytes.substr(1) == term.value) return previous;
    }
    return intern(term);
}

TermId PacketBuilder::intern(const TermView& term) {
    if (term.kind == TermKind::Undefined) return {};
    if (const auto id = inline_id(term)) return *id;
    if (term.kind == TermKind::TripleTerm) {
        const std::array<TermId, 3> parts{intern(term.triple->subject), intern(term.triple->predicate), intern(term.triple->object)};
        const std::size_t begin = packet_.bytes.size();
        packet_.bytes += encode_triple(parts);
        return known_or_new(begin);
    }
    const std::size_t begin = packet_.bytes.size();
    if (!encode_term(term, {}, packet_.bytes)) throw Error(ErrorCode::InvalidArgument, "a path cannot be stored");
    return known_or_new(begin);
}

/// The id of the term whose bytes were just appended; if it is known, they are taken back.
TermId PacketBuilder::known_or_new(std::size_t begin) {
    if (2 * (packet_.terms.size() + 1) > table_.size()) grow();
    const std::string_view bytes = std::string_view(packet_.bytes).substr(begin);
    const TermHash hash = hash_term(bytes);
    const TermTag tag = tag_of(bytes);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t at = hash.high & mask;; at = (at + 1) & mask) {
        if (table_[at] == 0) {
            packet_.terms.push_back({hash, begin, bytes.size()});
            table_[at] = static_cast<std::uint32_t>(packet_.terms.size());
            return TermId::ranked(tag, TermId::Segment::Local, packet_.terms.size() - 1);
        }
        if (packet_.terms[table_[at] - 1].hash == hash) {
            packet_.bytes.resize(begin);
            return TermId::ranked(tag, TermId::Segment::Local, table_[at] - 1);
        }
    }
}

void PacketBuilder::grow() {
    table_.assign(std::max(kFirstTable, 2 * table_.size()), 0);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t i = 0; i < packet_.terms.size(); ++i) {
        std::size_t at = packet_.terms[i].hash.high & mask;
        while (table_[at] != 0) at = (at + 1) & mask;
        table_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

}  // namespace tercet
