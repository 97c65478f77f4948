#include "loaders/article/statement.hpp"

#include <algorithm>
#include <array>

namespace tercet::article {
namespace {

constexpr std::array<std::string_view, 2> kPolarities{"positive", "negative"};
constexpr std::array<std::string_view, 8> kModalities{"asserted", "possible", "necessary",   "desired",
                                                      "intended", "future",   "conditional", "question"};
constexpr std::array<std::string_view, 8> kTypes{"unknown", "person",  "organisation", "place",
                                                 "event",   "concept", "date",         "quantity"};

template <typename Enum, std::size_t kSize>
std::optional<Enum> find_name(const std::array<std::string_view, kSize>& names, std::string_view name) noexcept {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

template <typename Stretch>
void move_by(Stretch& stretch, std::size_t bytes) {
    stretch.begin += bytes;
    stretch.end += bytes;
}

}  // namespace

void shift(ArticleStatements& article, std::size_t bytes) {
    for (SourceSentence& sentence : article.sentences) move_by(sentence, bytes);
    for (Statement& statement : article.statements) {
        move_by(statement, bytes);
        for (Mention* mention : {&statement.subject, &statement.predicate, &statement.object}) move_by(*mention, bytes);
        for (Adjunct& adjunct : statement.extra) move_by(adjunct.argument, bytes);
    }
}

std::string_view to_string(Polarity polarity) noexcept { return kPolarities[static_cast<std::size_t>(polarity)]; }
std::string_view to_string(Modality modality) noexcept { return kModalities[static_cast<std::size_t>(modality)]; }
std::string_view to_string(EntityType type) noexcept { return kTypes[static_cast<std::size_t>(type)]; }

bool says_less(const Statement& less, const Statement& more) noexcept {
    return less.object.name.empty() && !more.object.name.empty() && less.subject.name == more.subject.name &&
           less.predicate.name == more.predicate.name && less.polarity == more.polarity && less.modality == more.modality &&
           less.attributed_to == more.attributed_to;
}

std::optional<Polarity> polarity_of(std::string_view name) noexcept { return find_name<Polarity>(kPolarities, name); }
std::optional<Modality> modality_of(std::string_view name) noexcept { return find_name<Modality>(kModalities, name); }

}  // namespace tercet::article
