#include "loaders/reading/english.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace tercet::reading {
namespace {

constexpr std::size_t kSample = 20'000;  ///< bytes that are looked at
constexpr int kEnoughEnglish = 40;       ///< per cent of the text
constexpr int kShortest = 60;            ///< letters' bytes; what is shorter may be anything

/// Whether most letters are of other scripts than English has, and there are enough of them to tell.
bool is_in_other_letters(std::string_view sample) {
    int letters = 0, latin = 0;
    for (std::int32_t at = 0, size = static_cast<std::int32_t>(sample.size()); at < size;) {
        UChar32 c = 0;
        U8_NEXT(sample.data(), at, size, c);
        if (c < 0 || u_isalpha(c) == 0) continue;
        UErrorCode status = U_ZERO_ERROR;
        ++letters;
        latin += uscript_getScript(c, &status) == USCRIPT_LATIN ? 1 : 0;
    }
    return letters >= kShortest && 2 * latin < letters;
}

}  // namespace

std::string foreign_language(std::string_view text) {
    const std::string_view sample = text.substr(0, kSample);
    CLD2::Language languages[3];
    int percent[3];
    double scores[3];
    int text_bytes = 0;
    int valid_bytes = 0;
    bool is_reliable = false;
    const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    const auto detect = [&](std::string_view bytes) {
        return CLD2::ExtDetectLanguageSummaryCheckUTF8(bytes.data(), static_cast<int>(bytes.size()), true, &hints, 0, languages, percent,
                                                       scores, nullptr, &text_bytes, &is_reliable, &valid_bytes);
    };
    CLD2::Language language = detect(sample);
    // The sample may end within a character, and a text may hold a damaged one.
    if (static_cast<std::size_t>(valid_bytes) < sample.size()) language = detect(sample.substr(0, static_cast<std::size_t>(valid_bytes)));
    int english = 0;
    for (int i = 0; i < 3; ++i) english += languages[i] == CLD2::ENGLISH ? percent[i] : 0;
    const bool unclear = !is_reliable || text_bytes < kShortest || language == CLD2::UNKNOWN_LANGUAGE;
    if (unclear && is_in_other_letters(sample)) return "in letters that are not English";
    if (unclear || language == CLD2::ENGLISH || english >= kEnoughEnglish) return {};
    std::string name = CLD2::LanguageName(language);
    if (name.starts_with("X_")) name.erase(0, 2);  // a script, by which it knows the language well enough
    std::transform(name.begin() + 1, name.end(), name.begin() + 1, [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

}  // namespace tercet::reading
