#include "tercet/extract.hpp"

#include <cmath>
#include <filesystem>
#include <ostream>

#include "engine/database/implementation.hpp"
#include "engine/results/cell_text.hpp"
#include "engine/results/rdf_writer.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/jsonl.hpp"
#include "loaders/article/lines.hpp"
#include "loaders/article/name_marks.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/article/tuple.hpp"
#include "loaders/input/file_list.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/reading/documents.hpp"

namespace tercet {
namespace {

/// The default graph's part of an article's quads.
class DefaultGraphOnly final : public QuadSink {
public:
    explicit DefaultGraphOnly(QuadSink& target) : target_(target) {}
    void add(const QuadView& quad) override {
        if (quad.graph.kind == TermKind::Undefined) target_.add(quad);
    }

private:
    QuadSink& target_;
};

void write_table(std::ostream& out, const article::ArticleStatements& article) {
    const auto cell = [](const std::string& text, std::size_t width) {
        const std::string fitted = results::fit(text, width);
        return fitted + std::string(width - results::display_width(fitted) + 2, ' ');
    };
    for (const auto& statement : article.statements) {
        out << cell(statement.subject.name, 28) << cell(statement.predicate.name, 24) << cell(statement.object.name, 36)
            << cell(statement.polarity == article::Polarity::Negative ? "not" : "", 3) << cell(std::string(to_string(statement.modality)), 11)
            << statement.attributed_to.value_or("") << '\n';
    }
}

std::size_t write_tuples(std::ostream& out, std::string_view text, const std::vector<language::Sentence>& sentences) {
    std::size_t count = 0;
    for (const language::Sentence& sentence : sentences) {
        if (!article::is_readable(sentence)) continue;
        const std::string words = article::text::squeeze(text.substr(sentence.begin, sentence.end - sentence.begin));
        for (const article::Tuple& tuple : article::find_tuples(article::Tree(sentence))) {
            out << words << '\t' << std::round(tuple.confidence * 1000) / 1000 << '\t' << tuple.predicate;
            for (const std::string& argument : tuple.arguments) out << '\t' << argument;
            out << '\n';
            ++count;
        }
    }
    return count;
}

std::string document_name(const std::string& file, const std::string& part) {
    return reading::full_name(std::filesystem::path(file).filename().string(), part);
}

/// `text` begins so many bytes behind the start of the document.
std::size_t write_names(const std::string& document, const std::vector<language::Sentence>& sentences, std::string_view text, std::size_t begin,
                        std::ostream& out) {
    std::vector<article::NameMark> marks = article::find_name_marks(sentences, text);
    for (article::NameMark& mark : marks) {
        mark.begin += begin;
        mark.end += begin;
    }
    article::write_jsonl(out, document, marks);
    return marks.size();
}

std::size_t write_statements(const std::string& file, const std::string& part, const article::ArticleStatements& article, std::string_view text, std::ostream& out,
                             ExtractFormat format) {
    if (format == ExtractFormat::JsonLines) {
        article::write_jsonl(out, document_name(file, part), article);
    } else if (format == ExtractFormat::Table) {
        write_table(out, article);
    } else if (format == ExtractFormat::Turtle) {
        const auto writer = results::make_rdf_writer(results::RdfFormat::Turtle, out);
        DefaultGraphOnly sink(*writer);
        const std::string hash = article::content_hash(text, article.about);
        article::write_article(sink, article, article_iri_of(file, part, article.about.url, hash), hash);
        writer->finish();
    }
    return article.statements.size();
}

std::size_t write_document(const std::string& file, const std::string& part, const reading::Source& source, const language::Analyser& analyser, std::ostream& out,
                           ExtractFormat format) {
    if (format == ExtractFormat::Text) {
        out << source.text << '\n';
        return 0;
    }
    std::vector<language::Sentence> sentences = analyser.analyse(source.document.prose);
    if (format == ExtractFormat::Carb) return write_tuples(out, source.text, sentences);
    if (format == ExtractFormat::Names) return write_names(document_name(file, part), sentences, source.document.prose, 0, out);
    std::ostream* explanation = format == ExtractFormat::Explain ? &out : nullptr;
    return write_statements(file, part, article::extract_parsed(source.document, std::move(sentences), explanation), source.text, out, format);
}

/// What is wrong with the lines of a file; of many, the first few are told.
class LineComplaints {
public:
    explicit LineComplaints(const std::string& file) : file_(file) {}

