#include "engine/storage/memory_source.hpp"

#include <algorithm>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/quad_order.hpp"

namespace tercet::storage {
namespace {

QuadPattern of_predicate(TermId predicate) { return {{TermId::any(), predicate, TermId::any(), TermId::any()}}; }

/// How many different terms the slot has among the quads of a predicate, which an order that starts with the two holds.
std::uint64_t count_distinct(const SortedQuads& quads, const IndexOrder& order, TermId predicate) {
    const std::size_t slot = order.position[1];
    const auto cursor = quads.scan(order, of_predicate(predicate));
    const auto batch = std::make_unique<QuadBatch>();
    std::uint64_t count = 0;
    TermId last = TermId::any();
    while (cursor->next(*batch)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            count += batch->column[slot][i] != last ? 1 : 0;
            last = batch->column[slot][i];
        }
    }
    return count;
}

/// The different terms in the leading slot of an order.
std::vector<TermId> leading_terms(const SortedQuads& quads, const IndexOrder& order) {
    const std::size_t slot = order.position[0];
    const auto& sorted = quads.in(order);
    std::vector<TermId> found;
    for (auto at = sorted.begin(); at != sorted.end();) {
        found.push_back(at->slot[slot]);
        at = std::upper_bound(at, sorted.end(), found.back(),
                              [slot](TermId value, const Quad& quad) { return value < quad.slot[slot]; });
    }
    return found;
}

}  // namespace

MemorySource::MemorySource(std::shared_ptr<const MemoryDictionary> dictionary, std::uint64_t terms,
                           std::shared_ptr<const std::vector<Quad>> quads, Prefixes prefixes, std::uint64_t version)
    : dictionary_(std::move(dictionary)),
      terms_(terms),
      quads_(std::move(quads)),
      indexes_(quads_),
      prefixes_(std::move(prefixes)),
      version_(version) {}

PredicateStatistics MemorySource::predicate_statistics(TermId predicate) const {
    const std::scoped_lock lock(mutex_);
    const auto known = statistics_.find(predicate);
    if (known != statistics_.end()) return known->second;
    const PredicateStatistics counted{indexes_.count(of_predicate(predicate)),
                                      count_distinct(indexes_, kBySubject, predicate),
                                      count_distinct(indexes_, kByObject, predicate)};
    return statistics_.emplace(predicate, counted).first->second;
}

StoreStatistics MemorySource::statistics() const {
    if (quads_->empty()) return {0, 0, 0, terms_};
    return {quads_->size(), quads_->size() - indexes_.in(kByGraph).size(), leading_terms(indexes_, kByObject).size(),
            terms_};
}

std::vector<TermId> MemorySource::graphs() const { return leading_terms(indexes_, kByGraph); }

std::optional<TermId> MemorySource::find_bytes(std::string_view bytes) const {
    const auto id = dictionary_->find(bytes);
    return id && id->rank() < terms_ ? id : std::nullopt;
}

std::optional<TermId> MemorySource::find(const TermView& term) const {
    if (const auto id = inline_id(term)) return id;
    std::string bytes;
    if (!encode_term(
            term, [&](const TermView& part) { return find(part); }, bytes))
        return std::nullopt;
    return find_bytes(bytes);
}

std::optional<TermId> MemorySource::find_triple(const std::array<TermId, 3>& parts) const {
    return find_bytes(encode_triple(parts));
}

Term MemorySource::term(TermId id) const {
    if (!id.is_defined()) return {};
    if (id.is_inline()) return inline_term(id);
    if (id.tag() != TermTag::TripleTerm) return decode_term(dictionary_->bytes(id));
    const auto [s, p, o] = decode_parts(id);
    return Term::triple_term({term(s), term(p), term(o)});
}

std::vector<Term> MemorySource::terms(std::span<const TermId> ids) const {
    std::vector<Term> found;
    found.reserve(ids.size());
    for (const TermId id : ids) found.push_back(term(id));
    return found;
}

std::array<TermId, 3> MemorySource::decode_parts(TermId id) const { return decode_triple(dictionary_->bytes(id)); }

}  // namespace tercet::storage
