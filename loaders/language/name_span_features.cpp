#include "loaders/language/name_span_features.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "loaders/language/feature_rows.hpp"

namespace tercet::language {
namespace {

constexpr int kLongestName = 10;  ///< words
constexpr int kLongLength = 6;    ///< from here on all lengths are one

bool starts_with_digit(std::string_view form) { return !form.empty() && form[0] >= '0' && form[0] <= '9'; }

/// What may stand between the words of a name.
bool is_link(std::string_view form) {
    static constexpr std::array<std::string_view, 26> kLinks{"of", "the", "for", "-", "–", "al", "de", "&", "ad", "az", "and", "’s", "'s",
                                                             ",", ".", "\"", "(", ")", "'", "in", "bin", "to", "ul", "el", "at", "/"};
    return std::ranges::find(kLinks, form) != kLinks.end();
}

std::uint64_t chained(std::uint64_t before, std::uint64_t next) { return (before ^ (next + 0x9E3779B97F4A7C15U)) * 0xD6E8FEB86659FD93U + (before >> 31U); }

std::uint64_t pair_of(std::uint64_t first, std::uint64_t second) { return first * 256 + second; }

std::size_t most_in(const std::array<std::uint32_t, 5>& counts) { return static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin()); }

std::uint64_t number_class(std::uint32_t number) { return number > 6 ? 5 : number > 3 ? 4 : number; }

std::uint64_t cost_class(float cost) {
    static constexpr std::array kBounds{0.01F, 0.5F, 1.0F, 2.0F, 3.0F, 4.5F, 6.0F, 8.0F, 11.0F, 15.0F};
    return static_cast<std::uint64_t>(std::ranges::upper_bound(kBounds, cost) - kBounds.begin());
}

}  // namespace

/// One stretch while its rows are gathered.
struct NameSpanFeatures::Seen {
    std::size_t sentence;
    NameSpan span;
    FeatureRows& add;
    std::uint64_t phrase = 0;
    std::uint64_t length = 0;
    std::uint64_t relation = 0;       ///< to the field's names that overlap it
    const NameSpan* around = nullptr;  ///< the field's name that it is or stands in
    std::uint64_t within = 0;         ///< names of the field that stand in it
    std::uint64_t nearest = 0;        ///< kind that the field finds likeliest for it, and how likely
    std::uint64_t listed = 0, first_listed = 0, last_listed = 0;
    int head = 0;
};

NameSpanFeatures::NameSpanFeatures(const NameFeatures& features, const std::vector<NameReading>& readings, const NameLexicon& lexicon, float unit)
    : features_(features), readings_(readings), lexicon_(lexicon), unit_(unit) {
    for (std::size_t i = 0; i < readings.size(); ++i) count_names(i);
}

void NameSpanFeatures::count_names(std::size_t sentence) {
    names_.push_back(readings_[sentence].names());
    for (const NameSpan& name : names_.back()) {
        const auto kind = static_cast<std::size_t>(name.kind);
        ++phrases_[key(sentence, name)][kind];
        for (int word = name.first; word < name.end; ++word) ++words_[features_.at(sentence, word).lower][kind];
    }
}

std::uint64_t NameSpanFeatures::key(std::size_t sentence, const NameSpan& span) const {
    std::uint64_t key = features_.at(sentence, span.first).lower;
    for (int word = span.first + 1; word < span.end; ++word) key = name_key_chained(key, features_.at(sentence, word).lower);
    return key;
}

std::vector<NameSpan> NameSpanFeatures::candidates(std::size_t sentence) const {
    const auto& words = features_.sentences()[sentence].words;
    const auto& labels = readings_[sentence].labels();
    const int size = static_cast<int>(words.size());
    const auto is_capital = [&](int word) { return features_.at(sentence, word).is_capitalised || labels[static_cast<std::size_t>(word)] != 0; };
    const auto form = [&](int word) -> std::string_view { return words[static_cast<std::size_t>(word)].form; };
    // "northern Syria", "city of Mosul"
    const auto leads = [&](int word) {
        const std::string& tag = words[static_cast<std::size_t>(word)].upos;
        if ((tag != "NOUN" && tag != "ADJ") || word + 1 >= size) return false;
        return is_capital(word + 1) || (form(word + 1) == "of" && word + 2 < size && is_capital(word + 2));
    };
    std::vector<NameSpan> found;
    for (int first = 0; first < size; ++first) {
        if (!is_capital(first) && !starts_with_digit(form(first)) && form(first) != "al" && !leads(first)) continue;
        bool has_capital = false;
        for (int last = first; last < std::min(size, first + kLongestName); ++last) {
            const bool is_edge = is_capital(last) || starts_with_digit(form(last));
            if (!is_edge && last > first && !is_link(form(last))) break;
            has_capital |= is_capital(last);
            const bool may_end = is_edge || (form(last) == "." && last > first);
            if (may_end && has_capital) found.push_back({first, last + 1, NameKind::None});
        }
    }
    return found;
}

