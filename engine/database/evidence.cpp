#include "engine/database/evidence.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/model/index_choice.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/names.hpp"

namespace tercet {
namespace {

constexpr std::string_view kDerivedFrom = "http://www.w3.org/ns/prov#wasDerivedFrom";
constexpr std::string_view kNif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
constexpr std::string_view kHeadline = "https://schema.org/headline";

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

}  // namespace

void EvidenceFinder::add(const Triple& triple, std::vector<Evidence>& found) const {
    const auto s = plan::find_id(source_, triple.subject), p = plan::find_id(source_, triple.predicate), o = plan::find_id(source_, triple.object);
    if (!s || !p || !o) return;
    const QuadPattern stored{{*s, *p, *o, TermId::any()}};
    if (source_.estimate(stored) == 0) return;
    const std::size_t before = found.size();
    const auto reified = source_.find_triple({*s, *p, *o});
    const auto reifies = plan::find_id(source_, Term::iri(std::string(vocabulary::rdf::kReifies)));
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

Evidence EvidenceFinder::describe(const Triple& triple, TermId reifier) const {
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

}  // namespace tercet
