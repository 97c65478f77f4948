#include "loaders/language/sentence_model.hpp"

#include <algorithm>
#include <string_view>

#include "loaders/language/characters.hpp"
#include "tercet/error.hpp"

namespace tercet::language {
namespace {

// Log-odds from which on a sentence ends where no mark says so, and below which it goes on though a mark does.
constexpr float kEnds = 0.0F;
constexpr float kGoesOn = -1.5F;

const std::string kNone = "^";

/// What kind of word it is; marks are themselves.
std::string shape_of(const std::string& form) {
    if (form.size() > 4 && (form.find('@') != std::string::npos || form.find("://") != std::string::npos || form.starts_with("www."))) return "url";
    const char first = form.front();
    if (is_digit(first)) return form.find_first_not_of("0123456789") == std::string::npos ? "9" : form.find('/') != std::string::npos ? "9/" : form.find(':') != std::string::npos ? "9:" : "9x";
    if (!is_letter(first)) return form.size() > 1 && form.find_first_not_of(first) == std::string::npos ? std::string(2, first) : form.substr(0, 3);
    if (!is_upper(first)) return "xx";
    if (form.size() == 1) return "X";
    return is_upper(form[1]) ? "XX" : "Xx";
}

/// FNV-1a over parts, a bound between each two.
class RowHash {
public:
    explicit RowHash(std::size_t feature) { add(static_cast<unsigned char>(feature)); }
    RowHash& operator<<(std::string_view part) {
        for (const char c : part) add(static_cast<unsigned char>(c));
        add(0xFF);
        return *this;
    }
    RowHash& operator<<(std::size_t number) {
        add(static_cast<unsigned char>(number));
        add(0xFF);
        return *this;
    }
    [[nodiscard]] std::uint32_t row() const { return static_cast<std::uint32_t>((hash_ ^ (hash_ >> 29U)) & ((1U << kSentenceRowBits) - 1)); }

private:
    void add(unsigned char byte) { hash_ = (hash_ ^ byte) * 1099511628211U; }

    std::uint64_t hash_ = 14695981039346656037U;
};

/// Lengths that are much the same are one.
std::size_t length_class(std::size_t words) {
    constexpr std::array<std::size_t, 7> kBounds{1, 2, 3, 5, 8, 14, 25};
    return static_cast<std::size_t>(std::ranges::lower_bound(kBounds, words) - kBounds.begin());
}

}  // namespace

SentenceFeatures::SentenceFeatures(const std::vector<Word>& words) {
    std::size_t small = 0;
    for (const Word& word : words) {
        shapes_.push_back(shape_of(word.form));
        forms_.push_back(lower(word.form));
        small_words_.push_back(small);
        small += shapes_.back() == "xx" ? 1 : 0;
    }
    small_words_.push_back(small);
    if (words.empty()) return;
    ends_with_mark_ = std::string_view(".!?").find(words.back().form.back()) != std::string_view::npos;
    is_small_ = is_lower(words.front().form.front());
}

const std::string& SentenceFeatures::shape(std::size_t start, std::size_t i) const { return i < start || i >= shapes_.size() ? kNone : shapes_[i]; }
const std::string& SentenceFeatures::form(std::size_t start, std::size_t i) const { return i < start || i >= forms_.size() ? kNone : forms_[i]; }

SentenceRows SentenceFeatures::at(std::size_t start, std::size_t i, bool is_end_by_mark) const {
    const std::size_t mark = is_end_by_mark ? 1 : 0, length = length_class(i + 1 - start);
    const std::size_t no_small = small_words_[i + 1] == small_words_[start] ? 1 : 0;
    // Before the first word of the sentence there is nothing: i - 1 may wrap round, which is beyond the line.
    const std::string &s = shapes_[i], &s1 = shape(start, i + 1), &s2 = shape(start, i + 2), &s3 = shape(start, i + 3), &before = shape(start, i - 1);
    const std::string &w = forms_[i], &w1 = form(start, i + 1), &w2 = form(start, i + 2), &w_before = form(start, i - 1);
    return {(RowHash(0) << mark).row(),
            (RowHash(1) << s << s1 << mark).row(),
            (RowHash(2) << w << mark).row(),
            (RowHash(3) << w1 << s1 << mark).row(),
            (RowHash(4) << w << w1).row(),
            (RowHash(5) << before << s << s1 << mark).row(),
            (RowHash(6) << s << s1 << s2 << mark).row(),
            (RowHash(7) << w_before << s << s1).row(),
            (RowHash(8) << w << s1).row(),
            (RowHash(9) << s << w1 << mark).row(),
            (RowHash(10) << s1 << w2).row(),
            (RowHash(11) << length << s << s1 << mark).row(),
            (RowHash(12) << form(start, start) << length << s1).row(),
            (RowHash(13) << no_small << length << s1 << s2).row(),
            (RowHash(14) << (ends_with_mark_ ? 1U : 0U) << s << s1).row(),
            (RowHash(15) << s1 << s2 << s3).row(),
            (RowHash(16) << (is_small_ ? 1U : 0U) << s << s1 << mark).row(),
            (RowHash(17) << before << s << s1 << s2 << no_small).row()};
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
