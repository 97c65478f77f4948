#include "loaders/reading/encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace tercet::reading {
namespace {

constexpr std::size_t kSample = 1 << 16;  ///< bytes that are looked at to guess
constexpr std::string_view kMark = "\xEF\xBB\xBF";

/// Valid, but for a byte here and there: one damaged character does not make another encoding.
bool is_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t bad = 0;
    std::size_t zero = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        UChar32 c = 0;
        const std::size_t begin = at;
        U8_NEXT(bytes.data(), at, bytes.size(), c);
        if (c < 0) ++bad;
        else if (c == 0) ++zero;
        else if (at - begin > 1) ++good;
    }
    return bad * 10 <= good && zero * 4 <= bytes.size();
}

/// The encodings that pages call Latin-1 are read as its superset, as browsers do.
std::string converter_name(std::string_view charset) {
    std::string name(charset);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    const bool latin = name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii";
    return latin ? "windows-1252" : name;
}

bool is_known(const std::string& charset) {
    if (charset.empty()) return false;
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(charset.c_str(), &status);
    if (U_FAILURE(status)) return false;
    ucnv_close(converter);
    return true;
}

std::string guess(std::string_view bytes) {
    struct Close {
        void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
    };
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, Close> detector(ucsdet_open(&status));
    const std::string_view sample = bytes.substr(0, kSample);
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
    const char* name = U_SUCCESS(status) && match != nullptr ? ucsdet_getName(match, &status) : nullptr;
    return name != nullptr ? converter_name(name) : "windows-1252";
}

std::string converted(std::string_view bytes, const std::string& charset) {
    const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), charset.c_str());
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

}  // namespace

std::string to_utf8(std::string bytes, std::string_view charset) {
    if (bytes.starts_with(kMark)) std::fill_n(bytes.begin(), kMark.size(), ' ');
    std::int32_t mark = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto sample = static_cast<std::int32_t>(std::min(bytes.size(), kSample));
    const char* by_mark = ucnv_detectUnicodeSignature(bytes.data(), sample, &mark, &status);
    if (by_mark != nullptr) return converted(std::string_view(bytes).substr(static_cast<std::size_t>(mark)), by_mark);
    if (is_utf8(bytes)) return bytes;
    const std::string named = converter_name(charset);
    return converted(bytes, is_known(named) ? named : guess(bytes));
}

}  // namespace tercet::reading
