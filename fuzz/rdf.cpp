#include <sstream>
#include <string>

#include "fuzz/fuzz.hpp"
#include "parser/rdf/packet_reader.hpp"
#include "parser/rdf/reader.hpp"

namespace {

/// Looks at every byte of what is pushed, so that a sanitizer sees views that lead nowhere.
class Reader final : public tercet::QuadSink {
public:
    void add(const tercet::QuadView& quad) override {
        for (const auto* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) sum_ += tercet::to_term(*term).to_string().size();
    }
    void declare_prefix(std::string_view name, std::string_view iri) override { sum_ += std::string(name).size() + std::string(iri).size(); }

private:
    std::size_t sum_ = 0;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tercet::rdf;
    constexpr Format kFormat = Format::TERCET_FUZZ_FORMAT;
    const std::string text(tercet::fuzz::text_of(data, size));
    const ReadOptions options{"http://example/", "input", {}, {}, std::size_t{1} << 20U};
    Reader reader;
    tercet::fuzz::attempt([&] {
        std::istringstream in(text);
        (void)read(in, kFormat, options, reader);
    });
    if constexpr (kFormat == Format::NTriples || kFormat == Format::NQuads) {  // these have a scanner of their own there
        tercet::fuzz::attempt([&] {
            std::istringstream in(text);
            PacketOptions how;
            how.read = options;
            how.keep_going = true;
            read_packets(in, kFormat, how, [](const ParsedPacket&) {});
        });
    }
    return 0;
}
