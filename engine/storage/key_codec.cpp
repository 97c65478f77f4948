#include "engine/storage/key_codec.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

// Written so that compilers see one byte-swapping load or store.
void store(char* bytes, std::uint64_t value) noexcept {
    for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>((value >> (56 - 8 * i)) & 0xFFU);
}
std::uint64_t load(const char* bytes) noexcept {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (56 - 8 * i);
    }
    return value;
}

void expect_size(std::string_view bytes, std::size_t size, const char* what) {
    if (bytes.size() == size) return;
    throw Error(ErrorCode::Damaged, "the store is damaged: " + std::string(what) + " has " +
                                        std::to_string(bytes.size()) + " bytes instead of " + std::to_string(size));
}

}  // namespace

IndexKey::IndexKey(const IndexOrder& order, const Quad& quad, std::size_t parts) noexcept : size_(8 * parts) {
    for (std::size_t i = 0; i < parts; ++i) store(bytes_.data() + 8 * i, quad.slot[order.position[i]].bits());
}

Quad decode_key(const IndexOrder& order, std::string_view bytes) {
    const bool leaves_graph_out = bytes.size() == 24 && order.position[3] == 3;
    if (!leaves_graph_out) expect_size(bytes, 32, "a key of an index");
    Quad quad;
    for (std::size_t i = 0; i < bytes.size() / 8; ++i) {
        quad.slot[order.position[i]] = TermId::from_bits(load(bytes.data() + 8 * i));
    }
    return quad;
}

std::string after_prefix(std::string_view prefix) {
    std::string next(prefix);
    while (!next.empty() && next.back() == '\xFF') next.pop_back();
    if (!next.empty()) next.back() = static_cast<char>(static_cast<unsigned char>(next.back()) + 1);
    return next;
}

std::string encode_number(std::uint64_t value) {
    std::string bytes(8, '\0');
    store(bytes.data(), value);
    return bytes;
}

std::uint64_t decode_number(std::string_view bytes) {
    expect_size(bytes, 8, "a number");
    return load(bytes.data());
}

std::string encode_statistics(const PredicateStatistics& statistics) {
    return encode_number(statistics.triples) + encode_number(statistics.distinct_subjects) +
           encode_number(statistics.distinct_objects);
}

PredicateStatistics decode_statistics(std::string_view bytes) {
    expect_size(bytes, 24, "a row of statistics");
    return {load(bytes.data()), load(bytes.data() + 8), load(bytes.data() + 16)};
}

std::string encode_hash(const TermHash& hash) { return encode_number(hash.high) + encode_number(std::uint64_t{hash.low} << 48U).substr(0, 2); }

std::string encode_ranked(TermId id) {
    const std::string rank = encode_number(id.rank());
    return static_cast<char>(id.bits() >> TermId::kRankBits) + rank.substr(std::min(rank.find_first_not_of('\0'), rank.size()));
}

TermId decode_ranked(std::string_view bytes) {
    if (bytes.empty() || bytes.size() > 9) expect_size(bytes, 9, "the id of a term");
    const std::uint64_t kind = static_cast<unsigned char>(bytes[0]);
    std::uint64_t rank = 0;
    for (const char byte : bytes.substr(1)) rank = rank << 8U | static_cast<unsigned char>(byte);
    return TermId::from_bits(kind << TermId::kRankBits | rank);
}

}  // namespace tercet::storage
