/// The W3C suites in this process, through the library: in_process RDF_TESTS EXCEPTIONS.
///
/// Prints passed, failed and skipped for each manifest and every failure. Exit status 77: the suites are not there.

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "w3c/run_test.hpp"

namespace {

constexpr std::array kRoots{
    "rdf/rdf11/rdf-n-triples/", "rdf/rdf11/rdf-n-quads/", "rdf/rdf11/rdf-turtle/", "rdf/rdf11/rdf-trig/", "rdf/rdf11/rdf-xml/",
    "rdf/rdf12/rdf-n-triples/", "rdf/rdf12/rdf-n-quads/", "rdf/rdf12/rdf-turtle/", "rdf/rdf12/rdf-trig/", "rdf/rdf12/rdf-xml/",
    "sparql/sparql10/",         "sparql/sparql11/",       "sparql/sparql12/",
};
constexpr std::array kManifests{"manifest.ttl",
                                "manifest-all.ttl",
                                "manifest-sparql11-query.ttl",
                                "manifest-sparql11-update.ttl",
                                "manifest-sparql11-results.ttl",
                                "manifest-sparql11-fed.ttl"};

struct Count {
    std::size_t passed = 0, failed = 0, skipped = 0;
};

/// Names of tests that may fail: the first word of each line.
std::set<std::string> read_exceptions(const char* file) {
    std::set<std::string> names;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        std::string name;
        if (std::istringstream(line) >> name && name.front() != '#') names.insert(name);
    }
    return names;
}

bool is_listed(const std::string& iri, const std::set<std::string>& names) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return iri.ends_with(name); });
}

}  // namespace

int main(int argc, char* argv[]) {
    namespace w3c = tercet::w3c;
    if (argc != 3 || !std::filesystem::is_directory(argv[1])) {
        std::cout << "skipped: the W3C suites are not at " << (argc > 1 ? argv[1] : "") << '\n';
        return 77;
    }
    const w3c::Suites suites(argv[1]);
    const std::set<std::string> exceptions = read_exceptions(argv[2]);
    std::map<std::string, Count> counts;
    std::set<std::string> seen;
    std::size_t unexpected = 0;
    Count total;
    for (const std::string root : kRoots) {
        for (const char* manifest : kManifests) {
            for (const w3c::Test& test : suites.tests_of(root + manifest)) {
                if (!seen.insert(test.iri + test.kind).second) continue;
                Count& count = counts[test.folder];
                if (!w3c::is_run(test.kind)) {
                    ++count.skipped;
                    continue;
                }
                const auto failure = w3c::run_test(test, suites);
                ++(failure ? count.failed : count.passed);
                if (!failure) continue;
                const bool listed = is_listed(test.iri, exceptions);
                unexpected += listed ? 0 : 1;
                std::cout << (listed ? "listed " : "FAILED ") << test.iri << " (" << test.kind << ")\n      " << *failure << '\n';
            }
        }
    }
    for (const auto& [folder, count] : counts) {
        std::printf("%-52s %4zu passed %4zu failed %4zu skipped\n", folder.c_str(), count.passed, count.failed, count.skipped);
        total = {total.passed + count.passed, total.failed + count.failed, total.skipped + count.skipped};
    }
    std::printf("%zu passed, %zu failed (%zu not listed), %zu skipped\n", total.passed, total.failed, unexpected, total.skipped);
    return unexpected != 0 || total.passed == 0 ? 1 : 0;
}
