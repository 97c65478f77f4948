#include <algorithm>
#include <filesystem>
#include <random>
#include <vector>

#include "loaders/article/extractor.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/reading/source.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace tercet;

namespace {

const std::string kRoot = support::source_dir();

const language::Analyser& analyser() {
    static const auto kAnalyser = language::Analyser::load(kRoot + "/loaders/models/english.tcm");
    return kAnalyser;
}

std::vector<std::string> samples() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(kRoot + "/examples/articles")) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    std::vector<std::string> texts;
    for (const std::string& file : files) texts.push_back(input::InputFile(file).read_all());
    return texts;
}

std::string as_page(const std::string& text) {
    std::string page = "<html><head><title>A page</title></head><body><article>";
    for (const char c : text) c == '\n' ? page += "</p><p>" : page += c;
    return page + "</p></article></body></html>";
}

/// Bytes changed, taken out, doubled, moved: what careless copying, bad disks and enemies do.
std::string mutated(std::string text, std::mt19937& random) {
    static constexpr std::string_view kPieces[] = {"\"", "\xE2\x80\x9C", "<", ">", "</p>", "\n\n", "\0", "\xFF", "(", ")", "- ", ". ", "''", "&#1;", "said", ",,,,"};
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (std::size_t left = 1 + below(12); left > 0 && !text.empty(); --left) {
        const std::size_t at = below(text.size());
        const std::size_t size = below(std::min<std::size_t>(text.size() - at, 200));
        switch (below(4)) {
            case 0: text[at] = static_cast<char>(random()); break;
            case 1: text.erase(at, size); break;
            case 2: text.insert(below(text.size()), text.substr(at, size)); break;
            default: text.insert(at, kPieces[below(std::size(kPieces))]); break;
        }
    }
    return text;
}

/// Reads a document to the end and checks what must hold of any.
void read(std::string bytes, reading::Format format) {
    reading::RawDocument raw;
    raw.bytes = std::move(bytes);
    raw.format = format;
    const reading::Source source = reading::read_source(std::move(raw));
    if (!source.refusal.empty()) return;
    REQUIRE(source.document.prose.size() == source.text.size());
    const auto found = article::extract_parsed(source.document, analyser().analyse(source.document.prose));
    for (const article::Statement& statement : found.statements) {
        CHECK(statement.begin <= statement.end);
        CHECK(statement.end <= source.text.size());
        CHECK(statement.sentence < found.sentences.size());
    }
}

}  // namespace

TEST_CASE("robustness: articles with mistakes in them", "[reading]") {
    std::mt19937 random(20240503);
    for (const std::string& text : samples()) {
        for (int i = 0; i < 3; ++i) {
            read(mutated(text, random), reading::Format::Text);
            read(mutated(as_page(text), random), reading::Format::Html);
            read(mutated(text, random), reading::Format::Markdown);
        }
    }
}

TEST_CASE("robustness: bytes that are no text at all", "[reading]") {
    std::mt19937 random(7);
    for (const auto format : {reading::Format::Text, reading::Format::Html, reading::Format::Markdown}) {
        for (const std::size_t size : {1U, 100U, 5000U, 100'000U}) {
            std::string bytes(size, '\0');
            for (char& c : bytes) c = static_cast<char>(random());
            read(bytes, format);
            for (char& c : bytes) c = static_cast<char>(' ' + static_cast<unsigned char>(c) % 95);
            read(bytes, format);
        }
    }
}

TEST_CASE("robustness: one word, mark or opening without end", "[reading]") {
    const auto unit = GENERATE(values<std::string>({"x", "\"", "\xE2\x80\x9C", "(", "said ", ",", "<div>", "<p>a", "</b>", "<a href=", "> ", "- ", "*", "[", "![", "#", "\n", "A. ", "\xF0\x9F\x98\x80"}));
    const auto repeated = [&](std::size_t size) {
        std::string bytes;
        while (bytes.size() < size) bytes += unit;
        return bytes;
    };
    CAPTURE(unit);
    for (const auto format : {reading::Format::Text, reading::Format::Html, reading::Format::Markdown}) {
        read(repeated(3'000), format);
        reading::RawDocument raw;
        raw.bytes = repeated(1'000'000);
        raw.format = format;
        CHECK(reading::read_source(raw).text.size() <= 4'000'000);
    }
}