    void add(std::size_t line, const std::string& reason) {
        if (++count_ > kMost) return;
        text_ += (text_.empty() ? "" : "\n") + file_ + ", line " + std::to_string(line) + ": " + reason;
    }
    /// Throws Error (Data) if there were any.
    void raise() const {
        if (count_ == 0) return;
        throw Error(ErrorCode::Data, count_ <= kMost ? text_ : text_ + "\n" + file_ + ": " + std::to_string(count_ - kMost) + " more such lines");
    }

private:
    static constexpr std::size_t kMost = 20;

    std::string file_;
    std::string text_;
    std::size_t count_ = 0;
};

/// Writes what the sentences of one file state, as they come.
class LineWriter {
public:
    LineWriter(const std::string& file, std::ostream& out, ExtractFormat format) : file_(file), out_(out), format_(format) {
        if (format == ExtractFormat::Turtle) turtle_ = results::make_rdf_writer(results::RdfFormat::Turtle, out);
    }

    void write(article::SentenceLines lines) {
        if (format_ == ExtractFormat::Carb) {
            statements_ += write_tuples(out_, lines.text, lines.sentences);
            return;
        }
        if (format_ == ExtractFormat::Names) {
            statements_ += write_names(document_name(file_, {}), lines.sentences, lines.text, lines.begin, out_);
            return;
        }
        hash_ = article::content_hash(hash_ + lines.text);
        article::ArticleStatements part = article::extract_lines(std::move(lines), format_ == ExtractFormat::Explain ? &out_ : nullptr);
        part.sentences_before = sentences_;
        part.statements_before = statements_;
        sentences_ += part.sentences.size();
        statements_ += part.statements.size();
        if (turtle_) write_turtle(part, {});
        else write_statements(file_, {}, part, {}, out_, format_);
    }
    void finish() {
        if (!turtle_) return;
        write_turtle({}, hash_.empty() ? article::content_hash({}) : hash_);
        turtle_->finish();
    }
    [[nodiscard]] std::size_t statements() const { return statements_; }

private:
    void write_turtle(const article::ArticleStatements& part, const std::string& hash) {
        // Of standard input nothing is known but what is read first.
        if (iri_.empty()) iri_ = article_iri_of(file_, {}, {}, hash.empty() ? hash_ : hash);
        DefaultGraphOnly sink(*turtle_);
        article::write_article(sink, part, iri_, hash);
    }

    const std::string& file_;
    std::ostream& out_;
    ExtractFormat format_;
    std::unique_ptr<results::RdfWriter> turtle_;
    std::string iri_;
    std::string hash_;  ///< of all lines up to now
    std::size_t sentences_ = 0;
    std::size_t statements_ = 0;
};

/// Every line of the file is a sentence.
std::size_t write_lines(const std::string& file, const language::Analyser& analyser, std::ostream& out, ExtractFormat format) {
    input::InputFile in(file);
    LineComplaints complaints(file);
    article::SentenceLineReader reader(in.stream(), analyser, [&](std::size_t line, const std::string& reason) { complaints.add(line, reason); });
    LineWriter writer(file, out, format);
    article::SentenceLines lines;
    while (reader.next(lines)) writer.write(std::move(lines));
    writer.finish();
    in.check();
    complaints.raise();
    return writer.statements();
}

}  // namespace

struct Extractor::Implementation {
    language::Analyser analyser;
};

std::vector<std::string> find_articles(const std::vector<std::string>& paths) {
    return input::expand_paths(paths, reading::names_an_article);
}

Extractor::Extractor(const std::string& language_model)
    : implementation_(new Implementation{language::Analyser::load(find_language_model(language_model))}) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

std::size_t Extractor::extract(const std::string& file, std::ostream& out, ExtractFormat format, bool lines,
                               const ArticleFields& fields) const {
    if (lines) return write_lines(file, implementation_->analyser, out, format);
    std::size_t statements = 0;
    std::string complaints;
    input::InputFile in(file);
    reading::read_documents(in, file, fields, [&](reading::RawDocument raw) {
        const std::string part = raw.part;
        const reading::Source source = reading::read_source(std::move(raw));
        const std::string& complaint = source.refusal.empty() ? source.note : source.refusal;
        if (!complaint.empty()) complaints += (complaints.empty() ? "" : "\n") + reading::full_name(file, part) + ": " + complaint;
        if (source.refusal.empty()) statements += write_document(file, part, source, implementation_->analyser, out, format);
    });
    if (!complaints.empty()) throw Error(ErrorCode::Data, complaints);
    return statements;
}

}  // namespace tercet
