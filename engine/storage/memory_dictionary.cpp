#include "engine/storage/memory_dictionary.hpp"

#include <mutex>

#include "engine/model/term_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {

std::optional<TermId> MemoryDictionary::find(std::string_view bytes) const {
    const std::shared_lock lock(mutex_);
    const auto found = ids_.find(bytes);
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

TermId MemoryDictionary::add(std::string_view bytes) {
    const std::unique_lock lock(mutex_);
    const auto found = ids_.find(bytes);
    if (found != ids_.end()) return found->second;
    const TermId id = TermId::ranked(tag_of(bytes), TermId::Segment::Tail, bytes_.size());
    ids_.emplace(bytes_.emplace_back(bytes), id);
    return id;
}

std::string_view MemoryDictionary::bytes(TermId id) const {
    const std::shared_lock lock(mutex_);
    if (id.segment() != TermId::Segment::Tail || id.rank() >= bytes_.size()) {
        throw Error(ErrorCode::Damaged, "a term id is not in the dictionary");
    }
    return bytes_[id.rank()];
}

std::uint64_t MemoryDictionary::size() const {
    const std::shared_lock lock(mutex_);
    return bytes_.size();
}

void MemoryDictionary::shrink(std::uint64_t size) {
    const std::unique_lock lock(mutex_);
    for (; bytes_.size() > size; bytes_.pop_back()) ids_.erase(bytes_.back());
}

}  // namespace tercet::storage
