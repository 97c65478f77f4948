#include <array>

#include "tests/reference/random_part.hpp"
#include "tests/reference/random_terms.hpp"

namespace tercet::reference {
namespace {

std::string object(Dice& dice) {
    if (dice.chance(45)) return std::string(dice.one_of(kNodes));
    if (dice.chance(10)) return std::string(dice.one_of(kBlankNodes));
    return std::string(dice.one_of(dice.chance(12) ? std::span<const std::string_view>(kTripleTerms) : std::span<const std::string_view>(kLiterals)));
}

Part triple(Dice& dice) {
    std::string text(dice.chance(15) ? dice.one_of(kBlankNodes) : dice.one_of(kNodes));
    text += ' ';
    text += dice.one_of(kPredicates);
    text += ' ' + object(dice) + " .";
    return {'t', true, text, "", "", {}};
}

}  // namespace

Part random_data(Dice& dice) {
    Part data{' ', false, "INSERT DATA {\n", "\n", "\n}", {}};
    for (std::size_t i = 6 + dice.below(16); i > 0; --i) data.parts.push_back(triple(dice));
    for (std::size_t g = dice.below(4); g > 0; --g) {
        Part graph{' ', true, "GRAPH " + std::string(dice.one_of(kGraphs)) + " { ", " ", " }", {}};
        for (std::size_t i = 2 + dice.below(8); i > 0; --i) graph.parts.push_back(triple(dice));
        data.parts.push_back(std::move(graph));
    }
    return data;
}

}  // namespace tercet::reference
