// Reads articles and prints their statements as JSON lines, or with --trees the parsed sentences: for people who
// work on the rules. tercet_extract_dev MODEL [--trees] FILE...
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string_view>

#include "loaders/article/document.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/jsonl.hpp"
#include "loaders/article/lines.hpp"
#include "loaders/article/tuple.hpp"
#include "loaders/language/analyser.hpp"

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: tercet_extract_dev MODEL [--trees] FILE...\n";
        return 2;
    }
    const auto analyser = tercet::language::Analyser::load(argv[1]);
    const bool trees = std::string_view(argv[2]) == "--trees";
    for (int i = trees ? 3 : 2; i < argc; ++i) {
        std::ostringstream text;
        text << std::ifstream(argv[i], std::ios::binary).rdbuf();
        if (trees) {
            const auto document = tercet::article::read_document(text.str());
            std::cout << tercet::language::write_conllu(analyser.analyse(document.prose));
            continue;
        }
        if (std::getenv("CARB")) {
            const std::string all = text.str();
            std::vector<std::string> texts;
            for (std::size_t b = 0; b < all.size();) { auto e = std::min(all.find('\n', b), all.size()); texts.push_back(all.substr(b, e - b)); b = e + 1; }
            std::vector<tercet::language::Sentence> ss;
            if (const char* cache = std::getenv("CACHE"); cache && std::filesystem::exists(cache)) {
                std::ostringstream c; c << std::ifstream(cache).rdbuf();
                ss = tercet::language::read_conllu(c.str());
            } else {
                ss = tercet::article::analyse_lines(all, analyser);
                if (cache) std::ofstream(cache) << tercet::language::write_conllu(ss);
            }
            std::size_t index = 0;
            for (const auto& sentence : ss) {
                if (std::getenv("TREES")) std::cout << tercet::language::write_conllu({sentence});
                const tercet::article::Tree tree(sentence);
                for (const auto& tuple : tercet::article::find_tuples(tree)) {
                    std::cout << texts[index] << '\t' << tuple.confidence << '\t' << tuple.predicate;
                    for (const auto& a : tuple.arguments) std::cout << '\t' << a;
                    if (std::getenv("RULE")) std::cout << "\t#" << tuple.rule;
                    std::cout << '\n';
                }
                ++index;
            }
            continue;
        }
        const auto name = std::filesystem::path(argv[i]).filename().string();
        tercet::article::write_jsonl(std::cout, name, tercet::article::extract(text.str(), analyser));
    }
}
