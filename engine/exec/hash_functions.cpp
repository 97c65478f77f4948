#include <openssl/evp.h>

#include <array>
#include <string>

#include "engine/exec/functions.hpp"

namespace tercet::exec {
namespace {

using Digest = const EVP_MD* (*)();

template <Digest kDigest>
Value digest(FunctionContext& context, Arguments a) {
    static constexpr char kHex[] = "0123456789abcdef";
    const auto text = context.reader.plain_text(a[0]);
    if (!text) return {};
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (EVP_Digest(text->data(), text->size(), bytes.data(), &size, kDigest(), nullptr) != 1) return {};
    std::string hex;
    for (unsigned i = 0; i < size; ++i) (hex += kHex[bytes[i] >> 4U]) += kHex[bytes[i] & 15U];
    return Text{std::move(hex), {}, {}};
}

constexpr std::array kRows{
    FunctionRow{"MD5", 1, 1, digest<EVP_md5>},       FunctionRow{"SHA1", 1, 1, digest<EVP_sha1>},
    FunctionRow{"SHA256", 1, 1, digest<EVP_sha256>}, FunctionRow{"SHA384", 1, 1, digest<EVP_sha384>},
    FunctionRow{"SHA512", 1, 1, digest<EVP_sha512>},
};

}  // namespace

std::span<const FunctionRow> hash_functions() { return kRows; }

}  // namespace tercet::exec
