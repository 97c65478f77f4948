#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/quad_sink.hpp"
#include "engine/model/store.hpp"
#include "loaders/article/statement.hpp"

namespace tercet::article {

/// The IRI of an article known by a name: the name itself if it is an address (http, https, file, urn), without its
/// fragment, else urn:tercet:article:NAME.
[[nodiscard]] std::string article_iri(std::string_view name);
/// The IRI of an entity or predicate: urn:tercet:name:Matthew_Miller. What an IRI may not hold is percent-encoded.
[[nodiscard]] std::string name_iri(std::string_view name);
/// A fingerprint of the article's text, of what is known about it and of this version of the rules: equal ones give
/// equal triples.
[[nodiscard]] std::string content_hash(std::string_view text, const Metadata& about = {});

/// Pushes all quads of an article, each into the default graph and into the graph of the article's IRI:
/// the plain triples of what it asserts, one reifier for every statement, and the names. See docs/vocabulary.md. Of an article
/// that is written in parts, only the last has the hash.
void write_article(QuadSink& sink, const ArticleStatements& article, std::string_view iri, std::string_view hash);

/// Whether this very content of the article is in the store already, so that it need not be read again.
[[nodiscard]] bool holds_article(const QuadSource& source, std::string_view iri, std::string_view hash);

enum class LoadOutcome { Added, Replaced, Unchanged };

/// Puts an article into the store: nothing happens if it is there with the same hash, an older version of it is
/// replaced. Inside a transaction, earlier changes of which count.
LoadOutcome load_article(Transaction& transaction, const ArticleStatements& article, std::string_view iri,
                         std::string_view hash);
/// The same without another view of the transaction, which costs as much as has changed so far: `now` may be any view of it
/// since which nothing was done to this article.
LoadOutcome load_article(Transaction& transaction, const QuadSource& now, const ArticleStatements& article,
                         std::string_view iri, std::string_view hash);
/// In a transaction of its own.
LoadOutcome load_article(Store& store, const ArticleStatements& article, std::string_view iri, std::string_view hash);

/// Takes an article out: its graph, and of the default graph what no other article supports. A triple is supported
/// by every article whose graph holds it. Returns whether the article was there.
bool unload_article(Transaction& transaction, std::string_view iri);
bool unload_article(Store& store, std::string_view iri);
/// IRIs of the articles that came from a file of many.
[[nodiscard]] std::vector<std::string> articles_of_file(const QuadSource& source, std::string_view file_iri);

}  // namespace tercet::article
