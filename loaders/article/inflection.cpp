#include "loaders/article/inflection.hpp"

#include <algorithm>
#include <array>

#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

struct Irregular {
    std::string_view lemma;
    std::string_view past;
};
constexpr std::array kIrregular{
    Irregular{"become", "became"},
    Irregular{"begin", "began"},
    Irregular{"break", "broke"},
    Irregular{"bring", "brought"},
    Irregular{"build", "built"},
    Irregular{"buy", "bought"},
    Irregular{"catch", "caught"},
    Irregular{"choose", "chose"},
    Irregular{"come", "came"},
    Irregular{"cut", "cut"},
    Irregular{"deal", "dealt"},
    Irregular{"do", "did"},
    Irregular{"draw", "drew"},
    Irregular{"drive", "drove"},
    Irregular{"fall", "fell"},
    Irregular{"feel", "felt"},
    Irregular{"fight", "fought"},
    Irregular{"find", "found"},
    Irregular{"flee", "fled"},
    Irregular{"fly", "flew"},
    Irregular{"get", "got"},
    Irregular{"give", "gave"},
    Irregular{"go", "went"},
    Irregular{"grow", "grew"},
    Irregular{"have", "had"},
    Irregular{"hear", "heard"},
    Irregular{"hit", "hit"},
    Irregular{"hold", "held"},
    Irregular{"keep", "kept"},
    Irregular{"know", "knew"},
    Irregular{"lead", "led"},
    Irregular{"leave", "left"},
    Irregular{"lose", "lost"},
    Irregular{"make", "made"},
    Irregular{"mean", "meant"},
    Irregular{"meet", "met"},
    Irregular{"pay", "paid"},
    Irregular{"put", "put"},
    Irregular{"read", "read"},
    Irregular{"rise", "rose"},
    Irregular{"run", "ran"},
    Irregular{"say", "said"},
    Irregular{"see", "saw"},
    Irregular{"seek", "sought"},
    Irregular{"sell", "sold"},
    Irregular{"send", "sent"},
    Irregular{"set", "set"},
    Irregular{"shoot", "shot"},
    Irregular{"show", "showed"},
    Irregular{"speak", "spoke"},
    Irregular{"spend", "spent"},
    Irregular{"stand", "stood"},
    Irregular{"steal", "stole"},
    Irregular{"strike", "struck"},
    Irregular{"take", "took"},
    Irregular{"teach", "taught"},
    Irregular{"tell", "told"},
    Irregular{"think", "thought"},
    Irregular{"throw", "threw"},
    Irregular{"understand", "understood"},
    Irregular{"win", "won"},
    Irregular{"withdraw", "withdrew"},
    Irregular{"write", "wrote"},
    Irregular{"oversee", "oversaw"},
    Irregular{"oversee", "overseen"},
    Irregular{"undergo", "underwent"},
    Irregular{"overthrow", "overthrew"},
    Irregular{"forbid", "forbade"},
    Irregular{"shrink", "shrank"},
    Irregular{"sink", "sank"},
    Irregular{"swear", "swore"},
    Irregular{"bear", "bore"},
};
constexpr auto kDoubling =
    word_set("ban", "plan", "stop", "drop", "refer", "admit", "permit", "commit", "control", "begin", "cut", "set",
             "run", "put", "hit", "get", "equip", "occur", "regret", "rob", "grab", "step", "ship");
constexpr std::array<std::string_view, 4> kFormsOfBe{"is", "are", "was", "were"};

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

bool ends_in_consonant_y(std::string_view lemma) {
    return lemma.size() > 2 && lemma.back() == 'y' && !is_vowel(lemma[lemma.size() - 2]);
}

std::string third_person(std::string_view lemma) {
    if (lemma == "have") return "has";
    if (ends_in_consonant_y(lemma)) return std::string(lemma.substr(0, lemma.size() - 1)) + "ies";
    const bool hisses = lemma.ends_with('s') || lemma.ends_with('x') || lemma.ends_with('z') || lemma.ends_with("ch") ||
                        lemma.ends_with("sh") || lemma.ends_with('o');
    return std::string(lemma) + (hisses ? "es" : "s");
}

std::string past(std::string_view lemma) {
    const auto* irregular = std::ranges::find(kIrregular, lemma, &Irregular::lemma);
    if (irregular != kIrregular.end()) return std::string(irregular->past);
    if (ends_in_consonant_y(lemma)) return std::string(lemma.substr(0, lemma.size() - 1)) + "ied";
    if (lemma.ends_with('e')) return std::string(lemma) + 'd';
    const bool doubles = kDoubling.has(lemma);
    return std::string(lemma) + (doubles ? std::string(1, lemma.back()) : std::string()) + "ed";
}

}  // namespace

std::vector<std::string> predicate_aliases(std::string_view predicate) {
    std::string words(predicate);
    std::ranges::replace(words, '_', ' ');
    const auto blank = std::min(words.find(' '), words.size());
    const std::string first = words.substr(0, blank);
    const std::string rest = words.substr(blank);
    std::vector<std::string> aliases;
    if (first == "be") {
        for (const std::string_view form : kFormsOfBe) aliases.push_back(std::string(form) + rest);
    } else if (!first.empty()) {
        aliases.push_back(third_person(first) + rest);
        aliases.push_back(past(first) + rest);
    }
    return aliases;
}

std::string_view verb_of_past(std::string_view form) {
    const auto* irregular = std::ranges::find(kIrregular, form, &Irregular::past);
    return irregular == kIrregular.end() ? std::string_view() : irregular->lemma;
}

std::vector<std::string> chain_heads(std::string_view predicate) {
    static constexpr std::string_view kLink = "_to_";
    std::vector<std::string> heads;
    for (auto at = predicate.rfind(kLink); at != predicate.npos && at > 0; at = predicate.substr(0, at).rfind(kLink)) {
        heads.emplace_back(predicate.substr(0, at + kLink.size() - 1));
    }
    return heads;
}

}  // namespace tercet::article
