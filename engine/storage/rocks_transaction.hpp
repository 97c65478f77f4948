#pragma once

#include <memory>

#include "engine/model/store.hpp"
#include "engine/storage/new_terms.hpp"
#include "engine/storage/pending_changes.hpp"
#include "engine/storage/rocks_source.hpp"
#include "engine/storage/rocks_state.hpp"

namespace tercet::storage {

class RocksTransaction final : public Transaction {
public:
    /// Waits for its turn.
    RocksTransaction(std::shared_ptr<RocksState> state, CancelToken cancel);
    ~RocksTransaction() override;
    RocksTransaction(const RocksTransaction&) = delete;
    RocksTransaction& operator=(const RocksTransaction&) = delete;

    void add(const QuadView& quad) override;
    void declare_prefix(std::string_view name, std::string_view iri) override { terms_->declare_prefix(name, iri); }
    TermId intern(const TermView& term) override { return terms_->intern(term); }
    void add(const Quad& quad) override { changes_.add(quad); }
    void add(const QuadPacket& packet) override;
    void remove(const Quad& quad) override { changes_.remove(quad); }
    std::shared_ptr<const QuadSource> view() override;
    std::uint64_t added() const override { return settled().additions().size(); }
    std::uint64_t removed() const override { return settled().removals().size(); }
    std::uint64_t changes() const override { return changes_.size(); }
    void commit() override;
    void limit_memory(std::size_t bytes) override;

private:
    const PendingChanges& settled() const;
    void end_turn();

    std::shared_ptr<RocksState> state_;
    WriterTurn::Guard turn_;
    RocksState::Written start_;
    std::shared_ptr<const RocksSource> base_;
    std::shared_ptr<NewTerms> terms_;
    mutable PendingChanges changes_;
    bool is_committed_ = false;
    bool is_bulk_ = false;
};

}  // namespace tercet::storage
