#include "loaders/article/document.hpp"

#include "loaders/article/dateline.hpp"
#include "loaders/article/text.hpp"
#include "support/catch.hpp"

using namespace tercet::article;

namespace {

/// What is left of a text, line by line, without the blanks.
std::string prose_of(std::string_view text) { return text::squeeze(read_document(text).prose); }

constexpr std::string_view kProse = "The council met on Friday and agreed on a new budget for the schools of the town.";

}  // namespace

TEST_CASE("document: keeps the offsets of the file", "[article]") {
    const std::string text = "Follow us\n\n" + std::string(kProse) + "\n\nShare this\n";
    const Document document = read_document(text);
    CHECK(document.prose.size() == text.size());
    REQUIRE(document.paragraphs.size() == 1);
    const Span span = document.paragraphs.front();
    CHECK(text.substr(span.begin, span.end - span.begin) == kProse);
    CHECK(document.prose.substr(span.begin, kProse.size()) == kProse);
}

TEST_CASE("document: leaves out the furniture of pages", "[article]") {
    const auto line = GENERATE(values<std::string>({"- Advertisement -",
                                                    "By Jane Roe",
                                                    "Jane Roe",
                                                    "Related news",
                                                    "- Minister visits the flooded valley",
                                                    "Leave a review",
                                                    "Follow us on social networks",
                                                    "Politics",
                                                    "4.6 C",
                                                    "mercredi, avril 17, 2024",
                                                    "Subscribe to our newsletter.",
                                                    "Photo: Northern Wire / archive",
                                                    "S'il vous plaît entrez votre commentaire!",
                                                    "Read more: what happened next",
                                                    "© 2023 Northern Wire",
                                                    "(Reporting by Jane Roe; editing by John Doe)",
                                                    "News Line",
                                                    "Açıq mənbələrdən foto.",
                                                    "Tags: budget, schools",
                                                    "• Budget agreed at last",
                                                    "spot_img",
                                                    "Comments (12)",
                                                    "12/03/2024 14:20"}));
    CAPTURE(line);
    CHECK(prose_of(std::string(kProse) + "\n\n" + line + "\n") == kProse);
}

TEST_CASE("document: keeps sentences that begin like furniture", "[article]") {
    const auto line = GENERATE(
        values<std::string>({"Share prices fell on Monday after the bank published its report on the economy.",
                             "By Friday the army had left the town and the schools had opened again.",
                             "Related to the scandal are three other cases that the court will hear in May."}));
    CAPTURE(line);
    CHECK(prose_of(line) == line);
}

TEST_CASE("document: finds the headline and who speaks in it", "[article]") {
    const Document plain = read_document("Council agrees on new school budget\n\n" + std::string(kProse) + "\n");
    CHECK(plain.about.title == "Council agrees on new school budget");
    CHECK(plain.headline_speaker.empty());
    const Document spoken =
        read_document("Taxes will not rise this year – Finance Minister\n\n" + std::string(kProse) + "\n");
    CHECK(spoken.headline_speaker == "Finance Minister");
    CHECK(text::squeeze(spoken.prose).starts_with("Taxes will not rise this year The council"));
    CHECK(read_document(kProse).about.title.empty());
}

TEST_CASE("document: a headline that stands below the text is none", "[article]") {
    CHECK(read_document(std::string(kProse) + "\n\nCouncil agrees on new school budget\n").about.title.empty());
}

TEST_CASE("document: joins lines that were broken at a fixed width", "[article]") {
    const std::string text =
        "The council met on Friday and agreed on a new budget for the schools\n"
        "of the town. The mayor said that the money would be spent on teachers\n"
        "and on the repair of the roofs, which have been leaking for ten years\n"
        "now.\n\nNobody voted against it.\n";
    const Document document = read_document(text);
    REQUIRE(document.paragraphs.size() >= 1);
    CHECK(document.prose.substr(0, document.paragraphs[0].end).find('\n') == std::string::npos);
    CHECK(document.paragraphs[0].end == text.find("\n\nNobody"));
}

