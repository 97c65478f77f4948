#include "engine/model/term_hash.hpp"

#include <xxhash.h>

namespace tercet {

TermHash hash_term(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.high64, static_cast<std::uint16_t>(hash.low64 >> 48U)};
}

}  // namespace tercet
