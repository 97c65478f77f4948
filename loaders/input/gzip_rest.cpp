#include "loaders/input/gzip_rest.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace tercet::input {

std::string gzip_rest(const std::string& path, std::uint64_t skipped) {
    struct Close {
        void operator()(gzFile file) const { gzclose(file); }
    };
    const std::unique_ptr<gzFile_s, Close> file(gzopen(path.c_str(), "rb"));
    std::string rest;
    if (!file || gzdirect(file.get()) != 0) return rest;
    std::array<char, 1 << 16> chunk;
    for (int got = 1; got > 0;) {
        got = gzread(file.get(), chunk.data(), static_cast<unsigned>(chunk.size()));
        if (got <= 0) break;
        const auto size = static_cast<std::uint64_t>(got);
        const std::uint64_t passed = std::min(skipped, size);
        rest.append(chunk.data() + passed, static_cast<std::size_t>(size - passed));
        skipped -= passed;
    }
    return rest;
}

}  // namespace tercet::input
