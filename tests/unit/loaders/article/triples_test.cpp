#include "loaders/article/triples.hpp"

#include <set>

#include "article_fixture.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/storage/memory_store.hpp"
#include "loaders/article/iris.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace tercet;
using namespace tercet::article;

namespace {

Statement statement(std::string subject, std::string predicate, std::string object) {
    Statement made;
    made.end = 10;
    made.subject = {subject, subject, 0, 3};
    made.predicate = {predicate, predicate, 3, 6};
    made.object = {object, object, 6, 10};
    made.confidence = 0.8;
    made.rule = "object";
    return made;
}

ArticleStatements article_of(std::vector<Statement> statements) {
    ArticleStatements article;
    article.about.title = "A headline";
    article.about.date = "2023-10-04";
    article.sentences.push_back({0, 10, "A sentence."});
    std::set<std::string> names;
    for (const Statement& made : statements) {
        names.insert(made.subject.name);
        if (!made.object.name.empty() && !made.object_is_clause) names.insert(made.object.name);
    }
    for (const std::string& name : names) article.entities.push_back({name, {"alias of " + name}, EntityType::Concept});
    article.statements = std::move(statements);
    return article;
}

Term name(std::string_view text) { return Term::iri(name_iri(text)); }

bool has(const Store& store, const Term& subject, const Term& predicate, const Term& object,
         std::string_view graph = {}) {
    const auto source = store.snapshot();
    const auto id = [&](const Term& term) { return source->find(TermViewHolder(term).view()); };
    const auto s = id(subject);
    const auto p = id(predicate);
    const auto o = id(object);
    const auto g = graph.empty() ? std::optional(TermId()) : id(Term::iri(std::string(graph)));
    return s && p && o && g && source->contains({{*s, *p, *o, *g}});
}

std::uint64_t quads(const Store& store) { return store.snapshot()->statistics().quads; }

const std::string kIri = article_iri("one.txt");

}  // namespace

TEST_CASE("triples: names become IRIs that can be read", "[article]") {
    CHECK(name_iri("Matthew Miller") == "urn:tercet:name:Matthew_Miller");
    CHECK(name_iri("a<b>\"c\" {100%}") == "urn:tercet:name:a%3Cb%3E%22c%22_%7B100%25%7D");
    CHECK(name_iri("Türkiye") == "urn:tercet:name:Türkiye");
    CHECK(article_iri("my file.txt") == "urn:tercet:article:my_file.txt");
    CHECK(article_iri("https://news.example/a%20b c?id=1#top") == "https://news.example/a%20b%20c?id=1");
}

TEST_CASE("triples: what is asserted is a plain triple in both graphs", "[article]") {
    storage::MemoryStore store;
    CHECK(load_article(store, article_of({statement("Miller", "support", "mission")}), kIri, "h1") ==
          LoadOutcome::Added);
    CHECK(has(store, name("Miller"), name("support"), name("mission")));
    CHECK(has(store, name("Miller"), name("support"), name("mission"), kIri));
    CHECK(has(store, name("Miller"), Term::iri(std::string(vocabulary::rdfs::kLabel)), Term::literal("Miller")));
    CHECK(has(store, name("support"), Term::iri(std::string(vocabulary::skos::kAltLabel)), Term::literal("supports")));
    CHECK(has(store, Term::iri(kIri), Term::iri(std::string(iris::schema::kHeadline)), Term::literal("A headline")));
    CHECK(has(store, Term::iri(kIri + "#char=0,10"), Term::iri(std::string(iris::nif::kAnchorOf)),
              Term::literal("A sentence.")));
}

TEST_CASE("triples: what is denied or wished is reified and not asserted", "[article]") {
    Statement denied = statement("Russia", "be", "partner");
    denied.polarity = Polarity::Negative;
    denied.attributed_to = "Miller";
    Statement wished = statement("Armenia", "reach", "agreement");
    wished.modality = Modality::Desired;
    storage::MemoryStore store;
    load_article(store, article_of({denied, wished}), kIri, "h1");
    CHECK_FALSE(has(store, name("Russia"), name("be"), name("partner")));
    CHECK_FALSE(has(store, name("Armenia"), name("reach"), name("agreement")));
    const Term reified = Term::triple_term({name("Russia"), name("be"), name("partner")});
    const Term reifier = Term::iri(kIri + "#statement-0");
    CHECK(has(store, reifier, Term::iri(std::string(vocabulary::rdf::kReifies)), reified));
    CHECK(
        has(store, reifier, Term::iri(std::string(iris::kg::kPolarity)), Term::iri("urn:tercet:vocabulary:negative")));
    CHECK(has(store, reifier, Term::iri(std::string(iris::kg::kAttributedTo)), name("Miller")));
}

