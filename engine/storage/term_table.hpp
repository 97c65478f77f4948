#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "engine/base/raw_vector.hpp"
#include "engine/model/term_id.hpp"
#include "engine/storage/key_codec.hpp"

namespace tercet::storage {

/// From the hashes of terms to their ids: one flat table, linear probing. A hash's place is given by its highest bits, so the table
/// is all but sorted.
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
        if (!entries_.empty()) __builtin_prefetch(&entries_[home(hash)]);
    }
    [[nodiscard]] const RawVector<Entry>& entries() const noexcept { return entries_; }
    /// Those entries that are `wanted`, in the order of their hashes.
    template <typename Wanted>
    [[nodiscard]] RawVector<Entry> sorted(Wanted wanted) const {
        const auto less = [](const Entry& a, const Entry& b) { return a.hash < b.hash; };
        RawVector<Entry> all, wrapped;
        all.reserve(size_);
        std::size_t cluster = 0;  // of neighbours, which alone may stand in another order
        for (std::size_t at = 0; at < entries_.size(); ++at) {
            const Entry& entry = entries_[at];
            if (!entry.id.is_defined()) {
                std::sort(all.begin() + static_cast<std::ptrdiff_t>(cluster), all.end(), less);
                cluster = all.size();
            } else if (wanted(entry)) {
                (home(entry.hash) <= at ? all : wrapped).push_back(entry);
            }
        }
        all.insert(all.end(), wrapped.begin(), wrapped.end());
        std::sort(all.begin() + static_cast<std::ptrdiff_t>(cluster), all.end(), less);
        return all;
    }

private:
    static constexpr unsigned kFirstBits = 6;

    [[nodiscard]] std::size_t home(const TermHash& hash) const noexcept { return hash.high >> (64 - bits_); }
    [[nodiscard]] Entry* place(const TermHash& hash) {
        const std::size_t mask = entries_.size() - 1;
        std::size_t at = home(hash);
        while (entries_[at].id.is_defined() && entries_[at].hash != hash) at = (at + 1) & mask;
        return &entries_[at];
    }
    void grow() {
        bits_ = entries_.empty() ? kFirstBits : bits_ + 1;
        RawVector<Entry> old(std::size_t{1} << bits_);
        old.swap(entries_);
        for (const Entry& entry : old) {
            if (entry.id.is_defined()) *place(entry.hash) = entry;
        }
    }

    RawVector<Entry> entries_;
    unsigned bits_ = 0;  ///< of the number of places
    std::size_t size_ = 0;
};

}  // namespace tercet::storage
