#include "loaders/language/sentence_model.hpp"

#include <algorithm>
#include <string_view>

#include "loaders/language/characters.hpp"
#include "loaders/language/feature_rows.hpp"
#include "tercet/error.hpp"

namespace tercet::language {
namespace {

// Log-odds from which on a sentence ends where no mark says so, and below which it goes on though a mark does.
constexpr float kEnds = 0.0F;
constexpr float kGoesOn = -1.5F;

/// What kind of word it is, by its first letters; marks are themselves.
std::string_view shape_of(std::string_view form) {
    if (form.size() > 4 && (form.find('@') != std::string_view::npos || form.find("://") != std::string_view::npos || form.starts_with("www."))) return "url";
    const char first = form.front();
    if (is_digit(first)) {
        if (form.find_first_not_of("0123456789") == std::string_view::npos) return "9";
        return form.find('/') != std::string_view::npos ? "9/" : form.find(':') != std::string_view::npos ? "9:" : "9x";
    }
    if (!is_letter(first)) return form.substr(0, form.find_first_not_of(first) == std::string_view::npos ? 2 : 3);
    if (!is_upper(first)) return "xx";
    if (form.size() == 1) return "X";
    return is_upper(form[1]) ? "XX" : "Xx";
}

/// Lengths that are much the same are one.
std::size_t length_class(std::size_t words) {
    constexpr std::array<std::size_t, 7> kBounds{1, 2, 3, 5, 8, 14, 25};
    return static_cast<std::size_t>(std::ranges::lower_bound(kBounds, words) - kBounds.begin());
}

}  // namespace

SentenceFeatures::SentenceFeatures(const std::vector<Word>& words) {
    views_.reserve(words.size());
    small_words_.reserve(words.size() + 1);
    std::size_t small = 0;
    for (const Word& word : words) {
        const std::string_view shape = shape_of(word.form);
        views_.push_back({text_hash(lower(word.form)), text_hash(shape)});
        small_words_.push_back(small);
        small += shape == "xx" ? 1 : 0;
    }
    small_words_.push_back(small);
    if (words.empty()) return;
    ends_with_mark_ = std::string_view(".!?").find(words.back().form.back()) != std::string_view::npos;
    is_small_ = is_lower(words.front().form.front());
}

SentenceRows SentenceFeatures::at(std::size_t start, std::size_t i, bool is_end_by_mark) const {
    const std::uint64_t mark = is_end_by_mark ? 1 : 0, length = length_class(i + 1 - start);
    const std::uint64_t no_small = small_words_[i + 1] == small_words_[start] ? 1 : 0;
    const std::uint64_t is_small = is_small_ ? 1 : 0, ends_with_mark = ends_with_mark_ ? 1 : 0;
    // Before the first word of the sentence there is nothing: i - 1 may wrap round, which is beyond the line.
    const View before = view(start, i - 1), here = views_[i], next = view(start, i + 1), next2 = view(start, i + 2), next3 = view(start, i + 3);
    const auto row = [](std::uint64_t kind, auto... values) { return feature_row(kSentenceRowBits, kind, values...); };
    return {row(0, mark),
            row(1, here.shape, next.shape, mark),
            row(2, here.form, mark),
            row(3, next.form, next.shape, mark),
            row(4, here.form, next.form),
            row(5, before.shape, here.shape, next.shape, mark),
            row(6, here.shape, next.shape, next2.shape, mark),
            row(7, before.form, here.shape, next.shape),
            row(8, here.form, next.shape),
            row(9, here.shape, next.form, mark),
            row(10, next.shape, next2.form),
            row(11, length, here.shape, next.shape, mark),
            row(12, views_[start].form, length, next.shape),
            row(13, no_small, length, next.shape, next2.shape),
            row(14, ends_with_mark, here.shape, next.shape),
            row(15, next.shape, next2.shape, next3.shape),
            row(16, is_small, here.shape, next.shape, mark),
            row(17, before.shape, here.shape, next.shape, next2.shape, no_small)};
}

SentenceModel::SentenceModel(const ModelFile& file) {
    const auto found = file.tensors.find("sentences.weights");
    if (found == file.tensors.end()) return;
    const Tensor& tensor = found->second;
    if (tensor.data.size() != std::size_t{1} << kSentenceRowBits || tensor.scale.size() != 1) {
        throw Error(ErrorCode::Damaged, "the language model's part sentences.weights has another size");
    }
    weights_ = tensor.data;
    unit_ = tensor.scale.front();
}

bool SentenceModel::is_end(const SentenceFeatures& features, std::size_t start, std::size_t i, bool is_end_by_mark) const {
    if (weights_.empty()) return is_end_by_mark;
    std::int32_t sum = 0;
    for (const std::uint32_t row : features.at(start, i, is_end_by_mark)) sum += weights_[row];
    return static_cast<float>(sum) * unit_ > (is_end_by_mark ? kGoesOn : kEnds);
}

}  // namespace tercet::language
