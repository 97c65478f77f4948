#include "engine/storage/rocks_state.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "engine/storage/fold.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

constexpr std::size_t kFewestChanges = 50'000;
constexpr std::size_t kMostChanges = 500'000;
/// By default, a twentieth of the store may lie beside its blocks.
constexpr std::uint64_t kShare = 20;

}  // namespace

RocksState::RocksState(std::shared_ptr<RocksDatabase> database)
    : database_(std::move(database)),
      written_{std::make_shared<RocksSource>(database_, QuadVersion::load(*database_))},
      current_(written_.source) {
    if (!database_->options().read_only) {
        folder_ = std::jthread([this](const std::stop_token& stop) { fold_in_background(stop); });
    }
}

std::uint64_t RocksState::replace(QuadVersion quads) {
    auto next = std::make_shared<const RocksSource>(database_, std::move(quads));
    const std::scoped_lock lock(mutex_);
    written_.source.swap(next);
    return ++written_.number;
}

std::uint64_t RocksState::append(QuadVersion quads) {
    const std::size_t wanted = database_->options().fold_changes;
    const auto share = static_cast<std::size_t>(quads.meta->counts.quads / kShare);
    const bool needs_fold = quads.delta.size() >= (wanted != 0 ? wanted : std::clamp(share, kFewestChanges, kMostChanges));
    const std::uint64_t number = replace(std::move(quads));
    if (!needs_fold) return number;
    const std::scoped_lock lock(mutex_);
    fold_is_due_ = true;
    due_.notify_one();
    return number;
}

/// One syncs for all that were written until then; the others wait for that one, and those who came too late for the next.
void RocksState::finish(std::uint64_t number) {
    std::unique_lock lock(mutex_);
    while (durable_ < number) {
        if (is_syncing_) {
            synced_.wait(lock);
            continue;
        }
        is_syncing_ = true;
        Written last = written_;
        lock.unlock();
        std::optional<Error> failure;
        try {
            if (database_->options().sync) database_->sync_log();
        } catch (const Error& error) {
            failure = error;
        }
        lock.lock();
        is_syncing_ = false;
        synced_.notify_all();
        if (failure) throw *failure;
        durable_ = last.number;
        current_.swap(last.source);
    }
}

void RocksState::fold_in_background(const std::stop_token& stop) {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (!due_.wait(lock, stop, [this] { return fold_is_due_; })) return;
            fold_is_due_ = false;
        }
        try {
            fold(stop);
        } catch (const Error&) {
            // Nothing is lost: the changes lie where they were, and the next commit asks again, or says what went wrong.
        }
    }
}

/// Writers go on meanwhile, under a generation of their own. If one of them wrote blocks, this was in vain. What is folded may not
/// be durable yet: the target sees to that before it adds the blocks.
void RocksState::fold(const std::stop_token& stop) {
    std::shared_ptr<const RocksSource> frozen;
    {
        const WriterTurn::Guard turn(writer_);
        frozen = written().source;
        if (frozen->quads().delta.empty()) return;
        QuadVersion sealed = frozen->quads();
        sealed.delta = sealed.delta.sealed();
        ++sealed.generation;
        replace(std::move(sealed));
    }
    const auto target = make_file_target(*database_, database_->fold_directory());
    const QuadVersion folded = fold_delta(*target, *database_, *frozen, stop);
    WriterTurn::Guard turn(writer_);
    const auto now = written().source;
    if (now->quads().fences != frozen->quads().fences) return;
    target->finish();
    QuadVersion next = now->quads();
    next.fences = folded.fences;
    next.delta = next.delta.since(frozen->quads().delta);
    const std::uint64_t number = replace(std::move(next));
    turn.release();
    finish(number);
}

}  // namespace tercet::storage
