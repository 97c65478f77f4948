#include "engine/database/renaming.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "engine/model/index_choice.hpp"
#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::string_view kMergeNamespace = "urn:tercet:merge:";
constexpr std::string_view kMerge = "urn:tercet:vocabulary:Merge";
constexpr std::string_view kMergedName = "urn:tercet:vocabulary:mergedName";
constexpr std::string_view kMergedInto = "urn:tercet:vocabulary:mergedInto";
constexpr std::string_view kBecause = "urn:tercet:vocabulary:because";
constexpr std::string_view kReplaced = "urn:tercet:vocabulary:replaced";
constexpr std::string_view kAlsoStated = "urn:tercet:vocabulary:alsoStated";

std::string merge_iri(std::string_view name) { return std::string(kMergeNamespace) + std::string(name); }

std::vector<Quad> quads_like(const QuadSource& source, const QuadPattern& pattern) {
    std::vector<Quad> quads;
    const auto cursor = source.scan(best_order(pattern), pattern);
    const auto batch = std::make_unique<QuadBatch>();
    while (cursor->next(*batch)) {
        for (std::size_t i = 0; i < batch->size; ++i) quads.push_back(batch->quad(i));
    }
    return quads;
}

std::vector<Quad> quads_about(const QuadSource& source, std::string_view subject, std::string_view predicate) {
    const auto s = source.find(TermView::iri(subject));
    const auto p = source.find(TermView::iri(predicate));
    return s && p ? quads_like(source, {{*s, *p, TermId::any(), TermId::any()}}) : std::vector<Quad>();
}

/// The text of a property of a merge; empty if it has none.
std::string value_of(const QuadSource& source, std::string_view merge, std::string_view predicate) {
    const std::vector<Quad> quads = quads_about(source, merge, predicate);
    return quads.empty() ? std::string() : source.term(quads.front().object()).value;
}

/// Turns quads of a merged name into quads of the one that it was merged into.
class Renamer {
public:
    Renamer(Transaction& transaction, const Merge& merge)
        : transaction_(transaction),
          source_(transaction.view()),
          from_(transaction.intern(TermView::iri(merge.name))),
          to_(transaction.intern(TermView::iri(merge.into))),
          label_(transaction.intern(TermView::iri(vocabulary::rdfs::kLabel))),
          alt_label_(transaction.intern(TermView::iri(vocabulary::skos::kAltLabel))),
          merge_(transaction.intern(TermView::iri(merge_iri(merge.name)))),
          replaced_(transaction.intern(TermView::iri(kReplaced))),
          also_stated_(transaction.intern(TermView::iri(kAlsoStated))) {}

    void apply() {
        for (const Quad& quad : quads_of_name()) {
            const Quad renamed = rename(quad);
            const Quad record = note(replaced_, quad);
            // What an article says of both names is found in its graph; the default graph needs no record of that.
            const bool is_genuine = source_->contains(renamed) && !source_->contains(record) && !is_said_elsewhere(renamed);
            if (is_genuine) transaction_.add(note(also_stated_, renamed));
            transaction_.remove(quad);
            transaction_.add(renamed);
            transaction_.add(record);
        }
    }

    void undo() {
        std::vector<Quad> records = quads_like(*source_, {{merge_, replaced_, TermId::any(), TermId::any()}});
        // Named graphs first: the default graph keeps what any of them still says.
        std::ranges::stable_partition(records, [](const Quad& record) { return record.graph().is_defined(); });
        for (const Quad& record : records) undo(record);
        for (const Quad& record : quads_like(*source_, {{merge_, also_stated_, TermId::any(), TermId::any()}})) transaction_.remove(record);
    }

private:
    void undo(const Quad& record) {
        const auto [subject, predicate, object] = source_->triple(record.object());
        const Quad original{{subject, predicate, object, record.graph()}};
        const Quad renamed = rename(original);
        transaction_.remove(record);
        if (!source_->contains(renamed)) return;  // gone since
        transaction_.add(original);
        if (!source_->contains(note(also_stated_, renamed)) && !is_said_elsewhere(renamed)) remove(renamed);
    }

    void remove(const Quad& quad) {
        transaction_.remove(quad);
        removed_.insert(quad.slot);
    }

    /// Whether a named graph still holds a triple of the default graph.
    [[nodiscard]] bool is_said_elsewhere(const Quad& quad) const {
        if (quad.graph().is_defined()) return false;
        const auto same = quads_like(*source_, {{quad.subject(), quad.predicate(), quad.object(), TermId::any()}});
        return std::ranges::any_of(same, [&](const Quad& other) { return other.graph().is_defined() && !removed_.contains(other.slot); });
    }

