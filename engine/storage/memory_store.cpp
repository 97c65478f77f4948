#include "engine/storage/memory_store.hpp"

#include <algorithm>
#include <limits>
#include <mutex>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/memory_source.hpp"
#include "engine/storage/overlay_source.hpp"
#include "engine/storage/packet_ids.hpp"
#include "engine/storage/pending_changes.hpp"
#include "engine/storage/writer_turn.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {

/// What a store and its transactions share.
class MemoryState {
public:
    MemoryState() : current_(source(std::make_shared<const std::vector<Quad>>(), {}, 0)) {}

    [[nodiscard]] std::shared_ptr<const MemorySource> current() const {
        const std::scoped_lock lock(mutex_);
        return current_;
    }
    void replace(std::shared_ptr<const std::vector<Quad>> quads, Prefixes prefixes, std::uint64_t version) {
        auto next = source(std::move(quads), std::move(prefixes), version);
        const std::scoped_lock lock(mutex_);
        current_.swap(next);
    }

    const std::shared_ptr<MemoryDictionary> dictionary = std::make_shared<MemoryDictionary>();
    WriterTurn writer;

private:
    [[nodiscard]] std::shared_ptr<const MemorySource> source(std::shared_ptr<const std::vector<Quad>> quads,
                                                             Prefixes prefixes, std::uint64_t version) const {
        return std::make_shared<const MemorySource>(dictionary, dictionary->size(), std::move(quads),
                                                    std::move(prefixes), version);
    }

    mutable std::mutex mutex_;
    std::shared_ptr<const MemorySource> current_;
};

namespace {

/// New terms go into the store's dictionary at once, behind the end of what snapshots know; without a commit they are
/// taken back.
class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(std::shared_ptr<MemoryState> state, CancelToken cancel)
        : state_(std::move(state)),
          turn_(state_->writer, cancel),
          base_(state_->current()),
          changes_(static_cast<std::size_t>(-1), {}, std::move(cancel)),
          prefixes_(base_->prefix_map()) {}
    ~MemoryTransaction() override {
        if (!is_committed_) state_->dictionary->shrink(base_->statistics().terms);
    }
    MemoryTransaction(const MemoryTransaction&) = delete;
    MemoryTransaction& operator=(const MemoryTransaction&) = delete;

    void add(const QuadView& quad) override {
        Quad ids{{intern(quad.subject), intern(quad.predicate), intern(quad.object), TermId{}}};
        if (quad.graph.kind != TermKind::Undefined) ids.slot[3] = intern(quad.graph);
        changes_.add(ids);
    }
    void declare_prefix(std::string_view name, std::string_view iri) override {
        prefixes_.insert_or_assign(std::string(name), iri);
    }

    TermId intern(const TermView& term) override {
        if (const auto id = inline_id(term)) return *id;
        if (term.kind == TermKind::Undefined) return {};
        std::string bytes;
        const auto intern_part = [&](const TermView& part) { return std::optional(intern(part)); };
        if (!encode_term(term, intern_part, bytes)) throw Error(ErrorCode::InvalidArgument, "a path cannot be stored");
        return state_->dictionary->add(bytes);
    }
    void add(const Quad& quad) override { changes_.add(quad); }
    void add(const QuadPacket& packet) override {
        add_packet(
            *this, packet, [this](std::string_view bytes, const TermHash&) { return state_->dictionary->add(bytes); }, [](const TermHash&) {});
    }
    void remove(const Quad& quad) override { changes_.remove(quad); }

    std::shared_ptr<const QuadSource> view() override {
        const PendingChanges& changes = settled();
        constexpr auto kAllTerms = std::numeric_limits<std::uint64_t>::max();
        auto base = std::make_shared<const MemorySource>(state_->dictionary, kAllTerms, base_->quads(), prefixes_,
                                                         base_->version());
        return std::make_shared<OverlaySource>(std::move(base), changes.additions().load(), changes.removals().load());
    }
    std::uint64_t added() const override { return settled().additions().size(); }
    std::uint64_t removed() const override { return settled().removals().size(); }

    void limit_memory(std::size_t) override {}
    std::uint64_t changes() const override { return changes_.size(); }
    void commit() override {
        if (is_committed_) throw Error(ErrorCode::InvalidArgument, "a transaction is committed once");
        const auto additions = settled().additions().load(), removals = settled().removals().load();
        if (additions->empty() && removals->empty() && prefixes_ == base_->prefix_map()) return;
        std::vector<Quad> kept;
        kept.reserve(base_->quads()->size());
        std::set_difference(base_->quads()->begin(), base_->quads()->end(), removals->begin(), removals->end(),
                            std::back_inserter(kept));
        auto quads = std::make_shared<std::vector<Quad>>();
        quads->reserve(kept.size() + additions->size());
        std::merge(kept.begin(), kept.end(), additions->begin(), additions->end(), std::back_inserter(*quads));
        state_->replace(std::move(quads), prefixes_, base_->version() + 1);
        is_committed_ = true;
    }

private:
    const PendingChanges& settled() const {
        changes_.settle(*base_);
        return changes_;
    }

    std::shared_ptr<MemoryState> state_;
    WriterTurn::Guard turn_;
    std::shared_ptr<const MemorySource> base_;
    mutable PendingChanges changes_;
    Prefixes prefixes_;
    bool is_committed_ = false;
};

}  // namespace

MemoryStore::MemoryStore() : state_(std::make_shared<MemoryState>()) {}
MemoryStore::~MemoryStore() = default;

std::shared_ptr<const QuadSource> MemoryStore::snapshot() const { return state_->current(); }

std::unique_ptr<Transaction> MemoryStore::begin(CancelToken cancel) { return std::make_unique<MemoryTransaction>(state_, std::move(cancel)); }

}  // namespace tercet::storage
