#include <chrono>
#include <optional>

#include "engine/database/article_queue.hpp"
#include "engine/database/implementation.hpp"
#include "engine/database/rdf_files.hpp"
#include "engine/model/percent_encoding.hpp"
#include "loaders/article/statement_lines.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/input/file_iri.hpp"
#include "loaders/input/file_list.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/reading/documents.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

/// Hands quads on, counts them, puts those without a graph where the user wants them, and tells how far it is.
class LoadSink final : public QuadSink {
public:
    LoadSink(QuadSink& target, const LoadOptions& options, LoadProgress& progress, const input::InputFile& file)
        : target_(target), options_(options), graph_(TermView::iri(options.graph)), progress_(progress), file_(file) {}

    void add(const QuadView& quad) override {
        QuadView placed = quad;
        if (!options_.graph.empty() && quad.graph.kind == TermKind::Undefined) placed.graph = graph_;
        target_.add(placed);
        ++progress_.quads;
        if (progress_.quads % 4096 != 0 || !options_.progress) return;
        progress_.bytes_read = file_.consumed();
        options_.progress(progress_);
    }
    void declare_prefix(std::string_view name, std::string_view iri) override { target_.declare_prefix(name, iri); }

private:
    QuadSink& target_;
    const LoadOptions& options_;
    TermView graph_;
    LoadProgress& progress_;
    const input::InputFile& file_;
};

bool is_article(const std::string& file, const LoadOptions& options) {
    if (options.format != LoadFormat::Auto) return options.format == LoadFormat::Article;
    if (rdf_format_of(file, options.format)) return false;
    if (reading::names_an_article(file)) return true;
    throw Error(ErrorCode::InvalidArgument,
                "cannot tell what " + file +
                    " is by its name; say it with --format nt, nq, ttl, trig, rdf (RDF/XML) or article");
}

/// Whether a file of that name is read when it stands in a directory: by what it is called, or any, if the user says what they are.
bool is_readable(std::string_view name, LoadFormat format) {
    return format != LoadFormat::Auto || reading::names_an_article(name) || rdf_format_of(std::string(name), format);
}

void add_statements(Transaction& transaction, const article::ArticleStatements& statements, const std::string& iri,
                    const std::string& hash, LoadReport& report) {
    article::load_article(transaction, statements, iri, hash);
    ++report.articles;
    report.statements += statements.statements.size();
}

/// An article that cannot be read is noted, and the load goes on.
void add_article(const ReadArticle& article, Transaction& transaction, LoadReport& report) {
    if (!article.refusal.empty()) {
        report.skipped.push_back(article.name + ": " + article.refusal);
        return;
    }
    if (!article.note.empty()) report.incomplete.push_back(article.name + ": " + article.note);
    add_statements(transaction, article.statements, article.iri, article.hash, report);
}

void read_articles(const std::string& file, ArticleQueue& queue, const LoadOptions& options, LoadProgress& progress, LoadReport& report) {
    try {
        input::InputFile in(file);
        progress.bytes_total = in.size();
        reading::read_documents(in, file, options.fields, [&](reading::RawDocument document) {
            queue.push(file, std::move(document));
            progress.bytes_read = in.consumed();
            progress.articles = report.articles;
            if (options.progress) options.progress(progress);
        });
    } catch (const Error& error) {
        report.skipped.push_back(file + ": " + error.what());
    }
}

/// Statements that another extractor found, as JSON lines: each document is an article of its name.
void add_statement_lines(const std::string& file, Transaction& transaction, LoadReport& report) {
    input::InputFile in(file);
    try {
        for (const article::ForeignArticle& foreign : article::read_statement_lines(in.read_all())) {
            add_statements(transaction, foreign.statements, article::article_iri(foreign.document),
                           article::content_hash(foreign.lines), report);
        }
    } catch (const Error& error) {
        throw Error(error.code(), file + ": " + error.what());
    }
}

}  // namespace

std::string article_iri_of(const std::string& file, const std::string& part, const std::string& url, const std::string& hash) {
    if (!part.empty() && !url.empty()) return article::article_iri(url);
    const std::string iri = input::file_iri(file);
    if (iri.empty()) return article::article_iri(hash);
    return part.empty() ? iri : article::article_iri(iri + "?" + percent_encoded(part, [](char c) { return c != ' '; }));
}

LoadReport Database::load(const std::string& file, const LoadOptions& options) {
    return load(std::vector<std::string>{file}, options);
}

LoadReport Database::load(const std::vector<std::string>& paths, const LoadOptions& options) {
    const std::vector<std::string> files = input::expand_paths(paths, [&](std::string_view name) { return is_readable(name, options.format); });
    const auto start = std::chrono::steady_clock::now();
    LoadReport report;
    const CancelToken cancel = implementation_->start_call({});
    const auto transaction = implementation_->store->begin();
    LoadProgress progress;
    progress.files_total = files.size();
    std::optional<ArticleQueue> articles;  // the model is read when there is an article
    for (const std::string& file : files) {
        cancel.check();
        progress.file = file;
        progress.files_done = report.files;
        progress.bytes_read = progress.bytes_total = 0;
        ++report.files;
        if (options.format == LoadFormat::Statements) {
            add_statement_lines(file, *transaction, report);
        } else if (is_article(file, options)) {
            if (!articles) {
                articles.emplace(implementation_->analyser(), options.threads,
                                 [&](const ReadArticle& article) { add_article(article, *transaction, report); });
            }
            read_articles(file, *articles, options, progress, report);
        } else {
            input::InputFile in(file);
            progress.bytes_total = in.size();
            LoadSink sink(*transaction, options, progress, in);
            read_rdf(in, file, options, cancel, sink);
        }
        if (options.progress) options.progress(progress);
    }
    if (articles) articles->finish();
    if (report.articles != 0) implementation_->own_prefixes = true;
    report.quads_added = transaction->added();
    report.quads_read = report.articles == 0 ? progress.quads : progress.quads + report.quads_added;
    transaction->commit();
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

bool Database::unload(std::string_view article) {
    const auto transaction = implementation_->store->begin();
    const std::string name(article);
    bool found = false;
    for (const std::string& iri : {name, input::file_iri(name), article::article_iri(name)}) {
        for (const std::string& part : article::articles_of_file(*transaction->view(), iri)) {
            found = article::unload_article(*transaction, part) || found;
        }
        found = article::unload_article(*transaction, iri) || found;
        if (found) break;
    }
    if (found) transaction->commit();
    return found;
}

}  // namespace tercet
