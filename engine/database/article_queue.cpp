#include "engine/database/article_queue.hpp"

#include <algorithm>
#include <utility>

#include "engine/database/implementation.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/input/file_iri.hpp"
#include "loaders/reading/documents.hpp"

namespace tercet {
namespace {

ReadArticle read_article(const std::string& file, reading::RawDocument document, const language::Analyser& analyser) {
    ReadArticle article;
    article.name = reading::full_name(file, document.part);
    const std::string part = std::move(document.part);
    reading::Source source = reading::read_source(std::move(document));
    if (!part.empty()) source.document.about.file = input::file_iri(file);
    article.note = std::move(source.note);
    article.refusal = std::move(source.refusal);
    if (!article.refusal.empty()) return article;
    article.hash = article::content_hash(source.text, source.document.about);
    article.iri = article_iri_of(file, part, source.document.about.url, article.hash);
    article.statements = article::extract_parsed(source.document, analyser.analyse(source.document.prose));
    return article;
}

}  // namespace

ArticleQueue::ArticleQueue(const language::Analyser& analyser, std::size_t threads, Take take)
    : analyser_(analyser), threads_(std::max<std::size_t>(threads, 1)), take_(std::move(take)) {}

void ArticleQueue::push(const std::string& file, reading::RawDocument document) {
    if (threads_ == 1) return take_(read_article(file, std::move(document), analyser_));
    if (running_.size() == threads_) take_oldest();
    running_.push_back(std::async(std::launch::async, [this, file, document = std::move(document)]() mutable {
        return read_article(file, std::move(document), analyser_);
    }));
}

void ArticleQueue::finish() {
    while (!running_.empty()) take_oldest();
}

void ArticleQueue::take_oldest() {
    ReadArticle article = running_.front().get();
    running_.pop_front();
    take_(std::move(article));
}

}  // namespace tercet
