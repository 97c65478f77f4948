#include "engine/storage/memory_store.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/memory_dictionary.hpp"
#include "engine/storage/overlay_source.hpp"
#include "engine/storage/pending_changes.hpp"
#include "engine/storage/sorted_quads.hpp"
#include "engine/storage/writer_turn.hpp"

namespace tercet::storage {
namespace {

using Prefixes = std::map<std::string, std::string>;

/// How often the first part of the key changes among the keys that start with it.
std::uint64_t count_changes(const std::vector<Key>& keys, TermId first, std::size_t part) {
    auto at = std::lower_bound(keys.begin(), keys.end(), Key{first, TermId{}, TermId{}, TermId{}});
    std::uint64_t changes = 0;
    TermId previous = TermId::any();
    for (; at != keys.end() && (*at)[0] == first; ++at) {
        changes += (*at)[part] != previous ? 1 : 0;
        previous = (*at)[part];
    }
    return changes;
}

class MemorySource final : public QuadSource {
public:
    MemorySource(std::shared_ptr<MemoryDictionary> dictionary, SortedQuads quads, Prefixes prefixes, std::uint64_t version)
        : dictionary_(std::move(dictionary)), quads_(std::move(quads)), prefixes_(std::move(prefixes)), version_(version) {}

    [[nodiscard]] const SortedQuads& quads() const noexcept { return quads_; }
    [[nodiscard]] const Prefixes& prefix_map() const noexcept { return prefixes_; }

    std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override {
        return quads_.scan(order, pattern);
    }
    bool contains(const Quad& quad) const override { return quads_.contains(quad); }
    std::uint64_t estimate(const QuadPattern& pattern) const override { return quads_.count(pattern); }

    PredicateStatistics predicate_statistics(TermId predicate) const override {
        const std::scoped_lock lock(mutex_);
        const auto known = statistics_.find(predicate);
        if (known != statistics_.end()) return known->second;
        PredicateStatistics result;
        result.triples = quads_.count({{TermId::any(), predicate, TermId::any(), TermId::any()}});
        result.distinct_subjects = count_changes(quads_.keys(kIndexOrders[3]), predicate, 1);
        result.distinct_objects = count_changes(quads_.keys(kIndexOrders[1]), predicate, 1);
        return statistics_.emplace(predicate, result).first->second;
    }

    StoreStatistics statistics() const override {
        const auto& by_predicate = quads_.keys(kIndexOrders[1]);
        StoreStatistics result;
        result.quads = quads_.size();
        result.default_graph_quads = quads_.size() - quads_.keys(kIndexOrders.back()).size();
        for (auto at = by_predicate.begin(); at != by_predicate.end();) {
            ++result.predicates;
            at = std::upper_bound(at, by_predicate.end(), Key{(*at)[0], TermId::any(), TermId::any(), TermId::any()});
        }
        result.terms = dictionary_->size();
        return result;
    }

    std::vector<TermId> graphs() const override {
        std::vector<TermId> names;
        const auto& keys = quads_.keys(kIndexOrders.back());
        for (auto at = keys.begin(); at != keys.end();) {
            names.push_back((*at)[0]);
            at = std::upper_bound(at, keys.end(), Key{(*at)[0], TermId::any(), TermId::any(), TermId::any()});
        }
        return names;
    }

