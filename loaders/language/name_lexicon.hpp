#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "loaders/language/model_file.hpp"

namespace tercet::language {

/// What a listed name may be; bits of a set. A name is often listed as several.
enum NameClass : std::uint8_t {
    kGivenName = 1,
    kSurname = 2,
    kSmallPlace = 4,
    kCity = 8,
    kCountry = 16,
    kRegion = 32,
    kListedOrganisation = 64,
    kDemonym = 128,
};

/// Whose given name a listed one is; often both.
enum GivenNameOf : std::uint8_t { kOfMen = 1, kOfWomen = 2 };

/// Key of a word or of a phrase. A phrase's key is its words' keys, chained; case (ASCII) does not count.
[[nodiscard]] std::uint64_t name_key(std::string_view word);
[[nodiscard]] std::uint64_t name_key_chained(std::uint64_t phrase, std::uint64_t word) noexcept;

/// Lists of names, kept as 32 bits of hash for each. Names that are not listed are taken for listed ones once in ten thousand times.
class NameLexicon {
public:
    static constexpr std::size_t kLongestPhrase = 4;  ///< words
    static constexpr const char* kNames = "names.lexicon";       ///< part of a model: classes are NameClass
    static constexpr const char* kGivenNames = "names.genders";  ///< classes are GivenNameOf
    using Entry = std::pair<std::uint32_t, std::uint8_t>;

    NameLexicon() = default;
    explicit NameLexicon(const std::vector<Entry>& entries);
    NameLexicon(const ModelFile& file, const char* part);  ///< empty if the model has no such part

    [[nodiscard]] static std::uint32_t shortened(std::uint64_t key) noexcept { return static_cast<std::uint32_t>(key >> 32U) | 1U; }
    [[nodiscard]] std::uint8_t classes(std::uint64_t key) const noexcept;

    static void write(const std::vector<Entry>& entries, ModelFile& file, const char* part);

private:
    /// The slot of a shortened key, or the free one where it would go. Precondition: there are slots.
    [[nodiscard]] std::size_t place_of(std::uint32_t wanted) const noexcept;

    std::vector<Entry> slots_;  ///< open addressing, a power of two; 0 is a free slot
};

}  // namespace tercet::language
