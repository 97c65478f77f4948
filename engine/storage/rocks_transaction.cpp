#include "engine/storage/rocks_transaction.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "engine/storage/commit.hpp"
#include "engine/storage/overlay_source.hpp"
#include "engine/storage/packet_ids.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

/// What is collected is an eighth of what a commit takes: sorting needs as much again, and several orders are sorted at once,
/// and there is the dictionary.
constexpr std::size_t kShareOfChanges = 8;
constexpr std::size_t kLeastForChanges = std::size_t{1} << 20U;

}  // namespace

RocksTransaction::RocksTransaction(std::shared_ptr<RocksState> state, CancelToken cancel)
    : state_(std::move(state)),
      turn_(state_->writer(), cancel),
      start_(state_->written()),
      base_(start_.source),
      terms_(std::make_shared<NewTerms>(base_, state_->database().scratch_directory())),
      changes_(state_->database().options().load_memory / sizeof(Change), state_->database().scratch_directory(), std::move(cancel)) {}

RocksTransaction::~RocksTransaction() { end_turn(); }

/// The next one may need the directory for scratch.
void RocksTransaction::end_turn() {
    if (!turn_.is_held()) return;
    std::error_code ignored;
    const bool has_scratch = is_bulk_ || changes_.has_files() || terms_->bytes().has_files();
    if (has_scratch) std::filesystem::remove(state_->database().scratch_directory(), ignored);
    turn_.release();
}

void RocksTransaction::add(const QuadView& quad) {
    Quad ids{{intern(quad.subject), intern(quad.predicate), intern(quad.object), TermId{}}};
    if (quad.graph.kind != TermKind::Undefined) ids.slot[3] = intern(quad.graph);
    changes_.add(ids);
}

void RocksTransaction::add(const QuadPacket& packet) {
    add_packet(
        *this, packet, [this](std::string_view bytes, const TermHash& hash) { return terms_->intern(bytes, hash); },
        [this](const TermHash& hash) { terms_->expect(hash); });
}

void RocksTransaction::limit_memory(std::size_t bytes) {
    changes_ = PendingChanges(std::max(bytes / kShareOfChanges, kLeastForChanges) / sizeof(Change), state_->database().scratch_directory(), changes_.cancel());
}

const PendingChanges& RocksTransaction::settled() const {
    changes_.settle(*base_);
    return changes_;
}

std::shared_ptr<const QuadSource> RocksTransaction::view() {
    const PendingChanges& changes = settled();
    return std::make_shared<OverlaySource>(terms_, changes.additions().load(), changes.removals().load());
}

void RocksTransaction::commit() {
    if (is_committed_) throw Error(ErrorCode::InvalidArgument, "a transaction is committed once");
    std::optional<CommitFiles> files;
    is_bulk_ = changes_.unsettled() >= state_->database().options().bulk_quads;
    if (is_bulk_) files.emplace(state_->database(), *terms_, changes_.cancel());
    const std::uint64_t changed = settled().additions().size() + settled().removals().size();
    is_bulk_ = is_bulk_ || changed >= state_->database().options().bulk_quads;
    if (changed == 0 && base_->prefixes() == terms_->prefixes()) {
        is_committed_ = true;
        files.reset();
        end_turn();
        return state_->finish(start_.number);  // what it has seen
    }
    QuadVersion after = write_commit(state_->database(), *base_, changes_, *terms_, files);
    files.reset();  // before the next turn, whose files would go with ours
    is_committed_ = true;
    const std::uint64_t number = state_->append(std::move(after));
    terms_->remember(state_->database().term_cache());
    end_turn();
    state_->finish(number);
}

}  // namespace tercet::storage