    std::optional<TermId> find(const TermView& term) const override {
        if (const auto id = inline_id(term)) return id;
        std::string bytes;
        if (!encode_term(term, [&](const TermView& part) { return find(part); }, bytes)) return std::nullopt;
        return dictionary_->find(bytes);
    }
    Term term(TermId id) const override {
        if (id.is_inline()) return inline_term(id);
        const std::string_view bytes = dictionary_->bytes(id);
        if (id.tag() != TermTag::TripleTerm) return decode_term(bytes);
        const auto [s, p, o] = decode_triple(bytes);
        return Term::triple_term({term(s), term(p), term(o)});
    }
    std::vector<Term> terms(std::span<const TermId> ids) const override {
        std::vector<Term> found;
        found.reserve(ids.size());
        for (const TermId id : ids) found.push_back(term(id));
        return found;
    }
    std::array<TermId, 3> triple(TermId id) const override { return decode_triple(dictionary_->bytes(id)); }
    std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override {
        return dictionary_->find(encode_triple(parts));
    }
    std::vector<std::pair<std::string, std::string>> prefixes() const override { return {prefixes_.begin(), prefixes_.end()}; }
    std::uint64_t version() const override { return version_; }

private:
    std::shared_ptr<MemoryDictionary> dictionary_;
    SortedQuads quads_;
    Prefixes prefixes_;
    std::uint64_t version_;
    mutable std::mutex mutex_;
    mutable std::map<TermId, PredicateStatistics> statistics_;
};

}  // namespace

struct MemoryStore::Shared {
    std::shared_ptr<MemoryDictionary> dictionary = std::make_shared<MemoryDictionary>();
    mutable std::mutex mutex;
    std::shared_ptr<const MemorySource> current = std::make_shared<MemorySource>(dictionary, SortedQuads{}, Prefixes{}, 0);
    WriterTurn writer;

    [[nodiscard]] std::shared_ptr<const MemorySource> snapshot() const {
        const std::scoped_lock lock(mutex);
        return current;
    }
};

namespace {

/// Terms go into the dictionary at once: a term that no quad uses is never seen.
template <typename Shared>
class MemoryTransaction final : public Transaction {
public:
    explicit MemoryTransaction(std::shared_ptr<Shared> shared)
        : shared_(std::move(shared)), turn_(shared_->writer), base_(shared_->snapshot()), prefixes_(base_->prefix_map()) {}

    void add(const QuadView& quad) override {
        Quad ids{{intern(quad.subject), intern(quad.predicate), intern(quad.object), TermId{}}};
        if (quad.graph.kind != TermKind::Undefined) ids.slot[3] = intern(quad.graph);
        changes_.add(ids);
    }
    void declare_prefix(std::string_view name, std::string_view iri) override { prefixes_[std::string(name)] = iri; }

    TermId intern(const TermView& term) override {
        if (const auto id = inline_id(term)) return *id;
        std::string bytes;
        static_cast<void>(encode_term(term, [&](const TermView& part) { return std::optional(intern(part)); }, bytes));
        return shared_->dictionary->add(bytes);
    }
    void add(const Quad& quad) override { changes_.add(quad); }
    void remove(const Quad& quad) override { changes_.remove(quad); }

    std::shared_ptr<const QuadSource> view() override {
        changes_.settle(*base_);
        return std::make_shared<OverlaySource>(base_, base_, changes_.additions(), changes_.removals());
    }
    std::uint64_t added() const override { return settled().additions().size(); }
    std::uint64_t removed() const override { return settled().removals().size(); }

    void commit() override {
        changes_.settle(*base_);
        auto next = std::make_shared<MemorySource>(shared_->dictionary, SortedQuads(base_->quads(), changes_.additions(), changes_.removals()),
                                                   prefixes_, base_->version() + 1);
        const std::scoped_lock lock(shared_->mutex);
        shared_->current = std::move(next);
    }

private:
    const PendingChanges& settled() const {
        changes_.settle(*base_);
        return changes_;
    }

    std::shared_ptr<Shared> shared_;
    WriterTurn::Guard turn_;
    std::shared_ptr<const MemorySource> base_;
    mutable PendingChanges changes_;
    Prefixes prefixes_;
};

}  // namespace

MemoryStore::MemoryStore() : shared_(std::make_shared<Shared>()) {}
MemoryStore::~MemoryStore() = default;

std::shared_ptr<const QuadSource> MemoryStore::snapshot() const { return shared_->snapshot(); }

std::unique_ptr<Transaction> MemoryStore::begin() { return std::make_unique<MemoryTransaction<Shared>>(shared_); }

}  // namespace tercet::storage
