#include "engine/storage/fold.hpp"

#include <algorithm>
#include <future>
#include <thread>

#include "engine/storage/key_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

/// Each worker sorts a copy of the quads, or of a piece of them.
constexpr std::size_t kMostWorkers = 4;

/// Calls work(0) to work(count - 1), several at once if `at_once`.
template <typename Work>
void for_each_job(std::size_t count, bool at_once, Work work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) work(i);
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t workers = at_once ? std::min<std::size_t>(cores, kMostWorkers) : 1;
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < workers; ++i) others.push_back(std::async(std::launch::async, run));
    run();
    for (auto& other : others) other.get();
}

}  // namespace

DeltaCursor all_changes(const Delta& delta, const IndexOrder& order) {
    const RowRange everything(order, {{TermId::any(), TermId::any(), TermId::any(), TermId::any()}});
    return delta.in(order, everything.lower, everything.upper);
}

QuadVersion write_all_blocks(CommitTarget& target, RocksDatabase& database, const RocksSource& base,
                             const std::function<void(BlockWriter&, const IndexOrder&)>& write_order,
                             const std::function<void()>& write_rest) {
    const auto fences = std::make_shared<QuadVersion::Fences>();
    std::array<std::vector<Fence>, kOrderCount> replaced;
    std::atomic<std::uint64_t>& numbers = database.block_numbers();
    const std::uint64_t first_new = numbers;
    for_each_job(kOrderCount + 1, target.families_are_independent(), [&](std::size_t job) {
        if (job == 0) return write_rest();
        const std::size_t i = job - 1;
        BlockWriter writer(target, base, (*base.quads().fences)[i], kIndexOrders[i], numbers);
        write_order(writer, kIndexOrders[i]);
        (*fences)[i] = writer.finish();
        replaced[i] = writer.replaced();
    });
    write_fences(target, *fences, first_new, replaced);
    QuadVersion after;
    after.fences = fences;
    after.generation = base.quads().generation + 1;
    if (!base.quads().delta.empty()) {
        target.remove_range(Family::Delta, encode_number(0), encode_number(after.generation));
    }
    return after;
}

QuadVersion fold_delta(CommitTarget& target, RocksDatabase& database, const RocksSource& base,
                       const std::stop_token& stop) {
    constexpr std::size_t kRowsBetweenLooks = 4096;
    const auto write_order = [&](BlockWriter& writer, const IndexOrder& order) {
        std::size_t row = 0;
        for (DeltaCursor changes = all_changes(base.quads().delta, order); changes.current() != nullptr; changes.advance()) {
            if (row++ % kRowsBetweenLooks == 0 && stop.stop_requested()) {
                throw Error(ErrorCode::Cancelled, "a fold was stopped");
            }
            writer.apply(changes.current()->row, changes.current()->present);
        }
    };
    QuadVersion after = write_all_blocks(target, database, base, write_order, [] {});
    target.put(Family::Meta, kNextBlockKey, encode_number(database.block_numbers()));
    return after;
}

}  // namespace tercet::storage
