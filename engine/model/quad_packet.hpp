#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/quad.hpp"
#include "engine/model/quad_sink.hpp"
#include "engine/model/term_hash.hpp"

namespace tercet {

/// Many quads with the terms that they are made of, each different term once: what parsers prepare on threads of their
/// own, so that little is left to do one after the other.
struct QuadPacket {
    /// The bytes of a term (term_codec.hpp). Those of a triple term hold ids of this packet.
    struct Entry {
        TermHash hash;
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    [[nodiscard]] std::string_view bytes_of(const Entry& entry) const { return {bytes.data() + entry.begin, entry.size}; }

    /// Ids are inline, or of the segment Local: then their rank is the place in `terms`.
    std::vector<Quad> quads;
    std::vector<Entry> terms;  ///< parts of a triple term come before it
    std::string bytes;
    std::vector<std::pair<std::string, std::string>> prefixes;  ///< that were declared, in order
};

/// Fills packets.
class PacketBuilder final : public QuadSink {
public:
    /// Quads of the default graph go to `graph`, if it is not Undefined; its views must outlive the builder.
    explicit PacketBuilder(const TermView& graph = {}) : graph_(graph) {}

    void add(const QuadView& quad) override;
    void declare_prefix(std::string_view name, std::string_view iri) override { packet_.prefixes.emplace_back(name, iri); }

    [[nodiscard]] std::size_t size() const noexcept { return packet_.quads.size(); }
    /// What was added since the last call.
    [[nodiscard]] QuadPacket take();

private:
    [[nodiscard]] TermId intern(const TermView& term);
    [[nodiscard]] TermId known_or_new(std::size_t begin);
    /// The id in the slot of the quad before, if it is the same term: subjects and predicates often come in runs.
    [[nodiscard]] TermId intern_after(const TermView& term, TermId previous);
    void grow();

    TermView graph_;
    QuadPacket packet_;
    std::vector<std::uint32_t> table_;  ///< by hash, linear probing: place in the packet's terms + 1, or 0
};

}  // namespace tercet
