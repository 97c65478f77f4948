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
#include "loaders/article/text.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/article/tuple.hpp"
#include "loaders/input/input_file.hpp"

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

std::size_t write_tuples(std::ostream& out, const std::string& text, const std::vector<language::Sentence>& sentences) {
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

}  // namespace

struct Extractor::Implementation {
    language::Analyser analyser;
};

Extractor::Extractor(const std::string& language_model)
    : implementation_(new Implementation{language::Analyser::load(find_language_model(language_model))}) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

std::size_t Extractor::extract(const std::string& file, std::ostream& out, ExtractFormat format, bool lines) const {
    input::InputFile in(file);
    const std::string text = in.read_all();
    const article::Document document = lines ? article::Document{text, {}, {}, {}, {}} : article::read_document(text);
    std::vector<language::Sentence> sentences = lines ? article::analyse_lines(text, implementation_->analyser)
                                                      : implementation_->analyser.analyse(document.prose);
    if (format == ExtractFormat::Carb) return write_tuples(out, text, sentences);
    std::ostream* explanation = format == ExtractFormat::Explain ? &out : nullptr;
    const article::ArticleStatements article =
        lines ? article::extract_lines(text, std::move(sentences), explanation)
              : article::extract_parsed(document, std::move(sentences), explanation);
    if (explanation != nullptr) return article.statements.size();
    const std::string name = std::filesystem::path(file).filename().string();
    if (format == ExtractFormat::JsonLines) {
        article::write_jsonl(out, name, article);
    } else if (format == ExtractFormat::Table) {
        write_table(out, article);
    } else {
        const auto writer = results::make_rdf_writer(results::RdfFormat::Turtle, out);
        DefaultGraphOnly sink(*writer);
        const std::string hash = article::content_hash(text);
        article::write_article(sink, article, article_iri_of(file, hash), hash);
        writer->finish();
    }
    return article.statements.size();
}

}  // namespace tercet
