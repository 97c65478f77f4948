#include "tercet/extract.hpp"

#include <filesystem>
#include <ostream>

#include "engine/database/implementation.hpp"
#include "engine/results/cell_text.hpp"
#include "engine/results/rdf_writer.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/jsonl.hpp"
#include "loaders/article/triples.hpp"
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

}  // namespace

struct Extractor::Implementation {
    language::Analyser analyser;
};

Extractor::Extractor(const std::string& language_model)
    : implementation_(new Implementation{language::Analyser::load(find_language_model(language_model))}) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

std::size_t Extractor::extract(const std::string& file, std::ostream& out, ExtractFormat format) const {
    input::InputFile in(file);
    const std::string text = in.read_all();
    const article::ArticleStatements article = article::extract(text, implementation_->analyser);
    const std::string name = std::filesystem::path(file).filename().string();
    if (format == ExtractFormat::JsonLines) {
        article::write_jsonl(out, name, article);
    } else if (format == ExtractFormat::Table) {
        write_table(out, article);
    } else {
        const auto writer = results::make_rdf_writer(results::RdfFormat::Turtle, out);
        DefaultGraphOnly sink(*writer);
        article::write_article(sink, article, article::article_iri(name), article::content_hash(text));
        writer->finish();
    }
    return article.statements.size();
}

}  // namespace tercet