void NameSpanFeatures::find(std::size_t sentence, const NameSpan& span, std::vector<std::uint32_t>& rows) const {
    rows.clear();
    FeatureRows add(rows, kSpanRowBits);
    Seen seen{sentence, span, add};
    seen.phrase = key(sentence, span);
    seen.length = static_cast<std::uint64_t>(std::min(span.end - span.first, kLongLength));
    relate(seen);
    add_field(seen);
    add_words(seen);
    add_lists(seen);
    add_tree(seen);
    add_run(seen);
    add_elsewhere(seen);
}

void NameSpanFeatures::relate(Seen& seen) const {
    const NameSpan& span = seen.span;
    for (const NameSpan& name : names_[seen.sentence]) {
        if (name.end <= span.first || name.first >= span.end) continue;
        const bool same_first = name.first == span.first, same_end = name.end == span.end;
        const auto kind = static_cast<std::uint64_t>(name.kind);
        if (name.first <= span.first && span.end <= name.end) {
            seen.around = &name;
            seen.relation = (same_first && same_end ? 10U : same_first ? 20U : same_end ? 30U : 40U) + kind;
        } else if (span.first <= name.first && name.end <= span.end) {
            ++seen.within;
            seen.relation = seen.relation * 16 + (same_first ? 1000U : same_end ? 2000U : 3000U) + kind;
        } else {
            seen.relation = seen.relation * 16 + (name.first < span.first ? 5000U : 6000U) + kind;
        }
    }
}

void NameSpanFeatures::add_field(Seen& seen) const {
    seen.add.add(0, 1);
    seen.add.add(1, seen.relation);
    seen.add.add(2, seen.relation, seen.length);
    seen.add.add(3, seen.within, seen.length);
    std::int32_t least = std::numeric_limits<std::int32_t>::max();
    for (const NameKind kind : {NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other}) {
        const std::int32_t cost = readings_[seen.sentence].cost_of({seen.span.first, seen.span.end, kind});
        const std::uint64_t likely = pair_of(static_cast<std::uint64_t>(kind), cost_class(static_cast<float>(cost) * unit_));
        seen.add.add(4, likely);
        seen.add.add(5, likely, seen.relation);
        if (cost < least) seen.nearest = likely;
        least = std::min(least, cost);
    }
    seen.add.add(6, seen.nearest, seen.relation);
}

void NameSpanFeatures::add_words(Seen& seen) const {
    const auto view = [&](int word) -> const View& { return features_.at(seen.sentence, word); };
    const NameSpan& span = seen.span;
    const View &first = view(span.first), &last = view(span.end - 1), &before = view(span.first - 1), &after = view(span.end);
    FeatureRows& add = seen.add;
    add.add(10, seen.phrase);
    add.add(11, seen.phrase, seen.relation);
    add.add(12, first.lower);
    add.add(13, last.lower);
    add.add(14, before.lower);
    add.add(15, after.lower);
    add.add(16, before.lower, view(span.first - 2).lower);
    add.add(17, after.lower, view(span.end + 1).lower);
    add.add(18, before.lower, first.lower);
    add.add(19, last.lower, after.lower);
    add.add(20, first.lower, seen.relation);
    add.add(21, last.lower, seen.relation);
    add.add(22, before.lower, seen.relation);
    add.add(23, after.lower, seen.relation);
    std::uint64_t shapes = 0, tags = 0, links = 0;
    for (int word = span.first; word < span.end; ++word) {
        shapes = chained(shapes, view(word).shape);
        tags = chained(tags, view(word).tag);
        links = chained(links, view(word).is_capitalised ? 1 : view(word).lower);
        add.add(24, view(word).lower);
    }
    seen.first_listed = lexicon_.classes(first.lower);
    seen.last_listed = lexicon_.classes(last.lower);
    const std::uint64_t ends = pair_of(seen.first_listed, seen.last_listed);
    add.add(25, shapes);
    add.add(26, shapes, ends);
    add.add(27, tags);
    add.add(28, tags, after.tag);
    add.add(29, links);
    add.add(30, links, seen.relation);
    add.add(31, links, seen.last_listed);
    add.add(32, links, ends);
    add.add(33, before.shape, after.shape);
    add.add(34, before.tag, after.tag);
    add.add(35, first.starts ? 1 : 0, seen.relation);
    if (span.end > span.first + 1) return;
    add.add(36, first.shape, seen.relation);
    const std::string_view form = features_.sentences()[seen.sentence].words[static_cast<std::size_t>(span.first)].form;
    for (std::size_t length = 2; length <= 4 && length < form.size(); ++length) {
        add.add(36 + length, text_hash(form.substr(form.size() - length)));
        add.add(40 + length, text_hash(form.substr(0, length)));
    }
}

