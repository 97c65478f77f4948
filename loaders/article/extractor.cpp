#include "loaders/article/extractor.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "loaders/article/explain.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/names.hpp"
#include "loaders/article/phrase.hpp"
#include "loaders/article/quotation.hpp"
#include "loaders/article/reference.hpp"
#include "loaders/article/rules.hpp"
#include "loaders/article/subject.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/tree_repair.hpp"

namespace tercet::article {
namespace {

constexpr std::size_t kLongestSentence = 400;  ///< words

/// Goes through the parsed sentences of one article in order.
class ArticleReader {
public:
    ArticleReader(const Document& document, const std::vector<Tree>& trees)
        : document_(document),
          trees_(trees),
          names_(trees, document.prose),
          resolver_(trees_, names_, document_.prose),
          quotations_(
              attribute_quotations(find_quotations(document.prose, document.paragraphs), document.paragraphs, trees)),
          speakers_(quotations_.size()) {
        add_roles_from_appositions();
    }

    void read(ArticleStatements& result, const Onlooker& onlooker) {
        for (std::size_t i = 0; i < trees_.size(); ++i) {
            SentenceContext context = context_of(i);
            for (const Rule& rule : kRules) rule.apply(context);
            if (onlooker) onlooker(context);
            keep(std::move(context.statements), result.statements);
            std::vector<bool> quoted;
            for (const auto& word : context.quoted) quoted.push_back(word.is_quoted);
            resolver_.finish_sentence(i, quoted);
            remember_speaker(context);
        }
        collect_entities(result);
    }

private:
    /// Offices that stand behind a name tell whom its holder speaks for.
    void add_roles_from_appositions() {
        for (std::size_t i = 0; i < trees_.size(); ++i) {
            for (int word = 0; word < trees_[i].size(); ++word) {
                if (!trees_[i].is(word, "appos") || !lexicon::is_role_noun(trees_[i].lemma(word))) continue;
                const NameMention* name = names_.at(i, trees_[i].head(word));
                if (name == nullptr) continue;
                Role role{trees_[i].lemma(word), "of", {}};
                for (const int child : trees_[i].children(word)) {
                    const NameMention* owner = names_.at(i, child);
                    if (owner != nullptr && owner != name) role.organisation = names_.entity(*owner).name;
                }
                names_.add_role(name->entity, std::move(role));
            }
        }
    }

    SentenceContext context_of(std::size_t index) {
        SentenceContext context;
        context.index = index;
        context.tree = &trees_[index];
        context.names = &names_;
        context.resolver = &resolver_;
        context.text = document_.prose;
        context.date = document_.about.date;
        context.clauses = find_clauses(trees_[index]);
        context.last_speaker = last_speaker_;
        const bool is_title = !document_.about.title.empty() && !document_.paragraphs.empty() &&
                              document_.paragraphs.front().contains(trees_[index].sentence().begin);
        if (is_title) context.headline_speaker = document_.headline_speaker;
        for (const language::Word& word : trees_[index].sentence().words)
            context.quoted.push_back(quoted_word(word.begin));
        return context;
    }

    SentenceContext::QuotedWord quoted_word(std::size_t at) {
        const Quotation* quotation = quotation_at(quotations_, at);
        if (quotation == nullptr) return {};
        std::optional<Reference>& known = speakers_[static_cast<std::size_t>(quotation - quotations_.data())];
        const Speaker& speaker = quotation->speaker;
        if (!known && speaker.word != Tree::kNone) {
            known = resolver_.resolve_one(speaker.sentence, speaker.word, std::nullopt);
            const bool utterance =
                known->entity < 0 && lexicon::is_statement_noun(trees_[speaker.sentence].lemma(speaker.word));
            if (utterance && last_speaker_) known = last_speaker_;
        }
        return {true, known && !known->is_vague ? known : std::nullopt};
    }

    void remember_speaker(const SentenceContext& context) {
        for (int word = 0; word < context.tree->size(); ++word) {
            const bool speaks = lexicon::is_say_verb(context.tree->lemma(word)) && context.tree->has_tag(word, "VERB");
            if (!speaks || context.quoted[static_cast<std::size_t>(word)].is_quoted) continue;
            const int speaker = subject_of(*context.tree, word);
            if (speaker == Tree::kNone) continue;
            const Reference found = resolver_.resolve_one(context.index, speaker, std::nullopt);
            if (!found.is_vague && !lexicon::is_utterance_noun(context.tree->lemma(speaker))) last_speaker_ = found;
        }
    }

    static void keep(std::vector<Statement> found, std::vector<Statement>& all) {
        std::ranges::stable_sort(found, {}, &Statement::begin);
        std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
        const auto is_subsumed = [&](const Statement& statement) {
            return std::ranges::any_of(found, [&](const Statement& other) { return says_less(statement, other); });
        };
        std::vector<bool> subsumed;
        for (const Statement& statement : found) subsumed.push_back(is_subsumed(statement));
        for (std::size_t i = 0; i < found.size(); ++i) {
            Statement& statement = found[i];
            if (subsumed[i]) continue;
            if (seen.emplace(statement.subject.name, statement.predicate.name, statement.object.name,
                             statement.attributed_to.value_or(""))
                    .second) {
                all.push_back(std::move(statement));
            }
        }
    }

