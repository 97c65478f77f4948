#include "loaders/language/contractions.hpp"

#include <array>
#include <string>

#include "loaders/language/characters.hpp"

namespace tercet::language {
namespace {

constexpr std::array<std::string_view, 14> kClitics{"'s",       "'m",       "'d",        "'re",       "'ve",       "'ll",       "`s",
                                                    "\u2019s", "\u2019m", "\u2019d", "\u2019re", "\u2019ve", "\u2019ll", "`ll"};

/// Words without their apostrophe that are no other word, and how much of them is the first part.
struct Hasty {
    std::string_view word;
    std::size_t cut;
};
constexpr std::array kHasty{
    Hasty{"dont", 2},  Hasty{"didnt", 3},  Hasty{"doesnt", 4}, Hasty{"wont", 2},   Hasty{"cant", 2},    Hasty{"couldnt", 5}, Hasty{"wouldnt", 5}, Hasty{"shouldnt", 6},
    Hasty{"isnt", 2},  Hasty{"arent", 3},  Hasty{"arnt", 2},   Hasty{"wasnt", 3},  Hasty{"werent", 4},  Hasty{"hasnt", 3},   Hasty{"havent", 4},  Hasty{"hadnt", 3},
    Hasty{"aint", 2},  Hasty{"im", 1},     Hasty{"ive", 1},    Hasty{"youre", 3},  Hasty{"youve", 3},   Hasty{"youll", 3},   Hasty{"theyre", 4},  Hasty{"theyve", 4},
    Hasty{"theyll", 4}, Hasty{"weve", 2},  Hasty{"itll", 2},   Hasty{"thats", 4},  Hasty{"theres", 5},  Hasty{"heres", 4},   Hasty{"whats", 4},   Hasty{"hes", 2},
    Hasty{"shes", 3},  Hasty{"gonna", 3},  Hasty{"wanna", 3},  Hasty{"gotta", 3},  Hasty{"outta", 3},   Hasty{"cannot", 3}};
/// Behind "its" that means "it is" or "it has".
constexpr std::array<std::string_view, 20> kAfterItIs{"a",    "an",   "the",     "not",     "been", "also", "for",    "from", "between", "just",
                                                      "like", "really", "getting", "nothing", "gonna", "in", "definitely", "so", "too", "simply"};

/// Whether a sentence begins here, as far as the word before tells.
bool starts_sentence(const std::vector<Word>& before) {
    return before.empty() || std::string_view(".!?").find(before.back().form.back()) != std::string_view::npos;
}

std::string_view next_word(std::string_view after) {
    after.remove_prefix(run_length(after, 0, is_space));
    return after.substr(0, run_length(after, 0, [](char c) { return is_letter(c) || c == '-'; }));
}

std::size_t hasty_cut(std::string_view word, const std::string& small, const WordContext& context) {
    const auto* found = std::ranges::find(kHasty, small, &Hasty::word);
    if (found == kHasty.end()) return 0;
    // "IM" is a company's or a sport's, and "Ive" a name.
    if (small == "im" && word == "IM") return 0;
    if (small == "ive" && word != "ive" && !starts_sentence(context.before)) return 0;
    return found->cut;
}

}  // namespace

std::size_t clitic_length(std::string_view chunk, std::size_t at) {
    if (at == 0) return 0;
    const std::string_view rest = chunk.substr(at);
    if (is_digit(chunk[at - 1])) return rest == "'s" || rest == "\u2019s" ? rest.size() : 0;
    if (!is_letter(chunk[at - 1])) return 0;
    const std::string small = lower(rest.substr(0, 6));
    for (const std::string_view clitic : kClitics) {
        if (small.starts_with(clitic) && (small.size() == clitic.size() || !is_letter(small[clitic.size()]) ||
                                          static_cast<unsigned char>(small[clitic.size()]) >= 0x80)) {
            return clitic.size();
        }
    }
    return 0;
}

std::size_t contraction_cut(std::string_view word, const WordContext& context) {
    if (word.size() > 16) return 0;
    const std::string small = lower(word);
    if (small.size() > 3 && small.ends_with("n't")) return small.size() - 3;
    if (small.size() > 5 && small.ends_with("n\u2019t")) return small.size() - 5;
    if (small == "its" && is_one_of(lower(next_word(context.after)), kAfterItIs)) return 2;
    if (word == "Lets" && starts_sentence(context.before)) return 3;
    return hasty_cut(word, small, context);
}

}  // namespace tercet::language
