#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::language {

/// A matrix in eight bits: value(r, c) = scale[r] * data[r * columns + c]. Tables of embeddings have one entry per row.
struct Tensor {
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::vector<float> scale;
    std::vector<std::int8_t> data;

    [[nodiscard]] std::vector<float> row(std::uint32_t r) const;
};

/// Everything that is trained.
///
/// On disk: "TERCETLM", format version, feature version, the parts below in this order with 32-bit lengths (little-endian),
/// then XXH3-64 of all that precedes.
struct ModelFile {
    static constexpr std::uint32_t kVersion = 1;

    std::vector<std::string> words;   ///< by row of the word table; 0 is the unknown word
    std::vector<std::string> upos, xpos, labels;
    std::map<std::string, std::string> lemma_table;  ///< "NNS children" -> "child"
    std::map<std::string, std::string> lemma_rules;  ///< "VBD ied" -> "3 y": cut three, add y; the longest suffix counts
    std::map<std::string, Tensor> tensors;

    [[nodiscard]] const Tensor& tensor(const std::string& name) const;  ///< throws Error (Damaged)

    void write(const std::string& file) const;
    /// Throws Error: NotFound, Version, Damaged.
    [[nodiscard]] static ModelFile read(const std::string& file);
};

}  // namespace tercet::language
