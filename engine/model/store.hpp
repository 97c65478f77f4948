#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/base/cancellation.hpp"
#include "engine/model/quad_packet.hpp"
#include "engine/model/quad_sink.hpp"
#include "engine/model/quad_source.hpp"

namespace tercet {

/// One unit of change: all of it becomes visible and durable at commit(), or nothing ever.
///
/// Destroying it without commit() forgets it. One thread at a time.
class Transaction : public QuadSink {
public:
    /// Adds a quad by its terms; adding what is there changes nothing.
    void add(const QuadView& quad) override = 0;
    void declare_prefix(std::string_view name, std::string_view iri) override = 0;

    /// The id of a term; gives it one if it is new.
    [[nodiscard]] virtual TermId intern(const TermView& term) = 0;
    virtual void add(const Quad& quad) = 0;
    /// Adds all quads of a packet, and declares its prefixes.
    virtual void add(const QuadPacket& packet) = 0;
    virtual void remove(const Quad& quad) = 0;

    /// The store as this transaction has changed it so far, for the next operation of an update request.
    /// Later changes of the transaction do not show in it.
    [[nodiscard]] virtual std::shared_ptr<const QuadSource> view() = 0;

    /// Quads that are new, or gone, through this transaction up to now.
    [[nodiscard]] virtual std::uint64_t added() const = 0;
    [[nodiscard]] virtual std::uint64_t removed() const = 0;

    /// How many changes are kept, at most: of several changes of one quad each may count. Unlike added() it costs nothing.
    [[nodiscard]] virtual std::uint64_t changes() const = 0;

    virtual void commit() = 0;

    /// How many bytes the transaction may take, about; what is more goes to temporary files. Call it first.
    virtual void limit_memory(std::size_t bytes) = 0;
};

/// Where quads live. Readers take snapshots and never wait; one transaction at a time writes.
class Store {
public:
    virtual ~Store() = default;

    [[nodiscard]] virtual std::shared_ptr<const QuadSource> snapshot() const = 0;

    /// Has later snapshots show what another process has committed since. Returns whether that is anything; costs next to nothing
    /// if it is not. Only a store that was opened read-only has something to catch up with.
    virtual bool refresh() { return false; }

    /// Waits for the transaction before it to end. Throws Error (InvalidArgument) if the store is read-only. `cancel` is asked
    /// while it waits, and by all that the transaction does, a commit included, up to the point from which there is no way back.
    [[nodiscard]] virtual std::unique_ptr<Transaction> begin(CancelToken cancel = {}) = 0;
};

}  // namespace tercet
