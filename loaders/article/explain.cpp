#include "loaders/article/explain.hpp"

#include <array>
#include <iomanip>
#include <ostream>

#include "loaders/article/text.hpp"
#include "loaders/article/tuple.hpp"

namespace tercet::article {
namespace {

constexpr std::array<std::string_view, 3> kKinds{"verb", "copula", "there is"};
constexpr int kIndent = 2;  ///< blanks for every step down the tree

void write_tree(std::ostream& out, const Tree& tree, int word, int depth) {
    out << "  " << std::setw(3) << word + 1 << ' ' << std::string(static_cast<std::size_t>(depth * kIndent), ' ')
        << tree[word].deprel << "  " << tree.form(word) << "  (" << tree.lemma(word) << ", " << tree[word].upos << ' '
        << tree[word].xpos << ", " << std::fixed << std::setprecision(2) << tree.probability(word) << ")\n";
    for (const int child : tree.children(word)) write_tree(out, tree, child, depth + 1);
}

void write_word(std::ostream& out, const Tree& tree, std::string_view what, int word) {
    if (word != Tree::kNone) out << "; " << what << ' ' << tree.form(word);
}

void write_clause(std::ostream& out, const Tree& tree, const Clause& clause) {
    out << "  " << kKinds[static_cast<std::size_t>(clause.kind)] << ' ' << clause.predicate;
    write_word(out, tree, clause.is_subject_inherited ? "shared subject" : "subject", clause.subject);
    write_word(out, tree, "agent", clause.agent);
    for (const int object : clause.objects) write_word(out, tree, "object", object);
    for (const Clause::Oblique& oblique : clause.obliques)
        write_word(out, tree, oblique.preposition.empty() ? "adverbial" : oblique.preposition, oblique.word);
    write_word(out, tree, "complement", clause.complement);
    out << "; " << to_string(clause.polarity) << ", " << to_string(clause.modality)
        << (clause.subject == Tree::kNone ? "; states nothing: nobody is named who does it" : "") << '\n';
}

void write_statement(std::ostream& out, const Statement& statement) {
    out << "  [" << statement.rule << "] " << statement.subject.name << " | " << statement.predicate.name << " | "
        << statement.object.name << "  (" << to_string(statement.polarity) << ", " << to_string(statement.modality);
    if (statement.attributed_to) out << ", according to " << *statement.attributed_to;
    out << ", confidence " << std::fixed << std::setprecision(2) << statement.confidence << ")\n";
}

}  // namespace

void write_explanation(std::ostream& out, const SentenceContext& context) {
    const Tree& tree = *context.tree;
    const language::Sentence& sentence = tree.sentence();
    out << "sentence " << context.index << ": "
        << text::squeeze(context.text.substr(sentence.begin, sentence.end - sentence.begin)) << "\n tree\n";
    for (int word = 0; word < tree.size(); ++word) {
        if (tree.head(word) == Tree::kNone) write_tree(out, tree, word, 0);
    }
    out << " clauses\n";
    for (const Clause& clause : context.clauses) write_clause(out, tree, clause);
    out << " in its own words\n";
    for (const Tuple& tuple : find_tuples(tree)) {
        out << "  [" << tuple.rule << "] " << tuple.predicate;
        for (const std::string& argument : tuple.arguments) out << " | " << argument;
        out << '\n';
    }
    out << " statements\n";
    for (const Statement& statement : context.statements) write_statement(out, statement);
    out << " dropped\n";
    for (const Dropped& dropped : context.dropped) {
        out << "  [" << dropped.rule << "] " << dropped.subject << " | " << dropped.predicate << " | " << dropped.object
            << ": " << dropped.reason << '\n';
    }
    out << '\n';
}

}  // namespace tercet::article