TEST_CASE("triples: a chain is a sub-property of its head", "[article]") {
    storage::MemoryStore store;
    load_article(store, article_of({statement("Azerbaijan", "agree_to_allow", "observers")}), kIri, "h1");
    CHECK(
        has(store, name("agree_to_allow"), Term::iri(std::string(vocabulary::rdfs::kSubPropertyOf)), name("agree_to")));
    CHECK(
        has(store, name("agree_to"), Term::iri(std::string(vocabulary::skos::kAltLabel)), Term::literal("agreed to")));
}

TEST_CASE("triples: no object is true, a clause is text", "[article]") {
    Statement clause = statement("Aliyev", "announce", "they will meet");
    clause.object_is_clause = true;
    storage::MemoryStore store;
    load_article(store, article_of({statement("conflict", "escalate", ""), clause}), kIri, "h1");
    CHECK(has(store, name("conflict"), name("escalate"), Term::boolean(true)));
    CHECK(has(store, name("Aliyev"), name("announce"), Term::literal("they will meet")));
}

TEST_CASE("triples: loading again changes nothing", "[article]") {
    storage::MemoryStore store;
    const ArticleStatements article = article_of({statement("Miller", "support", "mission")});
    load_article(store, article, kIri, "h1");
    const auto before = store.snapshot()->version();
    CHECK(load_article(store, article, kIri, "h1") == LoadOutcome::Unchanged);
    CHECK(store.snapshot()->version() == before);
}

TEST_CASE("triples: a changed article replaces its older self", "[article]") {
    storage::MemoryStore store;
    load_article(store, article_of({statement("Miller", "support", "mission")}), kIri, "h1");
    CHECK(load_article(store, article_of({statement("Miller", "oppose", "mission")}), kIri, "h2") ==
          LoadOutcome::Replaced);
    CHECK_FALSE(has(store, name("Miller"), name("support"), name("mission")));
    CHECK(has(store, name("Miller"), name("oppose"), name("mission")));
    CHECK_FALSE(holds_article(*store.snapshot(), kIri, "h1"));
    CHECK(holds_article(*store.snapshot(), kIri, "h2"));
}

TEST_CASE("triples: unloading keeps what another article supports", "[article]") {
    storage::MemoryStore store;
    const std::string other = article_iri("two.txt");
    load_article(store, article_of({statement("Miller", "support", "mission"), statement("Miller", "visit", "Baku")}),
                 kIri, "h1");
    load_article(store, article_of({statement("Miller", "support", "mission")}), other, "h2");
    CHECK(unload_article(store, kIri));
    CHECK(has(store, name("Miller"), name("support"), name("mission")));
    CHECK(has(store, name("mission"), Term::iri(std::string(vocabulary::rdfs::kLabel)), Term::literal("mission")));
    CHECK_FALSE(has(store, name("Miller"), name("visit"), name("Baku")));
    CHECK_FALSE(has(store, name("Baku"), Term::iri(std::string(vocabulary::rdfs::kLabel)), Term::literal("Baku")));
    CHECK(unload_article(store, other));
    CHECK(quads(store) == 0);
    CHECK_FALSE(unload_article(store, other));
}

TEST_CASE("triples: only articles are unloaded", "[article]") {
    storage::MemoryStore store;
    {
        const auto transaction = store.begin();
        transaction->add(
            QuadView{TermView::iri("a:s"), TermView::iri("a:p"), TermView::iri("a:o"), TermView::iri("a:graph")});
        transaction->commit();
    }
    CHECK_FALSE(unload_article(store, "a:graph"));
    CHECK(quads(store) == 1);
}

TEST_CASE("triples: the hash tells texts apart", "[article]") {
    CHECK(content_hash("one") == content_hash("one"));
    CHECK(content_hash("one") != content_hash("two"));
    CHECK(content_hash("").size() == 32);
}

TEST_CASE("triples: the sample articles answer the questions of the front page", "[article]") {
    const std::string root = tercet::support::source_dir();
    const auto analyser = language::Analyser::load(root + "/loaders/models/english.tcm");
    storage::MemoryStore store;
    for (const std::string file : {"01-mission-briefing.txt", "02-observers-agreed.txt"}) {
        const std::string text = test::read_file(root + "/examples/articles/" + file);
        load_article(store, extract(text, analyser), article_iri(file), content_hash(text));
    }
    const Term alias = Term::iri(std::string(vocabulary::skos::kAltLabel));
    CHECK(has(store, name("Matthew Miller"), name("support"), name("international mission")));
    CHECK(has(store, name("Matthew Miller"), alias, Term::literal("Miller")));
    CHECK(has(store, name("Azerbaijan"), name("agree_to_allow"), name("international observers")));
    CHECK(has(store, name("international observers"), alias, Term::literal("observers")));
}
