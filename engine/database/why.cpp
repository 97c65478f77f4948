#include <algorithm>
#include <cstdlib>

#include "engine/database/implementation.hpp"
#include "engine/model/index_choice.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/planner.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::string_view kDerivedFrom = "http://www.w3.org/ns/prov#wasDerivedFrom";
constexpr std::string_view kNif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
constexpr std::string_view kHeadline = "https://schema.org/headline";

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

/// Reads what is said about one resource in the default graph.
class Description {
public:
    Description(const QuadSource& source, TermId resource) : source_(source) {
        const QuadPattern pattern{{resource, TermId::any(), TermId::any(), TermId{}}};
        const auto cursor = source.scan(best_order(pattern), pattern);
        const auto batch = std::make_unique<QuadBatch>();
        while (cursor->next(*batch)) {
            for (std::size_t i = 0; i < batch->size; ++i) facts_.emplace_back(source.term(batch->column[1][i]).value, batch->column[2][i]);
        }
    }
    [[nodiscard]] TermId id(std::string_view predicate) const {
        const auto found = std::find_if(facts_.begin(), facts_.end(), [&](const auto& fact) { return fact.first == predicate; });
        return found == facts_.end() ? TermId{} : found->second;
    }
    [[nodiscard]] std::string text(std::string_view predicate) const {
        const TermId value = id(predicate);
        return value.is_defined() ? source_.term(value).value : std::string();
    }

private:
    const QuadSource& source_;
    std::vector<std::pair<std::string, TermId>> facts_;
};

std::string kg(const char* name) { return std::string(vocabulary::kTercet) + name; }

std::string local(const std::string& iri) { return iri.substr(iri.find_last_of("/#:") + 1); }

class EvidenceFinder {
public:
    explicit EvidenceFinder(const QuadSource& source) : source_(source) {}

    void add(const Triple& triple, std::vector<Evidence>& found) {
        const auto s = find(triple.subject), p = find(triple.predicate), o = find(triple.object);
        if (!s || !p || !o) return;
        const QuadPattern stored{{*s, *p, *o, TermId::any()}};
        if (source_.estimate(stored) == 0) return;
        const std::size_t before = found.size();
        const auto reified = source_.find_triple({*s, *p, *o});
        const auto reifies = find(Term::iri(std::string(vocabulary::rdf::kReifies)));
        if (reified && reifies) {
            const QuadPattern pattern{{TermId::any(), *reifies, *reified, TermId{}}};
            const auto cursor = source_.scan(best_order(pattern), pattern);
            const auto batch = std::make_unique<QuadBatch>();
            while (cursor->next(*batch)) {
                for (std::size_t i = 0; i < batch->size; ++i) found.push_back(describe(triple, batch->column[0][i]));
            }
        }
        if (found.size() == before) {
            Evidence plain;
            plain.triple = triple;
            found.push_back(std::move(plain));
        }
    }

private:
    [[nodiscard]] std::optional<TermId> find(const Term& term) const {
        const TermViewHolder holder(term);
        return source_.find(holder.view());
    }

    [[nodiscard]] Evidence describe(const Triple& triple, TermId reifier) const {
        const Description occurrence(source_, reifier);
        Evidence evidence;
        evidence.triple = triple;
        evidence.polarity = local(occurrence.text(kg("polarity")));
        evidence.modality = local(occurrence.text(kg("modality")));
        evidence.rule = occurrence.text(kg("rule"));
        evidence.confidence = std::strtod(occurrence.text(kg("confidence")).c_str(), nullptr);
        if (const TermId speaker = occurrence.id(kg("attributedTo")); speaker.is_defined()) {
            evidence.speaker = Description(source_, speaker).text(vocabulary::rdfs::kLabel);
            if (evidence.speaker.empty()) evidence.speaker = source_.term(speaker).value;
        }
        const TermId place = occurrence.id(kDerivedFrom);
        if (!place.is_defined()) return evidence;
        const Description sentence(source_, place);
        evidence.sentence = sentence.text(std::string(kNif) + "anchorOf");
        const TermId article = sentence.id(std::string(kNif) + "referenceContext");
        if (!article.is_defined()) return evidence;
        evidence.article = source_.term(article).value;
        evidence.headline = Description(source_, article).text(kHeadline);
        return evidence;
    }

    const QuadSource& source_;
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
