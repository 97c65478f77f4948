#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the network sees of a word: hashed parts of its form. Shared by training and use; changing anything here, or what the linear
/// models see (feature_rows.hpp), makes trained models meaningless, so kFeatureVersion goes into the model file.
namespace tercet::language {

inline constexpr std::uint32_t kFeatureVersion = 2;

/// Tables of embeddings that are indexed by a hash, besides that of known words and that of n-grams.
struct FeatureTable {
    std::string_view name;
    std::uint32_t rows;
    std::uint32_t width;
};
inline constexpr std::array kFeatureTables{
    FeatureTable{"suffix2", 4096, 16}, FeatureTable{"suffix3", 8192, 32}, FeatureTable{"suffix4", 8192, 32},
    FeatureTable{"prefix2", 4096, 16}, FeatureTable{"prefix3", 8192, 16}, FeatureTable{"shape", 2048, 16},
};
inline constexpr std::uint32_t kNgramRows = 16384;
inline constexpr std::uint32_t kNgramWidth = 64;
inline constexpr std::uint32_t kWordWidth = 100;
inline constexpr std::uint32_t kInputWidth = kWordWidth + 16 + 32 + 32 + 16 + 16 + 16 + kNgramWidth;

struct WordFeatures {
    std::array<std::uint32_t, kFeatureTables.size()> row{};
    std::vector<std::uint32_t> ngrams;  ///< rows of the n-gram table; their sum is divided by the root of their number
};

/// Lower-cased (ASCII), digits as 0: the key of the table of known words.
[[nodiscard]] std::string normalised(std::string_view form);

/// X for capitals, x for small letters, d for digits, others as they are; runs are cut at three.
[[nodiscard]] std::string shape_of(std::string_view form);

[[nodiscard]] WordFeatures features_of(std::string_view form);

/// The word that stands in front of every sentence and heads its root.
inline constexpr std::string_view kRootForm = "<root>";

}  // namespace tercet::language
