#include "engine/storage/check_statistics.hpp"

#include <algorithm>
#include <map>

namespace tercet::storage {
namespace {

using ByPredicate = std::map<TermId, PredicateStatistics>;

/// Calls each(quad, starts_group) for all quads of an order; groups are those of equal first two parts.
template <typename Each>
void for_each_quad(const RocksSource& source, const IndexOrder& order, Each each) {
    const auto cursor = source.scan(order, {{TermId::any(), TermId::any(), TermId::any(), TermId::any()}});
    const auto batch = std::make_unique<QuadBatch>();
    IndexRow last{};
    while (cursor->next(*batch, kBatchRows)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            const Quad quad = batch->quad(i);
            const IndexRow row = row_of(order, quad);
            each(quad, row[0] != last[0] || row[1] != last[1]);
            last = row;
        }
    }
}

class StatisticsCheck {
public:
    StatisticsCheck(const RocksSource& source, const RocksDatabase& database, Problems& problems)
        : source_(source), database_(database), problems_(problems) {}

    void run(std::uint64_t terms) {
        std::uint64_t in_default = 0;
        for_each_quad(source_, kBySubject, [&](const Quad& quad, bool starts_group) {
            PredicateStatistics& counts = expected_[quad.predicate()];
            ++counts.triples;
            ++quads_;
            in_default += quad.graph().is_defined() ? 0 : 1;
            counts.distinct_subjects += starts_group ? 1 : 0;
        });
        for_each_quad(source_, kByObject, [&](const Quad& quad, bool starts_group) {
            expected_[quad.predicate()].distinct_objects += starts_group ? 1 : 0;
        });
        const StoreStatistics counted = source_.statistics();
        compare("quads", counted.quads, quads_);
        compare("quads of the default graph", counted.default_graph_quads, in_default);
        compare("predicates", counted.predicates, expected_.size());
        compare("terms", counted.terms, terms);
        check_predicates();
        check_block_numbers();
    }

private:
    void compare(const std::string& what, std::uint64_t counted, std::uint64_t there, const std::string& place = "counters") {
        if (counted == there) return;
        problems_.add(place, "say " + std::to_string(counted) + ' ' + what + ", there are " + std::to_string(there));
    }

    void check_predicates() {
        const std::unique_ptr<rocksdb::Iterator> each(
            database_.db().NewIterator({}, database_.family(Family::Statistics)));
        for (each->SeekToFirst(); each->Valid(); each->Next()) {
            problems_.guard("statistics", [&] {
                check_predicate(TermId::from_bits(decode_number(each->key().ToStringView())),
                                decode_statistics(each->value().ToStringView()));
            });
        }
        check(each->status(), "read statistics");
        for (const auto& [predicate, counts] : expected_) problems_.add(place_of(predicate), "are missing");
    }

    void check_predicate(TermId predicate, const PredicateStatistics& counted) {
        const auto found = expected_.find(predicate);
        const PredicateStatistics there = found == expected_.end() ? PredicateStatistics{} : found->second;
        compare("quads", counted.triples, there.triples, place_of(predicate));
        compare("different subjects", counted.distinct_subjects, there.distinct_subjects, place_of(predicate));
        compare("different objects", counted.distinct_objects, there.distinct_objects, place_of(predicate));
        if (found != expected_.end()) expected_.erase(found);
    }

    [[nodiscard]] std::string place_of(TermId predicate) const {
        try {
            return "statistics of " + source_.term(predicate).to_string();
        } catch (const Error&) {
            return "statistics of the unknown term " + std::to_string(predicate.bits());
        }
    }

    /// A number that was given is never given again.
    void check_block_numbers() {
        std::uint64_t next = 0, highest = 0;
        std::string value;
        const rocksdb::Status status =
            database_.db().Get({}, database_.family(Family::Meta), rocksdb::Slice(kNextBlockKey), &value);
        if (!status.IsNotFound()) {
            check(status, "read the counters of the store");
            next = decode_number(value);
        }
        for (const FenceIndex& fences : *source_.quads().fences) {
            for (std::size_t i = 0; i < fences.size(); ++i) highest = std::max(highest, fences[i].block + 1);
        }
        if (next >= highest) return;
        problems_.add("counters", "the next block would get number " + std::to_string(next) + ", which is taken");
    }

    const RocksSource& source_;
    const RocksDatabase& database_;
    Problems& problems_;
    ByPredicate expected_;
    std::uint64_t quads_ = 0;
};

}  // namespace

void check_statistics(const RocksSource& source, const RocksDatabase& database, std::uint64_t terms, Problems& problems) {
    StatisticsCheck(source, database, problems).run(terms);
}

}  // namespace tercet::storage
