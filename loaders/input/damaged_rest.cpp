#include "loaders/input/damaged_rest.hpp"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string_view>

namespace tercet::input {
namespace {

constexpr std::size_t kChunk = 1 << 16;
constexpr std::uint64_t kXzMemory = std::uint64_t{1} << 28U;

/// What is unpacked, from a place on.
class Rest {
public:
    explicit Rest(std::uint64_t skipped) : skipped_(skipped) {}

    void add(const char* bytes, std::size_t size) {
        const auto passed = static_cast<std::size_t>(std::min<std::uint64_t>(skipped_, size));
        text_.append(bytes + passed, size - passed);
        skipped_ -= passed;
    }
    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    std::uint64_t skipped_;
    std::string text_;
};

using Chunk = std::array<char, kChunk>;

/// Reads the file piece by piece. `unpack` takes from the piece what it can, gives on what that makes, and is false at a damage.
template <typename Unpack>
void for_each_piece(const std::string& path, const Unpack& unpack) {
    std::ifstream in(path, std::ios::binary);
    Chunk piece;
    while (in.read(piece.data(), kChunk), in.gcount() > 0) {
        std::string_view packed(piece.data(), static_cast<std::size_t>(in.gcount()));
        if (!unpack(packed)) return;
    }
}

void read_gzip(const std::string& path, Rest& rest) {
    struct Close {
        void operator()(gzFile file) const { gzclose(file); }
    };
    const std::unique_ptr<gzFile_s, Close> file(gzopen(path.c_str(), "rb"));
    if (!file || gzdirect(file.get()) != 0) return;
    Chunk out;
    for (int got = 1; got > 0;) {
        got = gzread(file.get(), out.data(), static_cast<unsigned>(out.size()));
        if (got > 0) rest.add(out.data(), static_cast<std::size_t>(got));
    }
}

void read_bzip2(const std::string& path, Rest& rest) {
    bz_stream stream{};
    if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) return;
    Chunk out;
    for_each_piece(path, [&](std::string_view packed) {
        stream.next_in = const_cast<char*>(packed.data());
        stream.avail_in = static_cast<unsigned>(packed.size());
        int state = BZ_OK;
        do {
            stream.next_out = out.data();
            stream.avail_out = static_cast<unsigned>(out.size());
            state = BZ2_bzDecompress(&stream);
            rest.add(out.data(), out.size() - stream.avail_out);
            if (state == BZ_STREAM_END && stream.avail_in > 0) {  // files may be joined
                BZ2_bzDecompressEnd(&stream);
                const bz_stream left = stream;
                stream = {};
                state = BZ2_bzDecompressInit(&stream, 0, 0);
                stream.next_in = left.next_in;
                stream.avail_in = left.avail_in;
            }
        } while (state == BZ_OK && (stream.avail_in > 0 || stream.avail_out == 0));
        return state == BZ_OK;
    });
    BZ2_bzDecompressEnd(&stream);
}

void read_zstd(const std::string& path, Rest& rest) {
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
    };
    const std::unique_ptr<ZSTD_DStream, Free> stream(ZSTD_createDStream());
    Chunk bytes;
    for_each_piece(path, [&](std::string_view packed) {
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        ZSTD_outBuffer out{};
        do {
            out = {bytes.data(), bytes.size(), 0};
            if (ZSTD_isError(ZSTD_decompressStream(stream.get(), &out, &in)) != 0) return false;
            rest.add(bytes.data(), out.pos);
        } while (in.pos < in.size || out.pos == out.size);
        return true;
    });
}

void read_xz(const std::string& path, Rest& rest) {
    lzma_stream stream = LZMA_STREAM_INIT;
    if (lzma_stream_decoder(&stream, kXzMemory, LZMA_CONCATENATED) != LZMA_OK) return;
    std::array<std::uint8_t, kChunk> out;
    for_each_piece(path, [&](std::string_view packed) {
        stream.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
        stream.avail_in = packed.size();
        lzma_ret state = LZMA_OK;
        do {
            stream.next_out = out.data();
            stream.avail_out = out.size();
            state = lzma_code(&stream, LZMA_RUN);
            rest.add(reinterpret_cast<const char*>(out.data()), out.size() - stream.avail_out);
        } while (state == LZMA_OK && (stream.avail_in > 0 || stream.avail_out == 0));
        return state == LZMA_OK || state == LZMA_BUF_ERROR;
    });
    lzma_end(&stream);
}

struct Packing {
    std::string_view mark;  ///< what its files begin with
    void (*read)(const std::string& path, Rest& rest);
};
constexpr std::array<Packing, 4> kPackings{{
    {"\x1F\x8B", read_gzip}, {"BZh", read_bzip2}, {"\x28\xB5\x2F\xFD", read_zstd}, {"\xFD" "7zXZ", read_xz}}};

}  // namespace

std::string damaged_rest(const std::string& path, std::uint64_t skipped) {
    std::array<char, 8> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    Rest rest(skipped);
    for (const Packing& packing : kPackings) {
        if (std::string_view(head.data(), head.size()).starts_with(packing.mark)) packing.read(path, rest);
    }
    return std::move(rest).take();
}

}  // namespace tercet::input
