// How fast articles become statements, on one core and on several, and where the time goes.
//
//   tercet_pipeline_bench MODEL FILE... [--load N]
//
// Every step is measured by itself over the same articles, again and again for some seconds. --load N writes N articles with
// addresses and some names of their own, made of the given ones, as JSON lines, loads them into a new store and tells the peak of
// memory and the rate of each tenth of the load.
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "engine/model/quad_sink.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/language/analyser.hpp"
#include "loaders/reading/documents.hpp"
#include "tercet/database.hpp"

namespace {

using namespace tercet;
using Clock = std::chrono::steady_clock;
using Sentences = std::vector<language::Sentence>;

constexpr double kSeconds = 3;  ///< that a step is repeated for

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// What one run of `work` takes: seconds by the clock, and of processor time, all threads together.
struct Cost {
    double clock = 0;
    double processor = 0;
};
Cost measure(const std::function<void()>& work) {
    work();
    const auto start = Clock::now();
    const std::clock_t used = std::clock();
    int runs = 0;
    do {
        work();
        ++runs;
    } while (seconds_since(start) < kSeconds);
    return {seconds_since(start) / runs, static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC / runs};
}

struct NoSink final : QuadSink {
    void add(const QuadView&) override {}
};

/// The articles, and what each step makes of them for the next.
struct Articles {
    std::vector<reading::RawDocument> raw;
    std::vector<reading::Source> sources;
    std::vector<Sentences> split;
    std::vector<Sentences> parsed;
    std::vector<article::ArticleStatements> statements;

    [[nodiscard]] std::size_t sentences() const {
        std::size_t count = 0;
        for (const Sentences& article : split) count += article.size();
        return count;
    }
    [[nodiscard]] std::size_t tokens() const {
        std::size_t count = 0;
        for (const Sentences& article : split) {
            for (const language::Sentence& sentence : article) count += sentence.words.size();
        }
        return count;
    }
};

Articles prepare(const std::vector<std::string>& files, const language::Analyser& analyser) {
    Articles articles;
    for (const std::string& file : files) {
        input::InputFile in(file);
        reading::read_documents(in, file, {}, [&](reading::RawDocument raw) { articles.raw.push_back(std::move(raw)); });
    }
    for (const reading::RawDocument& raw : articles.raw) {
        articles.sources.push_back(reading::read_source(raw));
        articles.split.push_back(analyser.tokenise(articles.sources.back().document.prose));
        articles.parsed.push_back(articles.split.back());
        analyser.parse(articles.parsed.back());
        articles.statements.push_back(article::extract_parsed(articles.sources.back().document, articles.parsed.back()));
    }
    return articles;
}

std::size_t read_whole(const reading::RawDocument& raw, const language::Analyser& analyser) {
    const reading::Source source = reading::read_source(raw);
    const article::ArticleStatements found = article::extract_parsed(source.document, analyser.analyse(source.document.prose));
    NoSink sink;
    article::write_article(sink, found, "urn:article", article::content_hash(source.text, found.about));
    return found.statements.size();
}

void print_steps(const Articles& articles, const language::Analyser& analyser) {
    const std::size_t count = articles.raw.size();
    std::size_t kept = 0;  // so that no step is optimised away
    const std::array<std::pair<const char*, std::function<void(std::size_t)>>, 5> steps{{
        {"read", [&](std::size_t i) { kept += reading::read_source(articles.raw[i]).text.size(); }},
        {"split", [&](std::size_t i) { kept += analyser.tokenise(articles.sources[i].document.prose).size(); }},
        {"tag and parse", [&](std::size_t i) { Sentences sentences = articles.split[i]; analyser.parse(sentences); kept += sentences.size(); }},
        {"statements", [&](std::size_t i) { kept += article::extract_parsed(articles.sources[i].document, articles.parsed[i]).statements.size(); }},
        {"triples", [&](std::size_t i) { NoSink sink; article::write_article(sink, articles.statements[i], "urn:article", "hash"); ++kept; }},
    }};
    std::vector<double> times;
    double total = 0;
    for (const auto& [name, step] : steps) {
        times.push_back(measure([&, &step = step] { for (std::size_t i = 0; i < count; ++i) step(i); }).processor);
        total += times.back();
    }
    std::printf("%zu articles, %zu sentences, %zu tokens\n", count, articles.sentences(), articles.tokens());
    for (std::size_t i = 0; i < steps.size(); ++i) std::printf("  %-14s %8.2f ms  %5.1f %%\n", steps[i].first, times[i] * 1e3, times[i] / total * 100);
    std::printf("  parser alone   %8.0f tokens/s on one core\n", static_cast<double>(articles.tokens()) / times[2]);
    if (kept == 0) std::printf("  nothing was read\n");
}

long peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/// What it costs when so many threads read the articles, each of them all.
Cost whole_pipeline(const Articles& articles, const language::Analyser& analyser, std::size_t threads) {
    return measure([&] {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < threads; ++i) {
            workers.emplace_back([&] { for (const reading::RawDocument& raw : articles.raw) read_whole(raw, analyser); });
        }
    });
}