void NameSpanFeatures::add_lists(Seen& seen) const {
    seen.listed = lexicon_.classes(seen.phrase);
    const View &before = features_.at(seen.sentence, seen.span.first - 1), &after = features_.at(seen.sentence, seen.span.end);
    seen.add.add(50, seen.listed, seen.length);
    seen.add.add(51, seen.first_listed, seen.length);
    seen.add.add(52, seen.last_listed, seen.length);
    seen.add.add(53, seen.listed, seen.relation);
    seen.add.add(54, seen.listed, seen.nearest);
    seen.add.add(55, seen.listed, pair_of(before.classes, after.classes));
    if (seen.around != nullptr) seen.add.add(56, seen.listed, pair_of(seen.relation, seen.length));
}

/// The word that the others hang on, and what it hangs on.
void NameSpanFeatures::add_tree(Seen& seen) const {
    const auto& words = features_.sentences()[seen.sentence].words;
    const NameSpan& span = seen.span;
    const auto head_of = [&](int word) { return words[static_cast<std::size_t>(word)].head; };
    int word = span.first;
    while (word + 1 < span.end && head_of(word) >= span.first && head_of(word) < span.end) ++word;
    const View& head = features_.at(seen.sentence, word);
    const View& parent = features_.at(seen.sentence, head_of(word));
    FeatureRows& add = seen.add;
    add.add(60, head.relation);
    add.add(61, head.relation, head.preposition);
    add.add(62, head.relation, parent.lower);
    add.add(63, head.preposition, parent.lower);
    add.add(64, head.preposition, seen.listed);
    add.add(65, head.relation, seen.listed);
    add.add(66, head.relation, seen.relation);
    add.add(67, head.relation, seen.phrase);
    add.add(68, head.preposition, seen.phrase);
    add.add(69, head.relation, parent.tag);
    add.add(70, head.relation, seen.nearest);
}

/// Its place in the run of capitalised words, and in the field's name around it.
void NameSpanFeatures::add_run(Seen& seen) const {
    const auto view = [&](int word) -> const View& { return features_.at(seen.sentence, word); };
    const View& first = view(seen.span.first);
    const std::uint64_t place = (seen.span.first == first.run_first ? 1U : 0U) + (seen.span.end == first.run_end ? 2U : 0U);
    seen.add.add(80, place, seen.length);
    seen.add.add(81, place, seen.relation);
    seen.add.add(82, place, view(first.run_end - 1).lower);
    seen.add.add(83, place, view(first.run_first).lower);
    if (seen.around == nullptr) return;
    seen.add.add(84, seen.relation, view(seen.around->first).lower);
    seen.add.add(85, seen.relation, view(seen.around->end - 1).lower);
}

/// What the field takes the same words for in the rest of the text.
void NameSpanFeatures::add_elsewhere(Seen& seen) const {
    const auto counts_in = [](const CountsOf& counts, std::uint64_t key) {
        const auto found = counts.find(key);
        return found == counts.end() ? Counts{} : found->second;
    };
    Counts phrase = counts_in(phrases_, seen.phrase);
    const bool is_name = seen.around != nullptr && seen.around->first == seen.span.first && seen.around->end == seen.span.end;
    if (is_name) --phrase[static_cast<std::size_t>(seen.around->kind)];
    const Counts last = counts_in(words_, features_.at(seen.sentence, seen.span.end - 1).lower);
    for (std::size_t kind = 1; kind < phrase.size(); ++kind) {
        seen.add.add(90, pair_of(kind, number_class(phrase[kind])), seen.length > 1 ? 1 : 0);
        seen.add.add(91, pair_of(kind, number_class(last[kind])), seen.length);
    }
    seen.add.add(92, most_in(phrase), seen.relation);
    seen.add.add(93, most_in(phrase), seen.nearest);
    seen.add.add(94, most_in(last), seen.relation);
}

}  // namespace tercet::language
