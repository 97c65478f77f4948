#include "loaders/language/name_lexicon.hpp"

#include <xxhash.h>

#include <bit>
#include <cstring>

#include "loaders/language/features.hpp"

namespace tercet::language {
namespace {

constexpr std::size_t kEntryBytes = sizeof(std::uint32_t) + sizeof(std::uint8_t);

std::vector<NameLexicon::Entry> entries_in(const ModelFile& file, const char* part) {
    std::vector<NameLexicon::Entry> entries;
    const auto found = file.tensors.find(part);
    if (found == file.tensors.end()) return entries;
    const auto& data = found->second.data;
    for (std::size_t at = 0; at + kEntryBytes <= data.size(); at += kEntryBytes) {
        NameLexicon::Entry entry;
        std::memcpy(&entry.first, &data[at], sizeof entry.first);
        std::memcpy(&entry.second, &data[at + sizeof entry.first], sizeof entry.second);
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace

std::uint64_t name_key(std::string_view word) {
    const std::string key = normalised(word);
    return XXH3_64bits(key.data(), key.size());
}

std::uint64_t name_key_chained(std::uint64_t phrase, std::uint64_t word) noexcept {
    return std::rotl(phrase * 0x9E3779B97F4A7C15U, 23) ^ word;
}

NameLexicon::NameLexicon(const std::vector<Entry>& entries) : slots_(std::bit_ceil(2 * entries.size() + 1)) {
    for (const Entry& entry : entries) {
        Entry& slot = slots_[place_of(entry.first)];
        slot = {entry.first, static_cast<std::uint8_t>(slot.second | entry.second)};
    }
}

NameLexicon::NameLexicon(const ModelFile& file, const char* part) : NameLexicon(entries_in(file, part)) {}

std::uint8_t NameLexicon::classes(std::uint64_t key) const noexcept {
    return slots_.empty() ? 0 : slots_[place_of(shortened(key))].second;
}

std::size_t NameLexicon::place_of(std::uint32_t wanted) const noexcept {
    std::size_t at = wanted & (slots_.size() - 1);
    while (slots_[at].first != 0 && slots_[at].first != wanted) at = (at + 1) & (slots_.size() - 1);
    return at;
}

void NameLexicon::write(const std::vector<Entry>& entries, ModelFile& file, const char* part) {
    Tensor list{1, static_cast<std::uint32_t>(entries.size() * kEntryBytes), {1}, std::vector<std::int8_t>(entries.size() * kEntryBytes)};
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::memcpy(&list.data[i * kEntryBytes], &entries[i].first, sizeof entries[i].first);
        std::memcpy(&list.data[i * kEntryBytes + sizeof entries[i].first], &entries[i].second, sizeof entries[i].second);
    }
    file.tensors[part] = std::move(list);
}

}  // namespace tercet::language
