#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>

#include "engine/base/ends_request.hpp"
#include "engine/base/free_memory.hpp"
#include "engine/database/article_queue.hpp"
#include "engine/database/implementation.hpp"
#include "engine/database/network.hpp"
#include "engine/database/rdf_files.hpp"
#include "engine/database/renaming.hpp"
#include "engine/model/percent_encoding.hpp"
#include "loaders/article/statement_lines.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/http/url.hpp"
#include "loaders/input/file_iri.hpp"
#include "loaders/input/file_list.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/input/repeatable_file.hpp"
#include "loaders/reading/documents.hpp"
#include "parser/rdf/packet_reader.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

bool is_article(const std::string& file, const LoadOptions& options) {
    if (options.format != LoadFormat::Auto) return options.format == LoadFormat::Article;
    if (http::is_http_url(file)) return false;
    if (rdf_format_of(file, options.format)) return false;
    if (reading::names_an_article(file)) return true;
    throw Error(ErrorCode::InvalidArgument,
                "cannot tell what " + file +
                    " is by its name; say it with --format nt, nq, ttl, trig, rdf (RDF/XML) or article");
}

bool holds_articles(const std::string& file, const LoadOptions& options) {
    return options.format == LoadFormat::Statements || is_article(file, options);
}

/// Whether a file of that name is read when it stands in a directory: by what it is called, or any, if the user says what they are.
bool is_readable(std::string_view name, LoadFormat format) {
    return format != LoadFormat::Auto || reading::names_an_article(name) || rdf_format_of(std::string(name), format);
}

/// The transactions of a load, one after the other: what articles add is committed now and then, so that any number of them fits.
/// A load that takes RDF too is one transaction, all or nothing.
class LoadTransaction {
public:
    LoadTransaction(Store& store, const LoadOptions& options, CancelToken cancel, bool in_batches)
        : store_(store), options_(options), cancel_(std::move(cancel)), in_batches_(in_batches) {
        begin();
    }

    [[nodiscard]] Transaction& now() { return *transaction_; }
    [[nodiscard]] std::uint64_t added() const noexcept { return added_; }

    /// To be called when an article was added. True if it was committed, with all before it.
    bool count_article() {
        ++articles_;
        if (!in_batches_ || (articles_ < kBatchArticles && transaction_->changes() < kBatchChanges)) return false;
        commit();
        return_free_memory();
        begin();
        return true;
    }
    void commit() {
        if (articles_ != 0) apply_merges(*transaction_);
        transaction_->commit();
        added_ += transaction_->added();  // asked before, it would have the changes settled while nothing else goes on
        transaction_.reset();
    }

private:
    static constexpr std::size_t kBatchArticles = 1000;
    /// A list of changes doubles as it grows: this is just below a power of two, with room for another article.
    static constexpr std::size_t kBatchChanges = 500'000;

    void begin() {
        transaction_ = store_.begin(cancel_);
        if (options_.memory != 0) transaction_->limit_memory(options_.memory);
        articles_ = 0;
    }

    Store& store_;
    const LoadOptions& options_;
    CancelToken cancel_;
    bool in_batches_;
    std::unique_ptr<Transaction> transaction_;
    std::size_t articles_ = 0;  ///< of this transaction
    std::uint64_t added_ = 0;
};

/// Puts articles into a transaction. A view of the transaction costs as much as has changed in it, so one serves for all articles
/// that it was not changed by.
class ArticleAdder {
public:
    ArticleAdder(LoadTransaction& transaction, LoadReport& report) : transaction_(transaction), report_(report) {}

    void add(const article::ArticleStatements& statements, const std::string& iri, const std::string& hash) {
        Transaction& transaction = transaction_.now();
        if (!now_) now_ = transaction.view();
        if (added_.insert(iri).second) article::load_article(transaction, *now_, statements, iri, hash);
        else article::load_article(transaction, statements, iri, hash);
        ++report_.articles;
        report_.statements += statements.statements.size();
        if (transaction_.count_article()) look_again();
    }
    /// To be called when anything but articles was added to the transaction.
    void look_again() {
        now_.reset();
        added_.clear();
    }

private:
    LoadTransaction& transaction_;
    LoadReport& report_;
    std::shared_ptr<const QuadSource> now_;
    std::set<std::string> added_;  ///< since then
};

/// An article that cannot be read is noted, and the load goes on.
void add_article(const ReadArticle& article, ArticleAdder& adder, LoadReport& report) {
    if (!article.refusal.empty()) {
        report.skipped.push_back(article.name + ": " + article.refusal);
        return;
    }
    if (!article.note.empty()) report.incomplete.push_back(article.name + ": " + article.note);
    adder.add(article.statements, article.iri, article.hash);
}

/// Tells how far a load is, in bytes of all its files.
class Reporter {
public:
    Reporter(const std::vector<std::string>& files, const LoadOptions& options) : options_(options) {
        for (const std::string& file : files) sizes_.push_back(size_of(file));
        if (std::find(sizes_.begin(), sizes_.end(), 0U) == sizes_.end())
            now_.bytes_total = std::accumulate(sizes_.begin(), sizes_.end(), std::uint64_t{0});
    }

