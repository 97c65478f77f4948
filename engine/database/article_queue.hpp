#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <string>

#include "loaders/article/statement.hpp"
#include "loaders/language/analyser.hpp"
#include "loaders/reading/source.hpp"

namespace tercet {

/// An article that was read, or why it was not.
struct ReadArticle {
    std::string name;  ///< of the document, for people
    std::string iri;
    article::ArticleStatements statements;
    std::string hash;
    std::string note;     ///< what of it could not be read
    std::string refusal;  ///< why it could not be read at all; empty: it could
};

/// Reads documents, several at once, and hands them on in the order in which they came.
class ArticleQueue {
public:
    using Take = std::function<void(ReadArticle)>;

    /// `take` is called by the thread that calls push() and finish(). The analyser outlives the queue.
    ArticleQueue(const language::Analyser& analyser, std::size_t threads, Take take);

    /// `file` is what the document's IRI is made from.
    void push(const std::string& file, reading::RawDocument document);
    void finish();

private:
    void take_oldest();

    const language::Analyser& analyser_;
    std::size_t threads_;
    Take take_;
    std::deque<std::future<ReadArticle>> running_;
};

}  // namespace tercet
