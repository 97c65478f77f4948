#include "queries/test_file.hpp"

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace tercet::test {
namespace {

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

struct Expectation {
    std::string_view heading;
    QueryCase::Expect expect;
    bool has_text;  ///< what is expected follows below; otherwise it stands in the heading
};
constexpr std::array kExpectations{
    Expectation{"rows", QueryCase::Expect::Rows, true},        Expectation{"ordered", QueryCase::Expect::Ordered, true},
    Expectation{"graph", QueryCase::Expect::Graph, true},      Expectation{"dataset", QueryCase::Expect::Dataset, true},
    Expectation{"boolean", QueryCase::Expect::Boolean, false}, Expectation{"error", QueryCase::Expect::Error, false},
};

class Reader {
public:
    std::vector<QueryCase> cases;

    void heading(const std::string& text) {
        const std::size_t blank = text.find(' ');
        const std::string word = text.substr(0, blank);
        const std::string rest = blank == std::string::npos ? std::string() : trimmed(text.substr(blank));
        if (word == "prologue" || word == "data") {
            text_ = word == "data" ? &data_ : &prologue_;
            text_->clear();
        } else if (word == "case") {
            cases.push_back({rest, prologue_, data_, {}, {}, {}, {}, {}});
            text_ = &cases.back().request;
        } else if (word == "parameter") {
            const std::size_t sign = rest.find('=');
            cases.back().parameters.emplace_back(trimmed(rest.substr(0, sign)), trimmed(rest.substr(sign + 1)));
        } else if (word == "note") {
            cases.back().notes.push_back(rest);
        } else {
            expectation(word, rest);
        }
    }
    void line(const std::string& text) {
        if (text_ != nullptr) *text_ += text + '\n';
    }

private:
    void expectation(const std::string& word, const std::string& rest) {
        for (const Expectation& row : kExpectations) {
            if (row.heading != word) continue;
            cases.back().expect = row.expect;
            cases.back().expected = rest;
            text_ = row.has_text ? &cases.back().expected : nullptr;
            return;
        }
        throw std::runtime_error("there is no heading '" + word + "'");
    }

    std::string prologue_, data_;
    std::string* text_ = nullptr;
};

}  // namespace

std::vector<QueryCase> read_test_file(const std::filesystem::path& file) {
    std::ifstream in(file);
    Reader reader;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("== ")) reader.heading(trimmed(line.substr(3)));
        else reader.line(line);
    }
    return std::move(reader.cases);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (!trimmed(line).empty()) lines.push_back(trimmed(line));
    }
    return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::size_t begin = 0;
    for (std::size_t bar = line.find('|'); bar != std::string::npos; bar = line.find('|', begin)) {
        cells.push_back(trimmed(line.substr(begin, bar - begin)));
        begin = bar + 1;
    }
    cells.push_back(trimmed(line.substr(begin)));
    return cells;
}

}  // namespace tercet::test
