#pragma once

#include <array>
#include <string_view>

#include "loaders/article/sentence_context.hpp"

namespace tercet::article {

/// A rule reads one sentence and emits statements.
struct Rule {
    std::string_view name;
    void (*apply)(SentenceContext&);
};

void apply_verb_rule(SentenceContext& context);        ///< verbs with objects and obliques, active and passive
void apply_copula_rule(SentenceContext& context);      ///< is X, is concerned about X, is in X, there is X
void apply_title_rule(SentenceContext& context);       ///< "State Department spokesman Matthew Miller"
void apply_apposition_rule(SentenceContext& context);  ///< "Samantha Power, the USAID administrator"
void apply_nominal_rule(SentenceContext& context);     ///< "Erdogan's visit to Nakhchivan"
void apply_compound_rule(SentenceContext& context);    ///< "the Russian-brokered ceasefire"
/// What others have found about a spokesman's country is his own stand too. Comes last.
void apply_stance_rule(SentenceContext& context);

inline constexpr std::array kRules{
    Rule{"verb", apply_verb_rule},       Rule{"copula", apply_copula_rule},
    Rule{"title", apply_title_rule},     Rule{"apposition", apply_apposition_rule},
    Rule{"nominal", apply_nominal_rule}, Rule{"compound", apply_compound_rule},
    Rule{"stance", apply_stance_rule},
};

}  // namespace tercet::article
