#include "engine/storage/commit.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include "engine/storage/key_codec.hpp"
#include "engine/storage/statistics_change.hpp"

namespace tercet::storage {
namespace {

/// Each worker sorts a copy of the quads, or of a piece of them.
constexpr std::size_t kMostWorkers = 4;

/// One quad after the other of a stream.
class QuadReader {
public:
    explicit QuadReader(std::unique_ptr<QuadStream> stream) : stream_(std::move(stream)), block_(stream_->next()) {}
    [[nodiscard]] const Quad* current() const { return block_.empty() ? nullptr : &block_.front(); }
    void advance() {
        block_ = block_.subspan(1);
        if (block_.empty()) block_ = stream_->next();
    }

private:
    std::unique_ptr<QuadStream> stream_;
    std::span<const Quad> block_;
};

/// Calls each(quad, is_addition) for all changes that concern the order, sorted by it.
template <typename Each>
void for_each_change(const PendingChanges& changes, const IndexOrder& order, Each each) {
    QuadReader additions(changes.additions().sorted(order, changes.directory()));
    QuadReader removals(changes.removals().sorted(order, changes.directory()));
    const KeyLess less{order};
    while (additions.current() != nullptr || removals.current() != nullptr) {
        const bool add = removals.current() == nullptr ||
                         (additions.current() != nullptr && less(*additions.current(), *removals.current()));
        QuadReader& side = add ? additions : removals;
        each(*side.current(), add);
        side.advance();
    }
}

/// What writing the orders tells about the numbers.
struct Counts {
    std::optional<DistinctCounter> subjects;
    std::optional<DistinctCounter> objects;
    std::int64_t named = 0;       ///< quads of named graphs
    std::int64_t predicates = 0;  ///< that have quads
};

void write_order(CommitTarget& target, const IndexOrder& order, const PendingChanges& changes, Counts& counts) {
    DistinctCounter* counter = nullptr;
    if (&order == &kBySubject) counter = &*counts.subjects;
    if (&order == &kByObject) counter = &*counts.objects;
    std::int64_t balance = 0;
    for_each_change(changes, order, [&](const Quad& quad, bool add) {
        const IndexKey key(order, quad);
        if (add)
            target.put(family_of(order), key.bytes(), {});
        else
            target.remove(family_of(order), key.bytes());
        if (counter != nullptr) counter->see(quad, add);
        balance += add ? 1 : -1;
    });
    if (&order == &kByGraph) counts.named = balance;
}

void write_terms(CommitTarget& target, const NewTerms& terms) {
    for (std::size_t i = 0; i < terms.bytes().size(); ++i) {
        target.put(Family::Terms, encode_number(terms.first_rank() + i), terms.bytes()[i]);
    }
    for (const auto& [hash, id] : terms.by_hash())
        target.put(Family::TermIds, encode_hash(hash), encode_number(id.bits()));
}

/// The dictionary and the orders: families that do not wait for each other.
void write_families(CommitTarget& target, const PendingChanges& changes, const NewTerms& terms, Counts& counts) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i <= kOrderCount; i = next++) {
            if (i == 0)
                write_terms(target, terms);
            else
                write_order(target, kIndexOrders[i - 1], changes, counts);
        }
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t workers = target.families_are_independent() ? std::min<std::size_t>(cores, kMostWorkers) : 1;
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < workers; ++i) others.push_back(std::async(std::launch::async, work));
    work();
    for (auto& other : others) other.get();
}

/// Unsigned arithmetic wraps around, so adding a negative difference takes away.
void change(std::uint64_t& count, std::int64_t difference) { count += static_cast<std::uint64_t>(difference); }

void write_statistics(CommitTarget& target, const QuadSource& base, Counts& counts) {
    const auto& objects = counts.objects->finish();
    for (const auto& [predicate, difference] : counts.subjects->finish()) {
        PredicateStatistics statistics = base.predicate_statistics(predicate);
        const bool was_there = statistics.triples != 0;
        change(statistics.triples, difference.quads);
        change(statistics.distinct_subjects, difference.distinct);
        change(statistics.distinct_objects, objects.at(predicate).distinct);
        const std::string key = encode_number(predicate.bits());
        counts.predicates += (statistics.triples != 0 ? 1 : 0) - (was_there ? 1 : 0);
        if (statistics.triples == 0)
            target.remove(Family::Statistics, key);
        else
            target.put(Family::Statistics, key, encode_statistics(statistics));
    }
}

void write_meta(CommitTarget& target, const QuadSource& base, const PendingChanges& changes, const NewTerms& terms,
                const Counts& counts) {
    const StoreStatistics before = base.statistics();
    const std::uint64_t quads = before.quads + changes.additions().size() - changes.removals().size();
    std::uint64_t named_quads = before.quads - before.default_graph_quads;
    change(named_quads, counts.named);
    std::uint64_t predicates = before.predicates;
    change(predicates, counts.predicates);
    std::map<std::string, std::string, std::less<>> meta;
    meta.emplace(kTermCountKey, encode_number(terms.first_rank() + terms.bytes().size()));
    meta.emplace(kQuadCountKey, encode_number(quads));
    meta.emplace(kDefaultQuadCountKey, encode_number(quads - named_quads));
    meta.emplace(kPredicateCountKey, encode_number(predicates));
    meta.emplace(kVersionKey, encode_number(base.version() + 1));
    for (const auto& [name, iri] : terms.prefix_map()) meta.emplace(std::string(kPrefixKey) + name, iri);
    for (const auto& [key, value] : meta) target.put(Family::Meta, key, value);
}

}  // namespace

void write_commit(CommitTarget& target, const QuadSource& base, const PendingChanges& changes, const NewTerms& terms) {
    Counts counts;
    counts.subjects.emplace(base, kBySubject);
    counts.objects.emplace(base, kByObject);
    write_families(target, changes, terms, counts);
    write_statistics(target, base, counts);
    write_meta(target, base, changes, terms, counts);
    target.finish();
}

}  // namespace tercet::storage
