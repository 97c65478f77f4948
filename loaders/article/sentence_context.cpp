#include "loaders/article/sentence_context.hpp"

#include <algorithm>

#include "loaders/article/confidence.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/quotation.hpp"

namespace tercet::article {
namespace {

/// "the statement read": who published the statement is who spoke last.
std::optional<Reference> behind_utterance(const Tree& tree, std::optional<Reference> speaker,
                                          const std::optional<Reference>& last) {
    const bool utterance = speaker && speaker->entity < 0 && speaker->word != Tree::kNone &&
                           lexicon::is_statement_noun(tree.lemma(speaker->word));
    return utterance && last ? last : speaker;
}

bool names_nothing(const Reference& reference) { return reference.is_vague || reference.mention.name.empty(); }

/// Why the draft states nothing; empty if it does.
std::string_view reason_against(const Draft& draft) {
    if (names_nothing(draft.subject)) return "the text does not tell what the subject refers to";
    if (draft.predicate.empty()) return "no predicate";
    if (draft.object && names_nothing(*draft.object)) return "the text does not tell what the object refers to";
    const bool same = draft.object && draft.object->mention.name == draft.subject.mention.name;
    return same ? "subject and object are the same" : "";
}

double confidence_of(const Tree& tree, const Draft& draft) {
    double result = draft.prior * tree.probability(draft.head);
    if (draft.subject.word != Tree::kNone && draft.subject.word < tree.size())
        result *= tree.probability(draft.subject.word);
    if (draft.object && draft.object->word != Tree::kNone) result *= tree.probability(draft.object->word);
    return calibrated(result);
}

void widen(Statement& statement, const Mention& mention, const language::Sentence& sentence) {
    if (mention.end == mention.begin || mention.begin < sentence.begin || mention.end > sentence.end) return;
    statement.begin = std::min(statement.begin, mention.begin);
    statement.end = std::max(statement.end, mention.end);
}

}  // namespace

std::optional<Reference> SentenceContext::speaker_of(int predicate) const {
    const int word = speaker_in_sentence(*tree, predicate);
    const std::optional<Reference>& quoted_by = speaker_at(predicate);
    if (word == Tree::kNone) return quoted_by;
    std::optional<Reference> found = resolver->resolve_one(index, word, speaker_at(word));
    found = behind_utterance(*tree, found, last_speaker);
    return found->is_vague ? quoted_by : found;
}

Draft draft_of(const Clause& clause, std::string_view rule, double prior) {
    Draft draft;
    draft.head = clause.head;
    draft.predicate = clause.predicate;
    draft.predicate_words = clause.predicate_words;
    draft.polarity = clause.polarity;
    draft.modality = clause.modality;
    draft.rule = rule;
    draft.prior = prior;
    return draft;
}

Statement* emit(SentenceContext& context, Draft draft) {
    if (context.is_full()) return nullptr;
    ++context.drafts;
    if (const std::string_view reason = reason_against(draft); !reason.empty()) {
        context.dropped.push_back({draft.rule, draft.subject.mention.text, std::move(draft.predicate),
                                   draft.object ? draft.object->mention.text : std::string(), reason});
        return nullptr;
    }
    const Tree& tree = *context.tree;
    Statement statement;
    statement.sentence = context.index;
    statement.subject = draft.subject.mention;
    statement.subject_type = draft.subject.type;
    std::ranges::sort(draft.predicate_words);
    statement.predicate.name = draft.predicate;
    statement.predicate.text = join_words(tree, draft.predicate_words);
    const bool has_words = !draft.predicate_words.empty();
    statement.predicate.begin = has_words ? tree[draft.predicate_words.front()].begin : statement.subject.begin;
    statement.predicate.end = has_words ? tree[draft.predicate_words.back()].end : statement.subject.begin;
    statement.begin = has_words ? statement.predicate.begin : statement.subject.begin;
    statement.end = has_words ? statement.predicate.end : statement.subject.end;
    widen(statement, statement.subject, tree.sentence());
    if (draft.object) {
        statement.object = draft.object->mention;
        statement.object_type = draft.object->type;
        widen(statement, statement.object, tree.sentence());
    }
    statement.polarity = draft.polarity;
    statement.modality = draft.modality;
    statement.rule = draft.rule;
    statement.confidence = confidence_of(tree, draft);
    const auto speaker = draft.is_aside ? context.speaker_at(draft.head) : context.speaker_of(draft.head);
    if (speaker && !speaker->is_vague) {
        statement.attributed_to = speaker->mention.name;
    } else if (!context.headline_speaker.empty()) {
        statement.attributed_to = context.headline_speaker;
    }
    context.statements.push_back(std::move(statement));
    return &context.statements.back();
}

}  // namespace tercet::article
