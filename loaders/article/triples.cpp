#include "loaders/article/triples.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "engine/model/percent_encoding.hpp"
#include "engine/model/vocabulary.hpp"
#include "loaders/article/inflection.hpp"
#include "loaders/article/iris.hpp"
#include "loaders/article/quantity.hpp"
#include "loaders/article/time_expression.hpp"

namespace tercet::article {
namespace {

namespace kg = iris::kg;

/// Part of the hash: a store that was filled by other rules is refreshed by the next load.
constexpr std::string_view kRulesVersion = "tercet-article-7";

/// schema.org's class of an entity, by EntityType.
constexpr std::array<std::string_view, 8> kClassOf{
    iris::skos::kConcept, iris::schema::kPerson, iris::schema::kOrganization, iris::schema::kPlace,
    iris::schema::kEvent, iris::skos::kConcept,  iris::skos::kConcept,        iris::skos::kConcept,
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPrefixes{{
    {"", vocabulary::kNames},
    {"kg", vocabulary::kTercet},
    {"schema", iris::schema::kPrefix},
    {"nif", iris::nif::kPrefix},
    {"prov", iris::prov::kPrefix},
    {"skos", iris::skos::kPrefix},
}};

bool is_allowed_in_iri(unsigned char c) {
    return c > 0x20 && c != 0x7F &&
           std::string_view("<>\"{}|^`\\%").find(static_cast<char>(c)) == std::string_view::npos;
}

/// What an IRI may not hold is percent-encoded; `kept` is left as it is.
std::string escaped_iri(std::string_view text, std::string_view kept = {}) {
    return percent_encoded(text, [&](char c) { return is_allowed_in_iri(static_cast<unsigned char>(c)) || kept.find(c) != kept.npos; });
}

std::string iri_part(std::string_view text) {
    std::string joined(text);
    std::ranges::replace(joined, ' ', '_');
    return escaped_iri(joined);
}

std::string kg_iri(std::string_view local) { return std::string(vocabulary::kTercet) + std::string(local); }

std::string decimal(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.3f", value);
    return buffer;
}

std::string without_underscores(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

/// Pushes every triple twice: into the default graph and into the article's.
class ArticleWriter {
public:
    ArticleWriter(QuadSink& sink, const ArticleStatements& article, std::string_view iri)
        : sink_(sink), article_(article), iri_(iri), graph_(TermView::iri(iri_)) {}

    void write(std::string_view hash) {
        for (const auto& [name, iri] : kPrefixes) sink_.declare_prefix(name, iri);
        write_article_itself(hash);
        for (const Entity& entity : article_.entities) write_entity(entity);
        for (std::size_t i = 0; i < article_.statements.size(); ++i) write_statement(article_.statements[i], i);
        for (const auto& [name, surfaces] : predicates_) write_predicate(name, surfaces);
    }

private:
    void add(const TermView& subject, std::string_view predicate, const TermView& object) {
        sink_.add({subject, TermView::iri(predicate), object, {}});
        sink_.add({subject, TermView::iri(predicate), object, graph_});
    }
    void add_iri(const TermView& subject, std::string_view predicate, std::string_view object) {
        add(subject, predicate, TermView::iri(object));
    }
    void add_text(const TermView& subject, std::string_view predicate, std::string_view text) {
        if (!text.empty()) add(subject, predicate, TermView::literal(text, vocabulary::xsd::kString));
    }

    void write_article_itself(std::string_view hash) {
        add_iri(graph_, vocabulary::rdf::kType, iris::schema::kNewsArticle);
        const Metadata& about = article_.about;
        add_text(graph_, iris::schema::kHeadline, about.title);
        if (!about.date.empty()) {
            add(graph_, iris::schema::kDatePublished, TermView::literal(about.date, vocabulary::xsd::kDate));
        }
        add_text(graph_, iris::schema::kAuthor, about.author);
        add_text(graph_, iris::schema::kPublisher, about.site);
        if (!about.url.empty()) add_iri(graph_, iris::schema::kUrl, article_iri(about.url));
        if (!about.file.empty()) add_iri(graph_, iris::schema::kIsPartOf, about.file);
        add_text(graph_, kg::kContentHash, hash);
    }

    void write_entity(const Entity& entity) {
        const std::string iri = name_iri(entity.name);
        const TermView subject = TermView::iri(iri);
        add_iri(subject, vocabulary::rdf::kType, kClassOf[static_cast<std::size_t>(entity.type)]);
        const bool is_name = entity.type == EntityType::Person || entity.type == EntityType::Organisation || entity.type == EntityType::Place;
        if (const auto quantity = is_name ? std::nullopt : read_quantity(entity.name)) write_quantity(subject, *quantity);
        add_text(subject, vocabulary::rdfs::kLabel, entity.name);
        for (const std::string& alias : entity.aliases) add_text(subject, vocabulary::skos::kAltLabel, alias);
    }

    void write_quantity(const TermView& subject, const Quantity& quantity) {
        static constexpr std::array<std::string_view, 3> kBounds{iris::schema::kValue, iris::schema::kMinValue, iris::schema::kMaxValue};
        const bool is_money = !quantity.currency.empty();
        add_iri(subject, vocabulary::rdf::kType, is_money ? iris::schema::kMonetaryAmount : iris::schema::kQuantitativeValue);
        add(subject, kBounds[static_cast<std::size_t>(quantity.bound)], TermView::literal(quantity.value, vocabulary::xsd::kDecimal));
        add_text(subject, iris::schema::kCurrency, quantity.currency);
        add_text(subject, iris::schema::kUnitText, quantity.unit);
    }

    void write_predicate(const std::string& name, std::set<std::string> surfaces) {
        const std::string label = without_underscores(name);
        for (std::string& alias : predicate_aliases(name)) surfaces.insert(std::move(alias));
        surfaces.erase(label);
        const std::string iri = name_iri(name);
        const TermView subject = TermView::iri(iri);
        add_iri(subject, vocabulary::rdf::kType, iris::rdf::kProperty);
        add_text(subject, vocabulary::rdfs::kLabel, label);
        for (const std::string& surface : surfaces) add_text(subject, vocabulary::skos::kAltLabel, surface);
        if (const auto heads = chain_heads(name); !heads.empty()) {
            add_iri(subject, vocabulary::rdfs::kSubPropertyOf, name_iri(heads.front()));
        }
    }

    std::string sentence_iri(std::size_t index) {
        const SourceSentence& sentence = article_.sentences[index];
        std::string iri =
            std::string(iri_) + "#char=" + std::to_string(sentence.begin) + ',' + std::to_string(sentence.end);
        if (written_sentences_.insert(index).second) {
            const TermView subject = TermView::iri(iri);
            add_iri(subject, vocabulary::rdf::kType, iris::nif::kSentence);
            add_text(subject, iris::nif::kAnchorOf, sentence.text);
            add(subject, iris::nif::kReferenceContext, graph_);
        }
        return iri;
    }

    void write_statement(const Statement& statement, std::size_t number) {
        const std::string subject = name_iri(statement.subject.name);
        const std::string predicate = name_iri(statement.predicate.name);
        const std::string object = name_iri(statement.object.name);
        const TripleView triple{TermView::iri(subject), TermView::iri(predicate), object_term(statement, object)};
        predicates_[statement.predicate.name].insert(statement.predicate.text);
        for (const std::string& head : chain_heads(statement.predicate.name)) predicates_[head];

        if (statement.is_asserted()) add(triple.subject, predicate, triple.object);
        const std::string iri = std::string(iri_) + "#statement-" + std::to_string(article_.statements_before + number);
        const TermView reifier = TermView::iri(iri);
        add(reifier, vocabulary::rdf::kReifies, {TermKind::TripleTerm, {}, {}, {}, {}, &triple});
        write_annotations(statement, reifier);
    }

    /// Nothing done to anything is "true": the conflict escalated.
    static TermView object_term(const Statement& statement, std::string_view iri) {
        if (statement.object.name.empty()) return TermView::literal("true", vocabulary::xsd::kBoolean);
        if (statement.object_is_clause) return TermView::literal(statement.object.name, vocabulary::xsd::kString);
        return TermView::iri(iri);
    }

    void write_annotations(const Statement& statement, const TermView& reifier) {
        add_iri(reifier, kg::kPolarity, kg_iri(to_string(statement.polarity)));
        add_iri(reifier, kg::kModality, kg_iri(to_string(statement.modality)));
        add(reifier, kg::kConfidence, TermView::literal(decimal(statement.confidence), vocabulary::xsd::kDecimal));
        if (statement.attributed_to) add_iri(reifier, kg::kAttributedTo, name_iri(*statement.attributed_to));
        add_text(reifier, kg::kSurface, statement.predicate.text);
        add_text(reifier, kg::kRule, statement.rule);
        if (statement.time) add(reifier, kg::kTime, TermView::literal(*statement.time, datatype_of_time(*statement.time)));
        if (statement.place) add_iri(reifier, kg::kPlace, name_iri(*statement.place));
        for (const Adjunct& adjunct : statement.extra) {
            add_iri(reifier, kg_iri("role_" + iri_part(adjunct.preposition)), name_iri(adjunct.argument.name));
        }
        add_iri(reifier, iris::prov::kWasDerivedFrom, sentence_iri(statement.sentence));
    }

    QuadSink& sink_;
    const ArticleStatements& article_;
    std::string iri_;
    TermView graph_;
    std::map<std::string, std::set<std::string>> predicates_;  ///< and how the article writes them
    std::set<std::size_t> written_sentences_;
};

/// Whether a graph is an article's: only articles support triples of the default graph.
bool is_article(const QuadSource& source, TermId graph) {
    const auto type = source.find(TermView::iri(vocabulary::rdf::kType));
    const auto news_article = source.find(TermView::iri(iris::schema::kNewsArticle));
    return type && news_article && source.contains({{graph, *type, *news_article, graph}});
}

template <typename Visit>
void for_each_quad(const QuadSource& source, const IndexOrder& order, const QuadPattern& pattern, Visit visit) {
    const auto cursor = source.scan(order, pattern);
    QuadBatch batch;
    while (cursor->next(batch)) {
        for (std::size_t i = 0; i < batch.size; ++i) {
            visit(Quad{{batch.column[0][i], batch.column[1][i], batch.column[2][i], batch.column[3][i]}});
        }
    }
}

constexpr const IndexOrder& kBySubject = kIndexOrders[0];
constexpr const IndexOrder& kByGraph = kIndexOrders[6];
constexpr const IndexOrder& kByPredicate = kIndexOrders[1];
static_assert(kBySubject.name == "spog" && kByPredicate.name == "posg" && kByGraph.name == "gspo");

bool is_supported_elsewhere(const QuadSource& source, const Quad& quad) {
    bool supported = false;
    for_each_quad(source, kBySubject, {{quad.subject(), quad.predicate(), quad.object(), TermId::any()}},
                  [&](const Quad& other) {
                      const bool elsewhere = other.graph().is_defined() && other.graph() != quad.graph();
                      supported = supported || (elsewhere && is_article(source, other.graph()));
                  });
    return supported;
}

}  // namespace

std::string article_iri(std::string_view name) {
    static constexpr std::array<std::string_view, 4> kSchemes{"http://", "https://", "file://", "urn:"};
    if (std::ranges::none_of(kSchemes, [&](std::string_view scheme) { return name.starts_with(scheme); })) {
        return std::string(iris::kArticles) + iri_part(name);
    }
    return escaped_iri(name.substr(0, name.find('#')), "%");
}

std::string name_iri(std::string_view name) { return std::string(vocabulary::kNames) + iri_part(name); }

std::string content_hash(std::string_view text, const Metadata& about) {
    std::string seed(kRulesVersion);
    for (const std::string* field : {&about.title, &about.date, &about.author, &about.site, &about.url, &about.file}) (seed += '\n') += *field;
    const std::uint64_t version = XXH3_64bits(seed.data(), seed.size());
    const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), version);
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return buffer;
}

void write_article(QuadSink& sink, const ArticleStatements& article, std::string_view iri, std::string_view hash) {
    ArticleWriter(sink, article, iri).write(hash);
}

bool holds_article(const QuadSource& source, std::string_view iri, std::string_view hash) {
    const auto graph = source.find(TermView::iri(iri));
    const auto predicate = source.find(TermView::iri(kg::kContentHash));
    const auto value = source.find(TermView::literal(hash, vocabulary::xsd::kString));
    return graph && predicate && value && source.contains({{*graph, *predicate, *value, *graph}});
}

LoadOutcome load_article(Transaction& transaction, const QuadSource& now, const ArticleStatements& article,
                         std::string_view iri, std::string_view hash) {
    if (holds_article(now, iri, hash)) return LoadOutcome::Unchanged;
    const auto graph = now.find(TermView::iri(iri));
    const bool is_known = graph && is_article(now, *graph);
    if (is_known) unload_article(transaction, iri);
    write_article(transaction, article, iri, hash);
    return is_known ? LoadOutcome::Replaced : LoadOutcome::Added;
}

LoadOutcome load_article(Transaction& transaction, const ArticleStatements& article, std::string_view iri,
                         std::string_view hash) {
    return load_article(transaction, *transaction.view(), article, iri, hash);
}

LoadOutcome load_article(Store& store, const ArticleStatements& article, std::string_view iri, std::string_view hash) {
    const auto transaction = store.begin();
    const LoadOutcome outcome = load_article(*transaction, article, iri, hash);
    if (outcome != LoadOutcome::Unchanged) transaction->commit();
    return outcome;
}

bool unload_article(Transaction& transaction, std::string_view iri) {
    const auto view = transaction.view();
    const auto graph = view->find(TermView::iri(iri));
    if (!graph || !is_article(*view, *graph)) return false;
    for_each_quad(*view, kByGraph, {{TermId::any(), TermId::any(), TermId::any(), *graph}}, [&](const Quad& quad) {
        transaction.remove(quad);
        if (is_supported_elsewhere(*view, quad)) return;
        transaction.remove({{quad.subject(), quad.predicate(), quad.object(), TermId()}});
    });
    return true;
}

std::vector<std::string> articles_of_file(const QuadSource& source, std::string_view file_iri) {
    std::vector<std::string> articles;
    const auto file = source.find(TermView::iri(file_iri));
    const auto is_part_of = source.find(TermView::iri(iris::schema::kIsPartOf));
    if (!file || !is_part_of) return articles;
    for_each_quad(source, kByPredicate, {{TermId::any(), *is_part_of, *file, TermId()}},
                  [&](const Quad& quad) { articles.push_back(source.term(quad.subject()).value); });
    return articles;
}

bool unload_article(Store& store, std::string_view iri) {
    const auto transaction = store.begin();
    const bool found = unload_article(*transaction, iri);
    if (found) transaction->commit();
    return found;
}

}  // namespace tercet::article