TEST_CASE("document: any bytes are read to the end", "[article]") {
    const auto text = GENERATE(
        values<std::string>({"", "\n\n\n", "\xFF\xFE\xC3", "\"", "'", std::string(3, '\0'), "a\rb\r", "\xE2\x80"}));
    CHECK(read_document(text).prose.size() == text.size());
}

TEST_CASE("dateline: place, date and agency come before the text", "[article]") {
    const auto [dateline, length] = GENERATE(table<std::string, bool>({
        {"Washington D.C./26.09.23/Agency:     ", true},
        {"KYIV, May 3 (Agency) - ", true},
        {"BRUSSELS (Northern Wire) — ", true},
        {"WASHINGTON, October 4, 2023 (Northern Wire) - ", true},
        {"The mayor - a former teacher - ", false},
        {"He had one wish: ", false},
    }));
    CAPTURE(dateline);
    CHECK(dateline_length(dateline + std::string(kProse)) == (length ? dateline.size() : 0));
}

TEST_CASE("dateline: dates in the orders of the world", "[article]") {
    const auto [line, date] = GENERATE(table<std::string, std::string>({
        {"Agency/26.09.23/", "2023-09-26"},
        {"2023-09-26T10:00", "2023-09-26"},
        {"Updated 12 October 2023", "2023-10-12"},
        {"WASHINGTON, October 4, 2023 -", "2023-10-04"},
        {"05.10.2023 14:20", "2023-10-05"},
        {"99.99.99", ""},
        {"31.02.2023", ""},
        {"no date here", ""},
    }));
    CAPTURE(line);
    CHECK(find_date(line) == date);
}

TEST_CASE("document: a word without end is left out, what stands around it is read", "[article]") {
    const auto unit = GENERATE(values<std::string>({"x", "\"", "(", ".", "7", "Otieno", "\xCC\x81", "\xF0\x9F\x98\x80", "o'", "a-"}));
    std::string word;
    while (word.size() < 1'000'000) word += unit;
    const std::string text = "The council met on Friday and agreed on " + word + " a new budget for the schools of the town.";
    const Document document = read_document(text);
    CAPTURE(unit);
    CHECK(document.prose.size() == text.size());
    CHECK(text::squeeze(document.prose) == "The council met on Friday and agreed on a new budget for the schools of the town.");
}

TEST_CASE("document: a line that ends in marks without end", "[article]") {
    const auto mark = GENERATE(values<std::string>({"\"", "'", ")", "\xE2\x80\x9D", " "}));
    std::string text(kProse);
    for (int i = 0; i < 500'000; ++i) text += mark;
    CHECK(read_document(text).paragraphs.size() == 1);
}

TEST_CASE("document: of more words than a book has the first are read, and that is said", "[article]") {
    const auto gap = GENERATE(values<std::string>({" ", "\n\n"}));
    std::string text;
    while (text.size() < 3'000'000) text += std::string(kProse.substr(0, kProse.size() - 1)) + " in " + std::to_string(text.size()) + "." + gap;
    const Document document = read_document(text);
    CHECK(document.is_cut);
    const std::size_t words = text::words(document.prose).size();
    CHECK(words > kMostWords * 8 / 10);
    CHECK(words <= kMostWords);
    CHECK_FALSE(read_document(text.substr(0, 500'000)).is_cut);
}

TEST_CASE("document: marks count as words, for the parser takes each for one", "[article]") {
    const auto unit = GENERATE(values<std::string>({"( ", "\" ", "\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\x94 ", "a-b'c "}));
    std::string text(kProse.substr(0, kProse.size() - 1));
    while (text.size() < 2'000'000) text += ' ' + unit;
    CHECK(read_document(text).is_cut);
    CHECK(text::squeeze(read_document(text).prose).size() <= 2 * 3 * kMostWords);
}
