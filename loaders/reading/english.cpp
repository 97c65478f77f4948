#include "loaders/reading/english.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>

namespace tercet::reading {
namespace {

constexpr std::size_t kSample = 20'000;  ///< bytes that are looked at
constexpr int kEnoughEnglish = 40;       ///< per cent of the text
constexpr int kShortest = 60;            ///< letters' bytes; what is shorter may be anything

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
    if (unclear || language == CLD2::ENGLISH || english >= kEnoughEnglish) return {};
    std::string name = CLD2::LanguageName(language);
    std::transform(name.begin() + 1, name.end(), name.begin() + 1, [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

}  // namespace tercet::reading
