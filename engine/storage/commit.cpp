#include "engine/storage/commit.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/storage/fold.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/statistics_change.hpp"

namespace tercet::storage {
namespace {

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
    if (changes.removals().size() == 0) {
        const auto additions = changes.additions().sorted(order);
        for (auto block = additions->next(); !block.empty(); block = additions->next()) {
            changes.cancel().check();
            for (const Quad& quad : block) each(quad, true);
        }
        return;
    }
    QuadReader additions(changes.additions().sorted(order));
    QuadReader removals(changes.removals().sorted(order));
    const KeyLess less{order};
    CancelCheck check(changes.cancel());
    while (additions.current() != nullptr || removals.current() != nullptr) {
        check.step();
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

/// Tells the counters about a change.
void count(const IndexOrder& order, const Quad& quad, bool add, Counts& counts) {
    if (&order == &kBySubject) counts.subjects->see(quad, add);
    if (&order == &kByObject) counts.objects->see(quad, add);
    if (&order == &kByGraph) counts.named += add ? 1 : -1;
}

/// Writes the changes of an order into its blocks, and those beside them that were committed earlier.
void write_blocks(BlockWriter& writer, const IndexOrder& order, const RocksSource& base, const PendingChanges& changes,
                  Counts& counts) {
    DeltaCursor earlier = all_changes(base.quads().delta, order);
    const auto apply_earlier = [&](const IndexRow* below) {
        for (const RowChange* at = earlier.current(); at != nullptr && (below == nullptr || at->row < *below); at = earlier.current()) {
            writer.apply(at->row, at->present);
            earlier.advance();
        }
    };
    for_each_change(changes, order, [&](const Quad& quad, bool add) {
        const IndexRow row = row_of(order, quad);
        apply_earlier(&row);
        if (earlier.current() != nullptr && earlier.current()->row == row) earlier.advance();
        writer.apply(row, add);
        count(order, quad, add, counts);
    });
    apply_earlier(nullptr);
}

/// Writes the changes beside the blocks.
void write_delta(CommitTarget& target, const QuadVersion& before, const PendingChanges& changes, Counts& counts,
                 std::vector<Change>& written) {
    for (const IndexOrder* order : {&kQuadOrder, &kBySubject, &kByObject, &kByGraph}) {
        for_each_change(changes, *order, [&](const Quad& quad, bool add) {
            count(*order, quad, add, counts);
            if (order != &kQuadOrder) return;
            written.push_back({quad, add});
            target.put(Family::Delta, encode_delta_key(before.generation, quad), std::string_view(add ? "\1" : "\0", 1));
        });
    }
}

void write_terms(CommitTarget& target, const NewTerms& terms, const CancelToken& cancel) {
    CancelCheck check(cancel);
    for (std::size_t i = 0; i < terms.bytes().size(); ++i) {
        check.step();
        target.put(Family::Terms, encode_number(terms.first_rank() + i), terms.bytes()[i]);
    }
    for (const auto& [hash, id] : terms.by_hash()) {
        check.step();
        target.put(Family::TermIds, encode_hash(hash), encode_ranked(id));
    }
}

/// Unsigned arithmetic wraps around, so adding a negative difference takes away.
void change(std::uint64_t& count, std::int64_t difference) { count += static_cast<std::uint64_t>(difference); }

/// The rows of `before`, with those of `changed` in their place; these alone if all are too many to copy at every commit.
StatisticsRows recent_after(const StatisticsRows& before, StatisticsRows changed) {
    constexpr std::size_t kMostRows = 256;
    if (before.size() + changed.size() > 2 * kMostRows) return changed.size() > kMostRows ? StatisticsRows() : changed;
    StatisticsRows after;
    after.reserve(before.size() + changed.size());
    const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::set_union(changed.begin(), changed.end(), before.begin(), before.end(), std::back_inserter(after), less);
    return after.size() > kMostRows ? changed : after;
}

/// Returns what has changed.
StatisticsRows write_statistics(CommitTarget& target, const QuadSource& base, Counts& counts) {
    StatisticsRows changed;
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
        changed.emplace_back(predicate, statistics);
    }
    return changed;
}

StoreMeta meta_after(const StoreMeta& before, const PendingChanges& changes, const NewTerms& terms, const Counts& counts,
                     std::uint64_t next_block) {
    StoreMeta after;
    const std::uint64_t named_quads = before.counts.quads - before.counts.default_graph_quads + static_cast<std::uint64_t>(counts.named);
    after.counts.quads = before.counts.quads + changes.additions().size() - changes.removals().size();
    after.counts.default_graph_quads = after.counts.quads - named_quads;
    after.counts.predicates = before.counts.predicates + static_cast<std::uint64_t>(counts.predicates);
    after.counts.terms = terms.first_rank() + terms.bytes().size();
    after.next_block = next_block;
    after.version = before.version + 1;
    after.prefixes = terms.prefixes();
    return after;
}

/// Writes what has changed.
void write_meta(CommitTarget& target, const StoreMeta& before, const StoreMeta& after) {
    std::map<std::string, std::string, std::less<>> changed;
    const auto compare = [&](std::string_view key, std::uint64_t was, std::uint64_t is) {
        if (was != is) changed.emplace(key, encode_number(is));
    };
    compare(kTermCountKey, before.counts.terms, after.counts.terms);
    compare(kQuadCountKey, before.counts.quads, after.counts.quads);
    compare(kDefaultQuadCountKey, before.counts.default_graph_quads, after.counts.default_graph_quads);
    compare(kPredicateCountKey, before.counts.predicates, after.counts.predicates);
    compare(kNextBlockKey, before.next_block, after.next_block);
    compare(kVersionKey, before.version, after.version);
    for (const auto& prefix : after.prefixes) {
        const auto& [name, iri] = prefix;
        if (!std::binary_search(before.prefixes.begin(), before.prefixes.end(), prefix)) changed.emplace(std::string(kPrefixKey) + name, iri);
    }
    for (const auto& [key, value] : changed) target.put(Family::Meta, key, value);
}

}  // namespace

CommitFiles::CommitFiles(RocksDatabase& database, const NewTerms& terms, const CancelToken& cancel)
    : target_(make_file_target(database, database.scratch_directory())),
      terms_(std::async(std::launch::async, [this, &terms, &cancel] { write_terms(*target_, terms, cancel); })) {}

QuadVersion write_commit(RocksDatabase& database, const RocksSource& base, const PendingChanges& changes,
                         const NewTerms& terms, std::optional<CommitFiles>& files) {
    constexpr std::uint64_t kFewChanges = 32;
    const std::uint64_t changed = changes.additions().size() + changes.removals().size();
    Counts counts;
    counts.subjects.emplace(base, kBySubject, changed <= kFewChanges);
    counts.objects.emplace(base, kByObject, changed <= kFewChanges);
    QuadVersion after = base.quads();
    std::unique_ptr<CommitTarget> batch;
    CommitTarget* target = nullptr;
    if (changed < database.options().bulk_quads) {
        batch = make_batch_target(database);
        target = batch.get();
        std::vector<Change> written;
        write_delta(*target, after, changes, counts, written);
        write_terms(*target, terms, changes.cancel());
        after.delta = after.delta.with(std::move(written));
    } else {
        if (!files) files.emplace(database, terms, changes.cancel());
        target = &files->target();
        after = write_all_blocks(
            *target, database, base, [&](BlockWriter& writer, const IndexOrder& order) { write_blocks(writer, order, base, changes, counts); },
            [&] { files->wait_for_terms(); });
    }
    const StoreMeta& before = *base.quads().meta;
    StatisticsRows statistics = write_statistics(*target, base, counts);
    auto meta = std::make_shared<StoreMeta>(meta_after(before, changes, terms, counts, database.block_numbers()));
    meta->recent = recent_after(before.recent, std::move(statistics));
    write_meta(*target, before, *meta);
    after.meta = std::move(meta);
    changes.cancel().check();
    target->finish();
    return after;
}

}  // namespace tercet::storage
