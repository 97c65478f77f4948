// For people who work on the rules: prints what is found in articles, as JSON lines, or the parsed sentences.
//   tercet_extract_dev MODEL [--trees | --names | --tagged | --references] FILE...
// --tagged prints how the tagger of names labels the words, as names side by side.
// --references prints what nouns and pronouns refer to; --names prints every name with its place, type and entity, of all of the text, page furniture included.
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "loaders/article/document.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/jsonl.hpp"
#include "loaders/article/name_marks.hpp"
#include "loaders/article/sentence_context.hpp"
#include "loaders/language/analyser.hpp"

namespace {

using namespace tercet;

void print_statements(const std::string& name, const std::string& text, const language::Analyser& analyser) {
    article::write_jsonl(std::cout, name, article::extract(text, analyser));
}

void print_trees(const std::string&, const std::string& text, const language::Analyser& analyser) {
    std::cout << language::write_conllu(analyser.analyse(article::read_document(text).prose));
}

void print_names(const std::string& name, const std::string& text, const language::Analyser& analyser) {
    article::write_jsonl(std::cout, name, article::find_name_marks(analyser.analyse(text), text));
}

/// The names that the tagger marks, before offices and articles are told from them.
void print_tagged(const std::string& name, const std::string& text, const language::Analyser& analyser) {
    static constexpr std::array<std::string_view, 5> kKinds{"", "person", "organisation", "place", "thing"};
    for (const language::Sentence& sentence : analyser.analyse(text)) {
        const auto& words = sentence.words;
        for (std::size_t i = 0; i < words.size();) {
            std::size_t end = i + 1;
            while (end < words.size() && words[end].name == words[i].name && !words[end].begins_name) ++end;
            const std::string_view kind = kKinds[static_cast<std::size_t>(words[i].name)];
            const nlohmann::ordered_json line{{"doc", name}, {"begin", words[i].begin}, {"end", words[end - 1].end}, {"type", kind}};
            if (!kind.empty()) std::cout << line.dump() << '\n';
            i = end;
        }
    }
}

/// Every line is taken for a paragraph of prose.
void print_references(const std::string& name, const std::string& text, const language::Analyser& analyser) {
    article::Document document;
    document.prose = text;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (end > begin) document.paragraphs.push_back({begin, end});
        begin = end + 1;
    }
    const auto print = [&](const article::SentenceContext& context) {
        const article::Tree& tree = *context.tree;
        for (int word = 0; word < tree.size(); ++word) {
            if (!tree.has_tag(word, "NOUN") && !tree.has_tag(word, "PROPN") && !tree.has_tag(word, "PRON")) continue;
            const article::Reference found = context.resolver->resolve_one(context.index, word, context.speaker_at(word));
            const nlohmann::ordered_json line{{"doc", name},
                                              {"begin", tree[word].begin},
                                              {"end", tree[word].end},
                                              {"text", tree.form(word)},
                                              {"entity", found.is_vague ? nlohmann::ordered_json() : nlohmann::ordered_json(found.mention.name)}};
            std::cout << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
        }
    };
    static_cast<void>(article::extract_watched(document, analyser.analyse(text), print));
}

}  // namespace

int main(int argc, char* argv[]) {
    const std::string_view mode = argc > 2 ? argv[2] : "";
    const auto print = mode == "--trees" ? print_trees : mode == "--names" ? print_names : mode == "--tagged" ? print_tagged : mode == "--references" ? print_references : print_statements;
    const int first = print == print_statements ? 2 : 3;
    if (argc <= first) {
        std::cerr << "usage: tercet_extract_dev MODEL [--trees | --names | --tagged | --references] FILE...\n";
        return 2;
    }
    const auto analyser = language::Analyser::load(argv[1]);
    for (int i = first; i < argc; ++i) {
        std::ostringstream text;
        text << std::ifstream(argv[i], std::ios::binary).rdbuf();
        print(std::filesystem::path(argv[i]).filename().string(), text.str(), analyser);
    }
}
