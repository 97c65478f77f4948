#include "loaders/article/quotation.hpp"

#include "support/catch.hpp"

using namespace tercet::article;

namespace {

std::vector<std::string> quoted(const std::string& text, std::vector<Span> paragraphs = {}) {
    if (paragraphs.empty()) paragraphs = {{0, text.size()}};
    std::vector<std::string> result;
    for (const Span span : find_quotations(text, paragraphs))
        result.push_back(text.substr(span.begin, span.end - span.begin));
    return result;
}

}  // namespace

TEST_CASE("quotation: all kinds of marks, and none for apostrophes", "[article]") {
    using Strings = std::vector<std::string>;
    const auto [text, found] = GENERATE(table<std::string, Strings>({
        {"\"We agree,\" he said.", {"We agree,"}},
        {"“We agree,” he said.", {"We agree,"}},
        {"« We agree, » he said.", {" We agree, "}},
        {"It was ‘not enough’ for them.", {"not enough"}},
        {"The minister's car wasn't there.", {}},
        {"The ministers’ cars weren’t there.", {}},
        {"\"One,\" he said. \"Two.\"", {"One,", "Two."}},
        {"“He said ‘no’ to us,” she said.", {"He said ‘no’ to us,"}},
    }));
    CAPTURE(text);
    CHECK(quoted(text) == found);
}

TEST_CASE("quotation: an open mark ends with the paragraph, a further mark goes on", "[article]") {
    const std::string text = "\"One.\n\"Two,\" he said.\nThree.";
    const std::vector<Span> paragraphs{{0, 5}, {6, 22}, {23, 29}};
    CHECK(quoted(text, paragraphs) == std::vector<std::string>{"One.", "Two,"});
}

TEST_CASE("quotation: found by the bytes within it", "[article]") {
    const std::vector<Quotation> quotations{{{2, 5}, {}}, {{8, 9}, {}}};
    CHECK(quotation_at(quotations, 1) == nullptr);
    CHECK(quotation_at(quotations, 2) == &quotations[0]);
    CHECK(quotation_at(quotations, 4) == &quotations[0]);
    CHECK(quotation_at(quotations, 5) == nullptr);
    CHECK(quotation_at(quotations, 8) == &quotations[1]);
    CHECK(quotation_at(quotations, 9) == nullptr);
    CHECK(quotation_at({}, 0) == nullptr);
}
