#include "loaders/language/name_features.hpp"

#include <algorithm>
#include <string>

#include "loaders/language/features.hpp"
#include "loaders/language/feature_rows.hpp"

namespace tercet::language {
namespace {

constexpr std::size_t kUsesKept = 6;  ///< of one word in one text

/// A letter beyond ASCII counts as a capital where one of the Latin blocks begins with its lead byte; few words begin so.
bool starts_with_capital(std::string_view form) {
    return !form.empty() && ((form[0] >= 'A' && form[0] <= 'Z') || (form[0] == '\xC3' && form.size() > 1 && static_cast<unsigned char>(form[1]) < 0x9F));
}

bool is_link(std::string_view form) {
    return form == "of" || form == "the" || form == "for" || form == "-" || form == "al" || form == "de" || form == "&" || form == "ad" || form == "az";
}

}  // namespace

NameFeatures::NameFeatures(const std::vector<Sentence>& sentences, const NameLexicon& lexicon) : sentences_(sentences) {
    views_.reserve(sentences.size());
    for (const Sentence& sentence : sentences) view(sentence, lexicon);
    note_uses();
}

void NameFeatures::view(const Sentence& sentence, const NameLexicon& lexicon) {
    std::vector<View> views(sentence.words.size());
    for (std::size_t i = 0; i < views.size(); ++i) {
        const Word& word = sentence.words[i];
        const std::string lower = normalised(word.form);
        View& view = views[i];
        view.form = text_hash(word.form);
        view.lower = text_hash(lower);
        view.shape = text_hash(shape_of(word.form));
        view.tag = text_hash(word.xpos);
        view.relation = text_hash(word.deprel);
        view.suffix = text_hash(std::string_view(lower).substr(lower.size() - std::min<std::size_t>(3, lower.size())));
        view.is_capitalised = starts_with_capital(word.form);
        view.starts = i == 0 || sentence.words[i - 1].upos == "PUNCT";
    }
    for (std::size_t i = 0; i < views.size(); ++i) {
        const Word& word = sentence.words[i];
        if (word.head >= 0 && word.deprel.starts_with("case")) views[static_cast<std::size_t>(word.head)].preposition = views[i].lower;
    }
    for (std::size_t i = 0; i < views.size();) {
        std::size_t end = i;
        for (std::size_t j = i; j < views.size() && (views[j].is_capitalised || (end > i && is_link(sentence.words[j].form))); ++j) {
            if (views[j].is_capitalised) end = j + 1;
        }
        for (std::size_t j = i; j < end; ++j) {
            views[j].run_first = static_cast<int>(i);
            views[j].run_end = static_cast<int>(end);
        }
        i = std::max(end, i + 1);
    }
    mark_phrases(sentence, lexicon, views);
    views_.push_back(std::move(views));
}

/// The longest listed phrases, from left to right.
void NameFeatures::mark_phrases(const Sentence& sentence, const NameLexicon& lexicon, std::vector<View>& views) const {
    for (std::size_t i = 0; i < views.size();) {
        if (!views[i].is_capitalised && !is_link(sentence.words[i].form)) {
            ++i;
            continue;
        }
        std::uint64_t key = 0;
        std::size_t length = 0;
        std::uint8_t classes = 0;
        for (std::size_t j = i; j < std::min(views.size(), i + NameLexicon::kLongestPhrase); ++j) {
            key = j == i ? views[j].lower : name_key_chained(key, views[j].lower);
            if (!views[j].is_capitalised) continue;
            if (const std::uint8_t found = lexicon.classes(key); found != 0) {
                length = j - i + 1;
                classes = found;
            }
        }
        for (std::size_t j = i; j < i + length; ++j) {
            views[j].classes = classes;
            views[j].phrase = static_cast<std::uint8_t>(length == 1 ? 1 : j == i ? 2 : 3);
        }
        i += std::max<std::size_t>(length, 1);
    }
}

void NameFeatures::note_uses() {
    for (std::uint32_t s = 0; s < views_.size(); ++s) {
        for (std::uint32_t w = 0; w < views_[s].size(); ++w) {
            const View& view = views_[s][w];
            if (!view.is_capitalised) {
                small_.insert(view.lower);
                continue;
            }
            auto& uses = uses_[view.form];
            if (uses.size() < kUsesKept) uses.push_back({s, w});
        }
    }
}

const NameFeatures::View& NameFeatures::at(std::size_t sentence, long word) const {
    const auto& views = views_[sentence];
    return word < 0 || word >= static_cast<long>(views.size()) ? nothing_ : views[static_cast<std::size_t>(word)];
}

/// How the text uses the same word in other places.
void NameFeatures::add_elsewhere(std::size_t sentence, std::size_t word, std::vector<std::uint32_t>& rows) const {
    FeatureRows add(rows, kNameRowBits);
    const auto uses = uses_.find(views_[sentence][word].form);
    if (uses == uses_.end()) return;
    bool within = false;
    for (const Place& place : uses->second) {
        if (place.sentence == sentence && place.word == word) continue;
        const long w = place.word;
        const View& other = at(place.sentence, w);
        within |= !other.starts;
        add.add(60, at(place.sentence, w - 1).lower);
        add.add(61, at(place.sentence, w + 1).lower);
        add.add(62, other.preposition);
        add.add(63, other.classes, other.phrase);
        add.add(64, other.relation);
        if (other.run_end > w + 1) add.add(65, at(place.sentence, other.run_end - 1).lower);
        if (other.run_first < w) add.add(66, at(place.sentence, w - 1).classes, at(place.sentence, w - 1).shape);
    }
    add.add(67, within ? 1 : 0, uses->second.size() > 1 ? 1 : 0);
    add.add(68, small_.contains(views_[sentence][word].lower) ? 1 : 0, views_[sentence][word].starts ? 1 : 0);
}

void NameFeatures::find(std::size_t sentence, std::vector<std::vector<std::uint32_t>>& rows) const {
    const Sentence& words = sentences_[sentence];
    const auto& views = views_[sentence];
    rows.resize(views.size());
    for (std::size_t i = 0; i < views.size(); ++i) {
        rows[i].clear();
        FeatureRows add(rows[i], kNameRowBits);
        const View& here = views[i];
        const long w = static_cast<long>(i);
        const View &before = at(sentence, w - 1), &after = at(sentence, w + 1), &before2 = at(sentence, w - 2), &after2 = at(sentence, w + 2);
        add.add(0, 1);
        add.add(1, here.lower);
        add.add(2, here.shape);
        add.add(3, here.tag);
        add.add(4, before.lower);
        add.add(5, after.lower);
        add.add(6, here.shape, here.tag);
        add.add(7, here.relation);
        if (!here.is_capitalised && !before.is_capitalised && !after.is_capitalised) continue;
        add.add(8, here.form);
        const std::string_view form = words.words[i].form;
        for (std::size_t length = 1; length <= 4 && length < form.size(); ++length) {
            add.add(10 + length, text_hash(form.substr(0, length)));
            add.add(14 + length, text_hash(form.substr(form.size() - length)));
        }
        add.add(20, before.shape, here.shape);
        add.add(21, here.shape, after.shape);
        add.add(22, before.lower, here.lower);
        add.add(23, here.lower, after.lower);
        add.add(24, before2.lower);
        add.add(25, after2.lower);
        add.add(26, before.tag, here.tag);
        add.add(27, here.tag, after.tag);
        add.add(28, before.lower, here.shape);
        add.add(29, here.shape, after.lower);
        add.add(30, before.suffix);
        add.add(31, after.suffix);
        add.add(32, before.shape ^ (here.shape * 3), after.shape);
        add.add(33, before2.lower, before.lower);
        add.add(34, after.lower, after2.lower);
        add.add(35, here.preposition, here.relation);
        if (words.words[i].head >= 0) {
            const View& head = views[static_cast<std::size_t>(words.words[i].head)];
            add.add(36, head.lower, here.relation);
            add.add(37, head.preposition, here.relation);
            add.add(38, head.tag, here.relation);
            add.add(39, head.classes, here.relation);
        }
        add.add(40, here.classes, here.phrase);
        add.add(41, here.classes, here.tag);
        add.add(42, before.classes, before.phrase);
        add.add(43, after.classes, after.phrase);
        add.add(44, here.classes ^ (std::uint64_t{before.classes} << 8U) ^ (std::uint64_t{after.classes} << 16U), here.shape);
        for (unsigned bit = 0; bit < 8; ++bit) {
            if ((here.classes >> bit & 1U) != 0) add.add(45, bit, here.phrase);
        }
        add.add(46, here.starts ? 1 : 0, here.shape);
        if (!here.is_capitalised && here.run_end == here.run_first) continue;
        const View &first = at(sentence, here.run_first), &last = at(sentence, here.run_end - 1);
        const View &lead = at(sentence, here.run_first - 1), &follow = at(sentence, here.run_end);
        const auto length = static_cast<std::uint64_t>(std::min(here.run_end - here.run_first, 6));
        const auto position = static_cast<std::uint64_t>(std::min<long>(w - here.run_first, 3));
        add.add(47, last.lower);
        add.add(48, first.lower);
        add.add(49, lead.lower);
        add.add(50, follow.lower);
        add.add(51, length, position);
        add.add(52, last.relation, last.preposition);
        add.add(53, last.classes, first.classes);
        add.add(54, last.suffix, length);
        add.add(55, lead.lower, follow.lower);
        add.add(56, lead.lower, length);
        add.add(57, follow.lower, length);
        if (here.is_capitalised) add_elsewhere(sentence, i, rows[i]);
    }
}

}  // namespace tercet::language
