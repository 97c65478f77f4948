#include "engine/storage/rocks_state.hpp"

#include <algorithm>
#include <filesystem>

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
      current_(std::make_shared<RocksSource>(database_, QuadVersion::load(*database_))) {
    if (!database_->options().read_only) {
        folder_ = std::jthread([this](const std::stop_token& stop) { fold_in_background(stop); });
    }
}

void RocksState::replace_current(QuadVersion quads) {
    auto next = std::make_shared<const RocksSource>(database_, std::move(quads));
    const std::scoped_lock lock(mutex_);
    current_.swap(next);
}

void RocksState::publish(QuadVersion quads) {
    replace_current(std::move(quads));
    if (!needs_fold()) return;
    const std::scoped_lock lock(mutex_);
    fold_is_due_ = true;
    due_.notify_one();
}

bool RocksState::needs_fold() const {
    const auto source = current();
    const std::size_t wanted = database_->options().fold_changes;
    const auto share = static_cast<std::size_t>(source->statistics().quads / kShare);
    return source->quads().delta.size() >= (wanted != 0 ? wanted : std::clamp(share, kFewestChanges, kMostChanges));
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

/// Writers go on meanwhile, under a generation of their own. If one of them wrote blocks, this was in vain.
void RocksState::fold(const std::stop_token& stop) {
    std::shared_ptr<const RocksSource> frozen;
    {
        const WriterTurn::Guard turn(writer_);
        frozen = current();
        if (frozen->quads().delta.empty()) return;
        QuadVersion sealed = frozen->quads();
        sealed.delta = sealed.delta.sealed();
        ++sealed.generation;
        replace_current(std::move(sealed));
    }
    const auto target = make_file_target(*database_, database_->fold_directory());
    const QuadVersion folded = fold_delta(*target, *database_, *frozen, stop);
    const WriterTurn::Guard turn(writer_);
    const auto now = current();
    if (now->quads().fences != frozen->quads().fences) return;
    target->finish();
    QuadVersion next = now->quads();
    next.fences = folded.fences;
    next.delta = next.delta.since(frozen->quads().delta);
    replace_current(std::move(next));
}

}  // namespace tercet::storage
