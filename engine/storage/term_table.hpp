#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/model/term_id.hpp"
#include "engine/storage/key_codec.hpp"

namespace tercet::storage {

/// From the hashes of terms to their ids: one flat table, linear probing.
class TermTable {
public:
    struct Entry {
        TermHash hash;
        TermId id;  ///< undefined: free
    };

    /// The place of a hash; its id is undefined if the hash is new, and must then be set. Valid until the next call.
    [[nodiscard]] TermId& at(const TermHash& hash) {
        if (4 * (size_ + 1) > 3 * entries_.size()) grow();
        Entry& entry = *place(hash);
        if (!entry.id.is_defined()) {
            entry.hash = hash;
            ++size_;
        }
        return entry.id;
    }
    [[nodiscard]] TermId find(const TermHash& hash) const {
        return size_ == 0 ? TermId{} : const_cast<TermTable*>(this)->place(hash)->id;
    }
    /// Has memory fetch the place of a hash.
    void prefetch(const TermHash& hash) const noexcept {
        if (!entries_.empty()) __builtin_prefetch(&entries_[hash.high & (entries_.size() - 1)]);
    }
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

private:
    [[nodiscard]] Entry* place(const TermHash& hash) {
        const std::size_t mask = entries_.size() - 1;
        std::size_t at = hash.high & mask;
        while (entries_[at].id.is_defined() && entries_[at].hash != hash) at = (at + 1) & mask;
        return &entries_[at];
    }
    void grow() {
        std::vector<Entry> old(entries_.empty() ? 64 : 2 * entries_.size());
        old.swap(entries_);
        for (const Entry& entry : old) {
            if (entry.id.is_defined()) *place(entry.hash) = entry;
        }
    }

    std::vector<Entry> entries_;
    std::size_t size_ = 0;
};

}  // namespace tercet::storage
