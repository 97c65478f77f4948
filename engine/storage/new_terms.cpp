#include "engine/storage/new_terms.hpp"

#include <algorithm>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {

NewTerms::NewTerms(std::shared_ptr<const RocksSource> base, const std::string& directory)
    : base_(std::move(base)),
      first_rank_(base_->statistics().terms),
      bytes_(directory),
      intern_part_([this](const TermView& part) { return std::optional(intern(part)); }) {
    for (auto& [name, iri] : base_->prefixes()) prefixes_.emplace(std::move(name), std::move(iri));
}

TermId NewTerms::intern(const TermView& term) {
    if (const auto id = inline_id(term)) return *id;
    if (term.kind == TermKind::Undefined) return {};
    // Borrowed for its memory; the parts of a triple term, interned in between, do without.
    std::string bytes = std::move(buffer_);
    bytes.clear();
    if (!encode_term(term, intern_part_, bytes)) throw Error(ErrorCode::InvalidArgument, "a path cannot be stored");
    const TermId id = intern(bytes, hash_term(bytes));
    buffer_ = std::move(bytes);
    return id;
}

TermId NewTerms::intern(std::string_view bytes, const TermHash& hash) {
    TermId& known = table_.at(hash);
    if (!known.is_defined() && first_rank_ != 0) known = base_->find_hash(hash);
    if (!known.is_defined()) {
        known = TermId::ranked(tag_of(bytes), TermId::Segment::Tail, first_rank_ + bytes_.size());
        bytes_.add(bytes);
    }
    return known;
}

RawVector<TermTable::Entry> NewTerms::by_hash() const {
    return table_.sorted([&](const TermTable::Entry& entry) { return is_new(entry.id); });
}

void NewTerms::remember(TermCache& cache) const {
    if (bytes_.size() > TermCache::kMostTerms) return;
    for (const TermTable::Entry& entry : table_.entries()) {
        if (is_new(entry.id)) cache.insert(entry.hash, entry.id);
    }
}

bool NewTerms::is_new(TermId id) const noexcept {
    return id.is_defined() && !id.is_inline() && id.segment() == TermId::Segment::Tail && id.rank() >= first_rank_ &&
           id.rank() - first_rank_ < bytes_.size();
}

std::optional<TermId> NewTerms::find_hash(const TermHash& hash) const {
    TermId id = table_.find(hash);
    if (!id.is_defined()) id = base_->find_hash(hash);
    return id.is_defined() ? std::optional(id) : std::nullopt;
}

std::optional<TermId> NewTerms::find(const TermView& term) const {
    if (const auto id = inline_id(term)) return id;
    std::string bytes;
    if (!encode_term(
            term, [&](const TermView& part) { return find(part); }, bytes))
        return std::nullopt;
    return find_hash(hash_term(bytes));
}

std::optional<TermId> NewTerms::find_triple(const std::array<TermId, 3>& parts) const {
    return find_hash(hash_term(encode_triple(parts)));
}

Term NewTerms::term(TermId id) const {
    if (!is_new(id)) return base_->term(id);
    if (id.tag() != TermTag::TripleTerm) return decode_term(bytes_[id.rank() - first_rank_]);
    const auto [s, p, o] = triple(id);
    return Term::triple_term({term(s), term(p), term(o)});
}

std::vector<Term> NewTerms::terms(std::span<const TermId> ids) const {
    std::vector<Term> found;
    found.reserve(ids.size());
    for (const TermId id : ids) found.push_back(term(id));
    return found;
}

std::array<TermId, 3> NewTerms::triple(TermId id) const {
    return is_new(id) ? decode_triple(bytes_[id.rank() - first_rank_]) : base_->triple(id);
}

std::vector<std::pair<std::string, std::string>> NewTerms::prefixes() const {
    return {prefixes_.begin(), prefixes_.end()};
}

StoreStatistics NewTerms::statistics() const {
    StoreStatistics result = base_->statistics();
    result.terms += bytes_.size();
    return result;
}

}  // namespace tercet::storage
