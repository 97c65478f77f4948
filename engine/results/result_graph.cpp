#include <ostream>
#include <utility>
#include <vector>

#include "engine/model/numeric.hpp"
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

/// What is to be drawn. Where rows have weights, all triples have.
struct Drawn {
    std::vector<Triple> triples;
    std::vector<double> weights;
};

/// The triples of a graph; of solutions the edges of paths, triple terms, and rows of three that make a triple, maybe with a number
/// behind them.
Drawn drawn_of(Result& result) {
    Drawn drawn;
    std::vector<Triple>& triples = drawn.triples;
    const std::size_t columns = result.variables().size();
    while (auto triple = result.next_triple()) triples.push_back(std::move(*triple));
    while (const Row* row = result.next()) {
        for (const Term& term : row->values()) {
            if (term.is_path() || term.is_triple_term()) triples.insert(triples.end(), term.triples->begin(), term.triples->end());
        }
        if ((columns != 3 && columns != 4) || !row->at(1).is_iri() || !row->at(0).is_defined() || !row->at(2).is_defined()) continue;
        triples.push_back({row->at(0), row->at(1), row->at(2)});
        const auto weight = columns == 4 ? Numeric::parse(row->at(3).value, row->at(3).datatype) : std::nullopt;
        if (!weight) continue;
        drawn.weights.resize(triples.size() - 1, 0);
        drawn.weights.push_back(weight->to_double());
    }
    if (triples.empty() && result.kind() == ResultKind::Bindings && columns != 3 && columns != 4) {
        throw Error(ErrorCode::InvalidArgument,
                    "nothing to draw: the answer has no paths, no triple terms, and not three columns, or four with a weight; use CONSTRUCT");
    }
    return drawn;
}

using Draw = void (*)(std::ostream&, const std::vector<Triple>&, const PictureOptions&);

std::uint64_t write_picture(Result& result, std::ostream& out, const WriteOptions& options, Draw draw) {
    Drawn drawn = drawn_of(result);
    const auto evidence = [&](const Triple& triple) { return result.evidence(triple); };
    draw(out, drawn.triples, {options.prefixes, {}, std::move(drawn.weights), evidence});
    return drawn.triples.size();
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