    void collect_entities(ArticleStatements& result) const {
        std::map<std::string, Entity> by_name;
        const auto note = [&](const std::string& name, EntityType type) {
            if (name.empty()) return;
            Entity& entity = by_name[name];
            entity.name = name;
            if (entity.type == EntityType::Unknown) entity.type = type;
        };
        for (const Statement& statement : result.statements) {
            note(statement.subject.name, statement.subject_type);
            if (!statement.object_is_clause) note(statement.object.name, statement.object_type);
            if (statement.attributed_to) note(*statement.attributed_to, EntityType::Unknown);
        }
        for (auto& [name, entity] : by_name) {
            const int known = names_.find(name);
            if (known >= 0) {
                const NamedEntity& named = names_.entities()[static_cast<std::size_t>(known)];
                if (named.name == name) {
                    entity.type = named.type == EntityType::Unknown ? entity.type : named.type;
                    std::ranges::copy_if(named.aliases, std::back_inserter(entity.aliases), [&](const std::string& alias) { return alias != name; });
                }
            } else {
                add_concept_aliases(entity);
            }
            result.entities.push_back(std::move(entity));
        }
    }

    static void add_alias(Entity& entity, const std::string& alias) {
        if (alias.empty() || alias == entity.name || std::ranges::count(entity.aliases, alias) > 0) return;
        entity.aliases.push_back(alias);
    }

    /// "international observers" is also found as "observers", without its complements as "observer".
    static void add_concept_aliases(Entity& entity) {
        static constexpr std::string_view kPrepositions[] = {
            " of ", " for ", " on ", " to ", " over ", " against ", " between ", " about ", " with ", " by ", " from "};
        std::string plain = entity.name;
        for (const std::string_view preposition : kPrepositions) plain = plain.substr(0, plain.find(preposition));
        add_alias(entity, plain);
        const std::string head = plain.substr(plain.rfind(' ') + 1);
        add_alias(entity, head);
        if (head.size() > 3 && head.ends_with('s') && !head.ends_with("ss")) {
            add_alias(entity, plain.substr(0, plain.size() - 1));
            add_alias(entity, head.substr(0, head.size() - 1));
        }
    }

    const Document& document_;
    const std::vector<Tree>& trees_;
    Names names_;
    Resolver resolver_;
    std::vector<Quotation> quotations_;
    std::vector<std::optional<Reference>> speakers_;  ///< of the quotations, once they are known
    std::optional<Reference> last_speaker_;
};

}  // namespace

bool is_readable(const language::Sentence& sentence) {
    return !sentence.words.empty() && sentence.words.size() <= kLongestSentence;
}

ArticleStatements extract_parsed(const Document& document, std::vector<language::Sentence> sentences,
                                 std::ostream* explanation) {
    Onlooker onlooker;
    if (explanation != nullptr) onlooker = [explanation](const SentenceContext& context) { write_explanation(*explanation, context); };
    return extract_watched(document, std::move(sentences), onlooker);
}

ArticleStatements extract_watched(const Document& document, std::vector<language::Sentence> sentences, const Onlooker& onlooker) {
    std::erase_if(sentences, std::not_fn(is_readable));
    std::ranges::for_each(sentences, repair_tree);
    ArticleStatements result;
    result.about = document.about;
    std::vector<Tree> trees;
    trees.reserve(sentences.size());
    for (const language::Sentence& sentence : sentences) {
        trees.emplace_back(sentence);
        const auto bytes = std::string_view(document.prose).substr(sentence.begin, sentence.end - sentence.begin);
        result.sentences.push_back({sentence.begin, sentence.end, text::squeeze(bytes)});
    }
    ArticleReader(document, trees).read(result, onlooker);
    return result;
}

ArticleStatements extract_lines(SentenceLines lines, std::ostream* explanation) {
    Document document;
    document.prose = std::move(lines.text);
    ArticleStatements all;
    for (language::Sentence& sentence : lines.sentences) {
        document.paragraphs = {{sentence.begin, sentence.end}};
        std::vector<language::Sentence> alone;
        alone.push_back(std::move(sentence));
        ArticleStatements one = extract_parsed(document, std::move(alone), explanation);
        for (Statement& statement : one.statements) statement.sentence += all.sentences.size();
        std::ranges::move(one.sentences, std::back_inserter(all.sentences));
        std::ranges::move(one.statements, std::back_inserter(all.statements));
        std::ranges::move(one.entities, std::back_inserter(all.entities));
    }
    shift(all, lines.begin);
    return all;
}

ArticleStatements extract(std::string_view text, const language::Analyser& analyser) {
    const Document document = read_document(text);
    return extract_parsed(document, analyser.analyse(document.prose));
}

}  // namespace tercet::article
