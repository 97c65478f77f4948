#include <ostream>
#include <vector>

#include "engine/results/picture.hpp"
#include "engine/results/rdf_writer.hpp"
#include "engine/results/writers.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

std::uint64_t write_rdf(Result& result, std::ostream& out, RdfFormat format, const Prefixes& prefixes) {
    const auto writer = make_rdf_writer(format, out, prefixes);
    std::uint64_t count = 0;
    for (; const auto triple = result.next_triple(); ++count) {
        const TermViewHolder s(triple->subject), p(triple->predicate), o(triple->object);
        writer->add(QuadView{s.view(), p.view(), o.view(), {}});
    }
    writer->finish();
    return count;
}

/// The triples of a graph; of solutions the edges of paths, triple terms, and rows of three that make a triple.
std::vector<Triple> triples_of(Result& result) {
    std::vector<Triple> triples;
    while (auto triple = result.next_triple()) triples.push_back(std::move(*triple));
    while (const Row* row = result.next()) {
        for (const Term& term : row->values()) {
            if (term.is_path() || term.is_triple_term()) triples.insert(triples.end(), term.triples->begin(), term.triples->end());
        }
        if (row->values().size() == 3 && row->at(1).is_iri()) triples.push_back({row->at(0), row->at(1), row->at(2)});
    }
    if (triples.empty() && result.kind() == ResultKind::Bindings && result.variables().size() != 3) {
        throw Error(ErrorCode::InvalidArgument, "nothing to draw: the answer has no paths, no triple terms and not three columns; use CONSTRUCT");
    }
    return triples;
}

using Draw = void (*)(std::ostream&, const std::vector<Triple>&, const PictureOptions&);

std::uint64_t write_picture(Result& result, std::ostream& out, const WriteOptions& options, Draw draw) {
    const auto triples = triples_of(result);
    draw(out, triples, {options.prefixes, {}});
    return triples.size();
}

}  // namespace

std::uint64_t write_ntriples(Result& result, std::ostream& out, const WriteOptions&) {
    return write_rdf(result, out, RdfFormat::NTriples, {});
}
std::uint64_t write_turtle(Result& result, std::ostream& out, const WriteOptions& options) {
    return write_rdf(result, out, RdfFormat::Turtle, options.prefixes);
}
std::uint64_t write_dot_picture(Result& result, std::ostream& out, const WriteOptions& options) {
    return write_picture(result, out, options, write_dot);
}
std::uint64_t write_svg_picture(Result& result, std::ostream& out, const WriteOptions& options) {
    return write_picture(result, out, options, write_svg);
}
std::uint64_t write_html_picture(Result& result, std::ostream& out, const WriteOptions& options) {
    return write_picture(result, out, options, write_html);
}

}  // namespace tercet::results
