#pragma once

#include <string_view>

#include "loaders/article/statement.hpp"

/// What the rules know of English words. Lemmas are in lower case; every function answers for any string.
namespace tercet::article::lexicon {

/// Verbs whose clause is what somebody says: say, tell, add, stress, tweet.
[[nodiscard]] bool is_say_verb(std::string_view lemma);
/// Say-verbs that state nothing of their own; their (speaker, say, clause) is carried by the attribution.
[[nodiscard]] bool is_bare_report(std::string_view lemma);
/// Verbs of mind whose clause is what somebody holds to be so: think, believe, fear.
[[nodiscard]] bool is_opinion_verb(std::string_view lemma);
/// What is written or read out instead of a speaker: statement, readout, report.
[[nodiscard]] bool is_utterance_noun(std::string_view lemma);
/// Those of them that are somebody's own words, who need not be named again: "the statement read", not "the report says".
[[nodiscard]] bool is_statement_noun(std::string_view lemma);

/// Nouns for what is said or thought, so that a clause may tell their content: statements that, fears that.
[[nodiscard]] bool is_content_noun(std::string_view lemma);

/// How the clause or infinitive below a verb is meant: "hope that" wishes, "plan to" intends. Asserted for the rest.
[[nodiscard]] Modality modality_below(std::string_view lemma);
/// A modal auxiliary's meaning; Asserted for auxiliaries without one.
[[nodiscard]] Modality modality_of_auxiliary(std::string_view lemma);
/// Verbs that deny what stands below them: deny, refuse, fail, avoid.
[[nodiscard]] bool is_negative_implicative(std::string_view lemma);
/// Verbs that only tell the phase of the verb below them and are left out of predicates: continue, begin, keep.
[[nodiscard]] bool is_aspect_verb(std::string_view lemma);
/// Verbs whose infinitive is the object's deed: urge, allow, ask, tell.
[[nodiscard]] bool is_object_control(std::string_view lemma);
/// Those of them whose object is the doer even where the tree hangs the infinitive elsewhere: allow, urge.
[[nodiscard]] bool is_enabling(std::string_view lemma);
/// Prepositional object control: call on X to, push for X to.
[[nodiscard]] bool is_oblique_control(std::string_view lemma);
/// Negation words, adverbs and determiners alike.
[[nodiscard]] bool is_negation(std::string_view lemma);

/// Takes of somebody's stand: support, oppose, condemn.
[[nodiscard]] bool is_stance_verb(std::string_view lemma);
/// Nouns that a stance looks through: support calls for X, back the idea of X.
[[nodiscard]] bool is_transparent_noun(std::string_view lemma);

/// Nouns for what people do for others: spokesman, president, ambassador.
[[nodiscard]] bool is_role_noun(std::string_view lemma);
/// Words in front of a role noun that belong to it: prime, deputy, acting, foreign.
[[nodiscard]] bool is_role_modifier(std::string_view word);
/// Words that make another office of one: deputy, acting, press.
[[nodiscard]] bool is_rank_modifier(std::string_view word);
/// Mr, Dr, Sen: titles that say nothing of an office.
[[nodiscard]] bool is_honorific(std::string_view word);
/// Nouns for a human being without an office: man, official, resident.
[[nodiscard]] bool is_person_noun(std::string_view lemma);
/// Last words of names of organisations: ministry, council, university.
[[nodiscard]] bool is_organisation_noun(std::string_view lemma);
/// Last words of names of places: city, region, river.
[[nodiscard]] bool is_place_noun(std::string_view lemma);
/// Weekdays, months, year, today, ...
[[nodiscard]] bool is_time_word(std::string_view lemma);
/// 1 to 12 for a month's name or abbreviation, 0 for other words.
[[nodiscard]] int month_number(std::string_view word);
/// 0 (Monday) to 6 for a weekday's name, -1 for other words.
[[nodiscard]] int weekday_number(std::string_view word);

/// Nouns whose infinitive is done by their owner: effort, plan, responsibility. Others do it themselves.
[[nodiscard]] bool is_infinitive_noun(std::string_view lemma);
/// Nouns for what is sent or made to do something: the infinitive behind them is theirs, wherever it hangs.
[[nodiscard]] bool is_agent_noun(std::string_view lemma);
/// What the infinitive of such a noun means: a responsibility binds, a plan intends.
[[nodiscard]] Modality modality_of_noun(std::string_view lemma);
/// Nouns that say little without their complement: support for, attack on, agreement with.
[[nodiscard]] bool needs_complement(std::string_view lemma);
/// Counting nouns that a phrase with "of" goes through: thousand, number, group, most.
[[nodiscard]] bool is_quantity_noun(std::string_view lemma);
/// Prepositional phrases that are adverbs: "in person", "at least".
[[nodiscard]] bool is_adverbial_noun(std::string_view lemma);
/// Pronouns that refer to nothing the text says clearly: it, this, something.
[[nodiscard]] bool is_vague(std::string_view word);
/// Words whose presence shows that a line is English.
[[nodiscard]] bool is_function_word(std::string_view word);

/// A noun for a deed, with the verb of it and the preposition of the verb's object.
struct Nominal {
    std::string_view noun;
    std::string_view noun_preposition;  ///< in the text: "visit to"
    std::string_view predicate;         ///< in the graph: visit
};
/// The deed of a noun with this preposition, or null.
[[nodiscard]] const Nominal* find_nominal(std::string_view noun, std::string_view preposition);

/// A country, or what its people, its capital or its short names say of it.
struct Country {
    std::string_view name;
    std::string_view demonym;
    std::string_view capital;
    std::string_view alias;  ///< further names, separated by '|'
};
/// By name or alias ("U.S.", "Britain"); null for other words.
[[nodiscard]] const Country* country_by_name(std::string_view text);
[[nodiscard]] const Country* country_by_demonym(std::string_view text);
[[nodiscard]] const Country* country_by_capital(std::string_view text);
/// The country that an office known by its house or its own name belongs to: "Kremlin", "Pentagon"; empty for others.
[[nodiscard]] std::string_view country_of_institution(std::string_view text);

}  // namespace tercet::article::lexicon
