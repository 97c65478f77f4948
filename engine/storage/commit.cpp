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
    const auto earlier = all_changes(base.quads().delta, order);
    auto at = earlier.begin();
    const auto apply_earlier = [&](const IndexRow* below) {
        for (; at != earlier.end() && (below == nullptr || at->row < *below); ++at) writer.apply(at->row, at->present);
    };
    for_each_change(changes, order, [&](const Quad& quad, bool add) {
        const IndexRow row = row_of(order, quad);
        apply_earlier(&row);
        if (at != earlier.end() && at->row == row) ++at;
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
                const Counts& counts, std::uint64_t next_block) {
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
    meta.emplace(kNextBlockKey, encode_number(next_block));
    meta.emplace(kVersionKey, encode_number(base.version() + 1));
    for (const auto& [name, iri] : terms.prefix_map()) meta.emplace(std::string(kPrefixKey) + name, iri);
    for (const auto& [key, value] : meta) target.put(Family::Meta, key, value);
}

}  // namespace

CommitFiles::CommitFiles(RocksDatabase& database, const NewTerms& terms, const CancelToken& cancel)
    : target_(make_file_target(database, database.scratch_directory() + "/commit")),
      terms_(std::async(std::launch::async, [this, &terms, &cancel] { write_terms(*target_, terms, cancel); })) {}

QuadVersion write_commit(RocksDatabase& database, const RocksSource& base, const PendingChanges& changes,
                         const NewTerms& terms, std::optional<CommitFiles>& files) {
    Counts counts;
    counts.subjects.emplace(base, kBySubject);
    counts.objects.emplace(base, kByObject);
    QuadVersion after = base.quads();
    const std::uint64_t changed = changes.additions().size() + changes.removals().size();
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
    write_statistics(*target, base, counts);
    write_meta(*target, base, changes, terms, counts, database.block_numbers());
    changes.cancel().check();
    target->finish();
    return after;
}

}  // namespace tercet::storage
