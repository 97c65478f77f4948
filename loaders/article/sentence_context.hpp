#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/clause.hpp"
#include "loaders/article/reference.hpp"
#include "loaders/article/statement.hpp"

namespace tercet::article {

/// What a rule found and nobody is told, with the reason.
struct Dropped {
    std::string_view rule;
    std::string subject;
    std::string predicate;
    std::string object;
    std::string_view reason;  ///< static storage
};

/// What the rules see of one sentence, and where they put what they find.
class SentenceContext {
public:
    static constexpr std::size_t kMostDrafts = 400;

    struct QuotedWord {
        bool is_quoted = false;
        std::optional<Reference> speaker;
    };

    std::size_t index = 0;
    const Tree* tree = nullptr;
    const Names* names = nullptr;
    const Resolver* resolver = nullptr;
    std::string_view text;  ///< the article's prose
    std::string_view date;  ///< of the article, ISO 8601 or empty
    std::vector<Clause> clauses;
    std::vector<QuotedWord> quoted;         ///< by word
    std::optional<Reference> last_speaker;  ///< of the sentences before
    std::string headline_speaker;           ///< of "Taxes will fall - minister"; empty elsewhere
    std::vector<Statement> statements;      ///< what the rules have made
    std::vector<Dropped> dropped;           ///< and what emit() refused
    std::size_t drafts = 0;                 ///< how much both are

    /// Whether the sentence has said more than sentences say: a list of subjects times a list of objects. Rules stop there.
    [[nodiscard]] bool is_full() const noexcept { return drafts >= kMostDrafts; }
    /// Whose words the word is among, for "I" and "we".
    [[nodiscard]] const std::optional<Reference>& speaker_at(int word) const {
        return quoted[static_cast<std::size_t>(word)].speaker;
    }
    [[nodiscard]] std::vector<Reference> resolve(int word, bool is_place = false) const {
        return resolver->resolve(index, word, speaker_at(word), is_place);
    }
    /// The name of who says the clause of this predicate; none for the narrator.
    [[nodiscard]] std::optional<Reference> speaker_of(int predicate) const;
};

/// A statement before it has its place and its speaker.
struct Draft {
    int head = Tree::kNone;  ///< the predicate's word, for speaker and confidence
    Reference subject;
    std::string predicate;
    std::vector<int> predicate_words;
    std::optional<Reference> object;
    Polarity polarity = Polarity::Positive;
    Modality modality = Modality::Asserted;
    std::string_view rule;  ///< static storage
    bool is_aside = false;  ///< the narrator's own addition to what somebody says: a title before a name
    double prior = 1;       ///< how often the rule is right where the tree is
};

/// Completes the draft and keeps it, unless its subject or object refers to nothing or the sentence is full. Returns what was kept, valid
/// until the next call, or null.
Statement* emit(SentenceContext& context, Draft draft);

/// A draft with what the clause says of polarity and modality.
[[nodiscard]] Draft draft_of(const Clause& clause, std::string_view rule, double prior);

}  // namespace tercet::article
