// Writes N-Triples in which few things are common and most are rare, as in real graphs; the same for the same numbers.
//
//     tercet_zipf_triples TRIPLES [SEED]
//
// A hundred predicates by Zipf's law; subjects with between one and a thousand triples by Pareto's; objects are entities
// by Zipf's law, classes, texts, numbers and dates. There are about a tenth as many entities as triples.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/zipf.hpp"

namespace {

using namespace tercet::bench;

class Writer {
public:
    Writer(std::uint64_t triples, std::uint64_t seed)
        : triples_(triples), random_(seed), predicates_(100, 1.01), entities_(triples / 10 + 1, 0.8), classes_(50, 1.01), words_(20'000, 1.01) {}

    void write() {
        std::uint64_t written = 0;
        for (std::uint64_t subject = 1; written < triples_; ++subject) {
            const double pareto = 4 / std::sqrt(1 - uniform(random_));
            const auto degree = static_cast<std::uint64_t>(std::fmin(pareto, 1000));
            for (std::uint64_t i = 0; i < degree && written < triples_; ++i, ++written) triple(subject);
        }
        flush();
    }

private:
    void triple(std::uint64_t subject) {
        const std::uint64_t predicate = predicates_(random_);
        add("<http://example.org/entity/E", subject, "> <http://example.org/vocabulary/p");
        add("", predicate, "> ");
        switch (predicate % 8) {
            case 1: add("<http://example.org/class/C", classes_(random_), "> .\n"); break;
            case 2: text(); break;
            case 3: add("\"", random_() % 100'000, "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"); break;
            case 4: date(); break;
            default: add("<http://example.org/entity/E", entities_(random_), "> .\n"); break;
        }
        if (out_.size() >= kFlush) flush();
    }
    void text() {
        out_ += '"';
        for (std::uint64_t words = 2 + random_() % 6; words != 0; --words) add("word", words_(random_), words == 1 ? "\"@en .\n" : " ");
    }
    void date() {
        add("\"", 1900 + random_() % 125, "-");
        add(1 + random_() % 12, "-");
        add(1 + random_() % 28, "\"^^<http://www.w3.org/2001/XMLSchema#date> .\n");
    }
    void add(const char* before, std::uint64_t number, const char* behind) {
        char digits[20];
        out_ += before;
        out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
        out_ += behind;
    }
    /// Two digits.
    void add(std::uint64_t number, const char* behind) { add(number < 10 ? "0" : "", number, behind); }
    void flush() {
        if (std::fwrite(out_.data(), 1, out_.size(), stdout) != out_.size()) {
            std::perror("tercet_zipf_triples");
            std::exit(1);
        }
        out_.clear();
    }

    static constexpr std::size_t kFlush = std::size_t{1} << 20U;
    std::uint64_t triples_;
    Random random_;
    Zipf predicates_, entities_, classes_, words_;
    std::string out_;
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("usage: tercet_zipf_triples TRIPLES [SEED]\n", stderr);
        return 2;
    }
    Writer(std::strtoull(arguments[1], nullptr, 10), count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1).write();
}
