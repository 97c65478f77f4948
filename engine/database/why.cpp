#include <algorithm>

#include "engine/database/evidence.hpp"
#include "engine/database/implementation.hpp"
#include "engine/plan/planner.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

/// The triple patterns of a group and the groups in it, as a template. What is subtracted stands behind no answer.
class PatternCollector {
public:
    std::vector<sparql::TriplePattern> patterns;

    void collect(const sparql::GroupGraphPattern& group) {
        for (const auto& element : group.elements) std::visit([this](const auto& e) { visit(e); }, element);
    }

private:
    void visit(const sparql::TriplesBlock& block) {
        for (const auto& triple : block.triples) {
            if (std::holds_alternative<sparql::TermPattern>(triple.verb)) patterns.push_back(triple);
        }
    }
    void visit(const sparql::GroupOrUnionGraphPattern& e) { for (const auto& group : e.alternatives) collect(*group); }
    void visit(const sparql::OptionalGraphPattern& e) { collect(*e.pattern); }
    void visit(const sparql::GraphGraphPattern& e) { collect(*e.pattern); }
    template <typename Other>
    void visit(const Other&) {}
};

/// All ways to read a triple whose names may stand for others.
std::vector<Triple> readings(const Triple& triple, const QuadSource& source, bool resolve) {
    if (!resolve) return {triple};
    std::vector<Triple> all;
    for (const Term& s : plan::resolve_name(triple.subject, source)) {
        for (const Term& p : plan::resolve_name(triple.predicate, source)) {
            for (const Term& o : plan::resolve_name(triple.object, source)) all.push_back({s, p, o});
        }
    }
    return all;
}

const sparql::GroupGraphPattern* where_of(const sparql::Query& query) {
    return std::visit([](const auto& form) -> const sparql::GroupGraphPattern* { return form.where ? form.where.get() : nullptr; }, query.form);
}

}  // namespace

std::vector<Evidence> Database::why(std::string_view text, std::size_t row, const QueryOptions& options) const {
    const auto source = implementation_->store->snapshot();
    const sparql::Query parsed = sparql::parse_query(text, implementation_->parse_options(options, *source));
    QueryOptions bound = options;
    std::vector<Triple> triples;

    if (std::holds_alternative<sparql::SelectQuery>(parsed.form)) {
        Result answer = query(text, options);
        const Row* found = nullptr;
        for (std::size_t i = 0; i < row; ++i) found = answer.next();
        if (found == nullptr) throw Error(ErrorCode::InvalidArgument, "the answer has no row " + std::to_string(row));
        for (std::size_t c = 0; c < answer.variables().size(); ++c) {
            const Term& value = found->at(c);
            if (value.is_path()) triples.insert(triples.end(), value.triples->begin(), value.triples->end());
            else if (value.is_defined() && !value.is_blank_node()) bound.parameters.emplace_back(answer.variables()[c], value);
        }
    }

    const sparql::GroupGraphPattern* where = where_of(parsed);
    if (where != nullptr) {
        PatternCollector collector;
        collector.collect(*where);
        sparql::ConstructQuery construct;
        construct.construct_template = collector.patterns;
        construct.where = std::make_shared<const sparql::GroupGraphPattern>(*where);
        sparql::Query asked;
        asked.dataset = parsed.dataset;
        asked.form = std::move(construct);
        algebra::Query translated = algebra::translate(asked, implementation_->parameters(bound, *source), implementation_->shared.projection_names.get());
        Result graph = make_result(std::make_unique<RunningQuery>(source, std::move(translated), bound, implementation_->start_call(options),
                                                            implementation_->shared));
        while (const auto triple = graph.next_triple()) {
            for (Triple& reading : readings(*triple, *source, options.resolve_names)) triples.push_back(std::move(reading));
        }
    }

    std::vector<Evidence> evidence;
    EvidenceFinder finder(*source);
    std::vector<Triple> seen;
    for (const Triple& triple : triples) {
        if (std::find(seen.begin(), seen.end(), triple) != seen.end()) continue;
        seen.push_back(triple);
        finder.add(triple, evidence);
    }
    // Triples with a sentence say more than the bookkeeping beside them.
    const bool any_sentence = std::any_of(evidence.begin(), evidence.end(), [](const Evidence& e) { return !e.sentence.empty(); });
    if (any_sentence) std::erase_if(evidence, [](const Evidence& e) { return e.sentence.empty(); });
    return evidence;
}

}  // namespace tercet
