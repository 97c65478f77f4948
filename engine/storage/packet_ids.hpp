#pragma once

#include <vector>

#include "engine/model/store.hpp"
#include "engine/model/term_codec.hpp"

namespace tercet::storage {

/// Adds a packet to a transaction, whose dictionary gives an id to the bytes of a term and their hash by `intern`. It is told
/// by `expect` of hashes that come soon, so that it can have memory fetch their places.
template <typename Intern, typename Expect>
void add_packet(Transaction& transaction, const QuadPacket& packet, Intern intern, Expect expect) {
    constexpr std::size_t kAhead = 12;
    for (const auto& [name, iri] : packet.prefixes) transaction.declare_prefix(name, iri);
    std::vector<TermId> ids;
    ids.reserve(packet.terms.size());
    const auto id_of = [&](TermId id) { return id.is_local() ? ids[id.rank()] : id; };
    for (std::size_t i = 0; i < packet.terms.size(); ++i) {
        if (i + kAhead < packet.terms.size()) expect(packet.terms[i + kAhead].hash);
        const QuadPacket::Entry& entry = packet.terms[i];
        const std::string_view bytes = packet.bytes_of(entry);
        if (tag_of(bytes) == TermTag::TripleTerm) {
            auto parts = decode_triple(bytes);
            for (TermId& part : parts) part = id_of(part);
            const std::string triple = encode_triple(parts);
            ids.push_back(intern(triple, hash_term(triple)));
        } else {
            ids.push_back(intern(bytes, entry.hash));
        }
    }
    for (Quad quad : packet.quads) {
        for (TermId& id : quad.slot) id = id_of(id);
        transaction.add(quad);
    }
}

}  // namespace tercet::storage
