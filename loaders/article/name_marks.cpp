#include "loaders/article/name_marks.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "loaders/article/extractor.hpp"
#include "loaders/article/name_runs.hpp"
#include "loaders/article/name_types.hpp"
#include "loaders/article/names.hpp"

namespace tercet::article {
namespace {

std::optional<EntityType> type_of(language::NameKind kind) {
    switch (kind) {
        case language::NameKind::Person: return EntityType::Person;
        case language::NameKind::Organisation: return EntityType::Organisation;
        case language::NameKind::Place: return EntityType::Place;
        default: return std::nullopt;
    }
}

/// The name of what the statements take the words for, a person with or without an office in front; else of what goes by it elsewhere.
std::string entity_of(const Names& names, std::size_t sentence, const language::NameSpan& span, const std::string& text) {
    const NameMention* mention = names.at(sentence, span.end - 1);
    const bool ends_it = mention != nullptr && mention->last == span.end - 1 && span.first <= mention->first;
    const bool may_have_office = ends_it && span.kind == language::NameKind::Person && mention->type == EntityType::Person;
    if (ends_it && (may_have_office || span.first == mention->first)) return names.entity(*mention).name;
    const int known = names.find(text);
    return known < 0 ? text : names.entities()[static_cast<std::size_t>(known)].name;
}

/// Whether the words of a name tell what it is, so that it needs no tagger: "World Health Organization", "Laura King".
bool is_plain(const NameMention& mention, const Tree& tree) {
    if (mention.first == mention.last) return false;
    if (mention.type == EntityType::Person) return tree[mention.first].gender != language::Gender::Unknown;
    return mention.type == EntityType::Organisation && type_by_words(tree, mention.first, mention.last) == EntityType::Organisation;
}

/// Adds to the marks of a sentence what none of them touches, but is plainly a name.
void add_missed(const Names& names, std::size_t sentence, const Tree& tree, std::string_view text, std::vector<NameMark>& marks) {
    for (const NameMention& mention : names.mentions_within(sentence, sentence)) {
        const std::size_t begin = tree[mention.first].begin, end = tree[mention.last].end;
        const bool is_marked = std::ranges::any_of(marks, [&](const NameMark& mark) { return mark.begin < end && begin < mark.end; });
        if (is_marked || !is_plain(mention, tree)) continue;
        marks.push_back({begin, end, words_text(tree, mention.first, mention.last + 1, text), mention.type, names.entity(mention).name});
    }
    std::ranges::stable_sort(marks, {}, [](const NameMark& mark) { return std::pair(mark.begin, mark.end); });
}

}  // namespace

std::vector<NameMark> find_name_marks(const std::vector<language::Sentence>& sentences, std::string_view text) {
    std::vector<Tree> trees;
    for (const language::Sentence& sentence : sentences) {
        if (is_readable(sentence)) trees.emplace_back(sentence);
    }
    const Names names(trees, text);
    std::vector<NameMark> marks;
    for (std::size_t i = 0; i < trees.size(); ++i) {
        std::vector<NameMark> here;
        for (const language::NameSpan& span : trees[i].sentence().names) {
            const auto type = type_of(span.kind);
            if (!type) continue;
            NameMark mark{trees[i][span.first].begin, trees[i][span.end - 1].end, words_text(trees[i], span.first, span.end, text), *type, {}};
            mark.entity = entity_of(names, i, span, mark.text);
            here.push_back(std::move(mark));
        }
        add_missed(names, i, trees[i], text, here);
        std::ranges::move(here, std::back_inserter(marks));
    }
    return marks;
}

}  // namespace tercet::article
