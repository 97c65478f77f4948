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
        const auto name = std::filesystem::path(argv[i]).filename().string();
        tercet::article::write_jsonl(std::cout, name, tercet::article::extract(text.str(), analyser));
    }
}