void print_rates(const Articles& articles, const language::Analyser& analyser) {
    const auto sentences = static_cast<double>(articles.sentences());
    const Cost one = whole_pipeline(articles, analyser, 1);
    const Cost two = whole_pipeline(articles, analyser, 2);
    std::printf("  whole pipeline %8.0f sentences/s of processor time, %.0f/s by the clock; two threads %.0f/s (%.2f times; by processor time %.2f), peak %ld MB\n",
                sentences / one.processor, sentences / one.clock, 2 * sentences / two.clock, 2 * one.clock / two.clock, 4 * one.processor / two.processor,
                peak_megabytes());
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\') (result += '\\') += c;
        else if (c == '\n') result += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20) result += c;
    }
    return result;
}

/// The text with a number of its own behind some capitalised words, so that the names of a load are as many as its articles.
std::string with_own_names(const std::string& text, std::size_t number) {
    std::string result;
    std::size_t capitals = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        result += text[at];
        const bool ends_word = text[at] >= 'a' && text[at] <= 'z' && at + 1 < text.size() && text[at + 1] == ' ';
        if (!ends_word) continue;
        const std::size_t begin = text.find_last_of(" \n", at) + 1;
        if (at - begin < 4 || text[begin] < 'A' || text[begin] > 'Z' || ++capitals % 8 != 0) continue;
        for (std::size_t rest = number + 1; rest > 0; rest /= 26) result += static_cast<char>('a' + rest % 26);
    }
    return result;
}

/// The clock at each tenth of the articles of a load.
class Tenths {
public:
    explicit Tenths(std::size_t count) : count_(count) {}

    void note(std::uint64_t articles) {
        while (times_.size() <= 10 && articles >= count_ * times_.size() / 10) {
            times_.push_back(Clock::now());
            processor_.push_back(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
            memory_.push_back(peak_megabytes());
        }
    }
    void print() const {
        for (std::size_t i = 1; i < times_.size(); ++i) {
            const std::chrono::duration<double> took = times_[i] - times_[i - 1];
            std::printf("    %3zu %%: %.0f articles/s, %.0f/s of processor time, peak %ld MB\n", i * 10, static_cast<double>(count_) / 10 / took.count(),
                        static_cast<double>(count_) / 10 / (processor_[i] - processor_[i - 1]), memory_[i]);
        }
    }

private:
    std::size_t count_;
    std::vector<Clock::time_point> times_;
    std::vector<double> processor_;
    std::vector<long> memory_;
};

void print_load(const Articles& articles, const std::string& model, std::size_t count) {
    const std::filesystem::path directory = std::filesystem::temp_directory_path() / ("tercet-bench-" + std::to_string(Clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(directory);
    {
        std::ofstream lines(directory / "articles.jsonl");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string text = with_own_names(articles.sources[i % articles.sources.size()].text, i);
            lines << R"({"url":"http://example.org/)" << i << R"(","text":")" << escaped(text) << "\"}\n";
        }
    }
    OpenOptions options;
    options.language_model = model;
    options.cache = std::size_t{24} << 20U;  // as `tercet load` has it
    Database database = Database::open((directory / "store").string(), options);
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
        Tenths tenths(count);
        LoadOptions how;
        how.threads = threads;
        how.progress = [&](const LoadProgress& progress) { tenths.note(progress.articles); };
        const LoadReport report = database.load((directory / "articles.jsonl").string(), how);
        tenths.note(report.articles);
        std::printf("  load, %zu thread%s: %.0f articles/s, %llu new quads, peak %ld MB\n", threads, threads == 1 ? "" : "s (again)",
                    static_cast<double>(count) / report.seconds, static_cast<unsigned long long>(report.quads_added), peak_megabytes());
        tenths.print();
        std::fflush(stdout);
    }
    std::filesystem::remove_all(directory);
}

}  // namespace

int main(int argc, char* argv[]) {
    std::vector<std::string> files;
    std::size_t to_load = 0;
    for (int i = 2; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--load" && i + 1 < argc) to_load = std::stoul(argv[++i]);
        else files.emplace_back(argv[i]);
    }
    if (files.empty()) {
        std::cerr << "usage: tercet_pipeline_bench MODEL FILE... [--load N]\n";
        return 2;
    }
    const auto analyser = language::Analyser::load(argv[1]);
    const Articles articles = prepare(files, analyser);
    print_steps(articles, analyser);
    print_rates(articles, analyser);
    if (to_load > 0) print_load(articles, argv[1], to_load);
}
