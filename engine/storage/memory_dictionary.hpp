#pragma once

#include <deque>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/model/term_id.hpp"

namespace tercet::storage {

/// Numbers encoded terms in order of arrival. Any number of threads may read while one adds.
class MemoryDictionary {
public:
    [[nodiscard]] std::optional<TermId> find(std::string_view bytes) const;
    TermId add(std::string_view bytes);
    /// Throws Error (Damaged) for an id that was never given out.
    [[nodiscard]] std::string_view bytes(TermId id) const;
    [[nodiscard]] std::uint64_t size() const;
    /// Forgets the terms that came after the first `size`.
    void shrink(std::uint64_t size);

private:
    mutable std::shared_mutex mutex_;
    std::deque<std::string> bytes_;  ///< by rank; elements never move
    std::unordered_map<std::string_view, TermId> ids_;
};

}  // namespace tercet::storage
