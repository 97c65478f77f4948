#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tercet::w3c {

/// A document of the suites, and the graph that it fills; no name: the default graph.
struct Document {
    std::string iri;
    std::string graph;
};

struct Test {
    std::string iri;
    std::string kind;     ///< the local name of its type
    std::string folder;   ///< of its manifest, below the root of the suites
    std::string action;   ///< the query, the request or the document
    std::string result;   ///< empty: there is none
    std::vector<Document> data, expected;
    std::map<std::string, std::vector<std::string>> endpoints;  ///< what they hold
};

/// The suites as they lie on a disk.
class Suites {
public:
    explicit Suites(std::filesystem::path root) : root_(std::move(root)) {}

    [[nodiscard]] std::filesystem::path file_of(const std::string& iri) const;
    /// Every test that the manifest leads to, through those that it includes.
    [[nodiscard]] std::vector<Test> tests_of(const std::string& manifest) const;

private:
    void add_tests(const std::string& manifest, std::vector<std::string>& known, std::vector<Test>& tests) const;
    std::filesystem::path root_;
};

}  // namespace tercet::w3c