    [[nodiscard]] std::vector<Quad> quads_of_name() const {
        std::vector<Quad> quads;
        for (std::size_t slot = 0; slot < 3; ++slot) {
            QuadPattern pattern{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};
            pattern.slot[slot] = from_;
            std::ranges::move(quads_like(*source_, pattern), std::back_inserter(quads));
        }
        if (quads.empty()) return quads;  // what is reified is described too
        if (const auto reifies = source_->find(TermView::iri(vocabulary::rdf::kReifies))) {
            for (const Quad& quad : quads_like(*source_, {{TermId::any(), *reifies, TermId::any(), TermId::any()}})) {
                if (mentions(quad.object())) quads.push_back(quad);
            }
        }
        std::ranges::sort(quads, {}, &Quad::slot);
        const auto doubles = std::ranges::unique(quads, {}, &Quad::slot);
        quads.erase(doubles.begin(), doubles.end());
        return quads;
    }

    [[nodiscard]] bool mentions(TermId id) const {
        if (id.tag() != TermTag::TripleTerm) return id == from_;
        return std::ranges::any_of(source_->triple(id), [this](TermId part) { return mentions(part); });
    }

    [[nodiscard]] Quad rename(const Quad& quad) {
        const bool is_label = quad.subject() == from_ && quad.predicate() == label_;
        return {{rename(quad.subject()), is_label ? alt_label_ : rename(quad.predicate()), rename(quad.object()), quad.graph()}};
    }
    [[nodiscard]] TermId rename(TermId id) {
        if (id == from_) return to_;
        if (id.tag() != TermTag::TripleTerm || !mentions(id)) return id;
        const std::array<TermId, 3> parts = source_->triple(id);
        return triple_term({rename(parts[0]), rename(parts[1]), rename(parts[2])});
    }

    [[nodiscard]] TermId triple_term(const std::array<TermId, 3>& parts) {
        if (const auto known = source_->find_triple(parts)) return *known;
        const std::array<Term, 3> terms{source_->term(parts[0]), source_->term(parts[1]), source_->term(parts[2])};
        const TermViewHolder subject(terms[0]);
        const TermViewHolder predicate(terms[1]);
        const TermViewHolder object(terms[2]);
        const TripleView triple{subject.view(), predicate.view(), object.view()};
        return transaction_.intern({TermKind::TripleTerm, {}, {}, {}, {}, &triple});
    }

    [[nodiscard]] Quad note(TermId predicate, const Quad& quad) {
        return {{merge_, predicate, triple_term({quad.subject(), quad.predicate(), quad.object()}), quad.graph()}};
    }

    Transaction& transaction_;
    std::shared_ptr<const QuadSource> source_;
    TermId from_;
    TermId to_;
    TermId label_;
    TermId alt_label_;
    TermId merge_;
    TermId replaced_;
    TermId also_stated_;
    std::set<std::array<TermId, 4>> removed_;
};


}  // namespace

std::vector<Merge> find_merges(const QuadSource& source) {
    std::vector<Merge> merges;
    const auto type = source.find(TermView::iri(vocabulary::rdf::kType));
    const auto merge_class = source.find(TermView::iri(kMerge));
    if (!type || !merge_class) return merges;
    for (const Quad& quad : quads_like(source, {{TermId::any(), *type, *merge_class, TermId()}})) {
        const std::string iri = source.term(quad.subject()).value;
        merges.push_back({value_of(source, iri, kMergedName), value_of(source, iri, kMergedInto), value_of(source, iri, kBecause)});
    }
    std::ranges::sort(merges, {}, &Merge::name);
    return merges;
}

void add_merge(Transaction& transaction, const Merge& merge) {
    if (merge.name == merge.into) throw Error(ErrorCode::InvalidArgument, merge.name + " cannot be merged into itself");
    for (const Merge& other : find_merges(*transaction.view())) {
        if (other.name == merge.name) throw Error(ErrorCode::InvalidArgument, merge.name + " is merged into " + other.into + " already; split it first");
        if (other.name == merge.into) throw Error(ErrorCode::InvalidArgument, merge.into + " is merged into " + other.into + "; name that one instead");
        if (other.into == merge.name) throw Error(ErrorCode::InvalidArgument, other.name + " is merged into " + merge.name + "; split it first");
    }
    const std::string iri = merge_iri(merge.name);
    const auto say = [&](std::string_view predicate, const TermView& object) { transaction.add({TermView::iri(iri), TermView::iri(predicate), object, {}}); };
    say(vocabulary::rdf::kType, TermView::iri(kMerge));
    say(kMergedName, TermView::literal(merge.name, vocabulary::xsd::kString));
    say(kMergedInto, TermView::iri(merge.into));
    if (!merge.because.empty()) say(kBecause, TermView::literal(merge.because, vocabulary::xsd::kString));
}

void apply_merges(Transaction& transaction) {
    for (const Merge& merge : find_merges(*transaction.view())) Renamer(transaction, merge).apply();
}

bool undo_merge(Transaction& transaction, std::string_view name) {
    const auto source = transaction.view();
    const std::vector<Merge> merges = find_merges(*source);
    const auto found = std::ranges::find(merges, name, &Merge::name);
    if (found == merges.end()) return false;
    Renamer(transaction, *found).undo();
    for (const std::string_view predicate : {vocabulary::rdf::kType, kMergedName, kMergedInto, kBecause}) {
        for (const Quad& quad : quads_about(*source, merge_iri(name), predicate)) transaction.remove(quad);
    }
    return true;
}

}  // namespace tercet