    void start_file(const std::string& file) { now_.file = file; }
    void read(std::uint64_t bytes, std::size_t quads) {
        now_.bytes_read = bytes_before_ + bytes;
        now_.quads += quads;
        tell();
    }
    void read_article(std::uint64_t bytes, std::uint64_t articles) {
        now_.articles = articles;
        read(bytes, 0);
    }
    void end_file() {
        bytes_before_ += sizes_[ended_++];
        read(0, 0);
    }
    void start_writing() {
        now_.stage = LoadStage::Writing;
        tell();
    }
    [[nodiscard]] std::uint64_t quads() const noexcept { return now_.quads; }

private:
    /// 0: not known.
    static std::uint64_t size_of(const std::string& file) {
        std::error_code error;
        const std::uintmax_t size = std::filesystem::file_size(file, error);
        return error ? 0 : size;
    }
    void tell() const {
        if (options_.progress) options_.progress(now_);
    }

    const LoadOptions& options_;
    std::vector<std::uint64_t> sizes_;
    std::size_t ended_ = 0;
    std::uint64_t bytes_before_ = 0;
    LoadProgress now_;
};

void read_articles(const std::string& file, ArticleQueue& queue, const LoadOptions& options, const CancelToken& cancel, Reporter& reporter,
                   LoadReport& report) {
    try {
        input::InputFile in(file);
        reading::read_documents(in, file, options.fields, [&](reading::RawDocument document) {
            cancel.check();
            queue.push(file, std::move(document));
            reporter.read_article(in.consumed(), report.articles);
        });
    } catch (const Error& error) {
        if (ends_request(error.code())) throw;
        report.skipped.push_back(file + ": " + error.what());
    }
}

/// Parsed on other threads, and added on this one.
void add_rdf(RdfInput& document, Transaction& transaction, const LoadOptions& options, Reporter& reporter, LoadReport& report) {
    input::InputFile& in = document.file();
    rdf::PacketOptions how;
    how.read = document.how();
    if (!options.graph.empty()) how.graph = TermView::iri(options.graph);
    how.threads = thread_count(options);
    how.keep_going = options.bad_line != nullptr;
    rdf::read_packets(in.stream(), document.format(), how, [&](const rdf::ParsedPacket& parsed) {
        how.read.cancel.check();
        transaction.add(parsed.packet);
        for (const rdf::BadStatement& bad : parsed.bad_statements) {
            options.bad_line({how.read.source, bad.position.line, bad.position.column, bad.message, bad.text});
            ++report.bad_lines;
        }
        reporter.read(in.consumed(), parsed.packet.quads.size());
    });
    in.check();
}

/// Files of statements that another extractor found, as JSON lines: each document is an article of its name.
///
/// All are read through once before anything of them is loaded: what is loaded is committed now and then, and a bad line is to
/// fail the whole load.
class StatementFiles {
public:
    StatementFiles(const std::vector<std::string>& names, const CancelToken& cancel) : cancel_(cancel) {
        for (const std::string& name : names) {
            files_.emplace(name, input::RepeatableFile(name));
            read(name, [](const article::ForeignArticle&) {});
        }
    }

    void add(const std::string& name, ArticleAdder& adder) const {
        read(name, [&](const article::ForeignArticle& foreign) {
            adder.add(foreign.statements, article::article_iri(foreign.document), article::content_hash(foreign.lines));
        });
    }

private:
    void read(const std::string& name, const std::function<void(const article::ForeignArticle&)>& take) const {
        try {
            input::InputFile in(files_.at(name).path());
            article::read_statement_lines(in.stream(), [&](const article::ForeignArticle& foreign) {
                cancel_.check();
                take(foreign);
            });
            in.check();
        } catch (const Error& error) {
            if (ends_request(error.code())) throw;
            throw Error(error.code(), name + ": " + error.what());
        }
    }

    CancelToken cancel_;
    std::map<std::string, input::RepeatableFile> files_;  ///< by name
};

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
    const bool only_articles = std::ranges::all_of(files, [&](const std::string& file) { return holds_articles(file, options); });
    LoadTransaction transaction(*implementation_->store, options, cancel, only_articles);
    ArticleAdder adder(transaction, report);
    Reporter reporter(files, options);
    std::optional<StatementFiles> statements;
    if (options.format == LoadFormat::Statements) statements.emplace(files, cancel);
    std::optional<ArticleQueue> articles;  // the model is read when there is an article
    for (const std::string& file : files) {
        cancel.check();
        reporter.start_file(file);
        ++report.files;
        if (statements) {
            statements->add(file, adder);
        } else if (is_article(file, options)) {
            if (!articles) {
                articles.emplace(implementation_->analyser(), thread_count(options),
                                 [&](const ReadArticle& article) {
                                     cancel.check();
                                     add_article(article, adder, report);
                                 });
            }
            read_articles(file, *articles, options, cancel, reporter, report);
        } else {
            RdfInput document(file, options, network_limits(implementation_->options.network, std::nullopt), cancel);
            add_rdf(document, transaction.now(), options, reporter, report);
            adder.look_again();
        }
        reporter.end_file();
    }
    if (articles) articles->finish();
    if (report.articles != 0) implementation_->own_prefixes = true;
    reporter.start_writing();
    transaction.commit();
    report.quads_added = transaction.added();
    report.quads_read = report.articles == 0 ? reporter.quads() : reporter.quads() + report.quads_added;
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
