#include "loaders/reading/source.hpp"

#include "loaders/reading/encoding.hpp"
#include "loaders/reading/english.hpp"
#include "loaders/reading/markdown.hpp"
#include "support/catch.hpp"

using namespace tercet::reading;

namespace {

constexpr std::string_view kEnglish =
    "The council of the town met on Friday and agreed on a new budget for the schools, which the mayor had asked for in March. "
    "Nobody voted against the plan, although some of the members had said before that they would.";
constexpr std::string_view kFrench =
    "Le conseil municipal s'est réuni vendredi et a adopté un nouveau budget pour les écoles de la ville, que le maire avait "
    "demandé au mois de mars. Personne n'a voté contre le projet, bien que certains membres l'aient annoncé auparavant.";

Source read(std::string bytes, Format format = Format::Text) {
    RawDocument raw;
    raw.bytes = std::move(bytes);
    raw.format = format;
    return read_source(std::move(raw));
}

}  // namespace

TEST_CASE("source: formats by name, else by content", "[reading]") {
    CHECK(format_of("a.HTML", "") == Format::Html);
    CHECK(format_of("a.htm.gz", "") == Format::Html);
    CHECK(format_of("a.md.zst", "") == Format::Markdown);
    CHECK(format_of("a.txt", "<html>") == Format::Text);
    CHECK(format_of("-", "\n<!DOCTYPE HTML><p>") == Format::Html);
    CHECK(format_of("-", "The council met.") == Format::Text);
    CHECK(format_of("-", " {\"text\": 1}") == Format::JsonLines);
    CHECK(format_of("-", "<?xml version='1.0'?><rss>") == Format::Feed);
    CHECK(format_of("a.warc.gz", "") == Format::Warc);
    CHECK(names_an_article("a.txt.bz2"));
    CHECK_FALSE(names_an_article("a.ttl"));
    CHECK_FALSE(names_an_article("html"));
}

TEST_CASE("source: English is read, other languages are refused by name", "[reading]") {
    CHECK(read(std::string(kEnglish)).refusal.empty());
    CHECK(read(std::string(kFrench)).refusal == "its text is French, and only English is read");
    CHECK(read("Not much.").refusal.empty());
    CHECK(read("").refusal.empty());
    CHECK(foreign_language(std::string(kEnglish) + std::string(kFrench)).empty());
    std::string glagolitic, mixture;
    for (int i = 0; i < 80; ++i) {
        glagolitic += i % 8 == 0 ? " " : "\xE2\xB0\xB4";
        mixture += i % 3 == 0 ? "\xEA\xB0\x81" : i % 3 == 1 ? "\xE1\x88\xA3" : "\xE0\xB4\x95 ";  // as of random bytes that look like UTF-16
    }
    CHECK(read(glagolitic).refusal == "its text is Glagolitic, and only English is read");
    CHECK(read(mixture).refusal == "its text is in letters that are not English, and only English is read");
    CHECK(foreign_language("1234 5678, 9012!").empty());
    CHECK(foreign_language("Совет города собрался в пятницу и утвердил новый бюджет для школ, о котором просил мэр.") == "Russian");
}

TEST_CASE("source: what the container tells counts, the document adds to it", "[reading]") {
    RawDocument raw;
    raw.format = Format::Html;
    raw.bytes = "<title>Window</title><meta name=author content='Jane Roe'><p>" + std::string(kEnglish) + "</p>";
    raw.about.title = "Council agrees";
    const Source source = read_source(raw);
    CHECK(source.document.about.title == "Council agrees");
    CHECK(source.document.about.author == "Jane Roe");
}

TEST_CASE("source: what is longer than any article is cut, and that is said", "[reading]") {
    const Source source = read(std::string(5'000'000, 'x'));
    CHECK(source.text.size() == 4'000'000);
    CHECK(source.note.find("first 4 MB") != std::string::npos);
    CHECK(source.note.find("several files") != std::string::npos);
}

TEST_CASE("source: a document of more words than a book has is cut, and that is said", "[reading]") {
    std::string text;
    while (text.size() < 3'000'000) text += std::string(kEnglish) + " In " + std::to_string(text.size()) + " it did.\n\n";
    const Source source = read(text);
    CHECK(source.text == text);
    CHECK(source.note.find("200000 words") != std::string::npos);
    CHECK(source.note.find("several files") != std::string::npos);
}

TEST_CASE("source: titles and addresses without end", "[reading]") {
    RawDocument raw;
    raw.bytes = kEnglish;
    for (int i = 0; i < 1'000; ++i) raw.about.title += "r\xC3\xA9union ";
    raw.about.url = "http://a.example/" + std::string(100'000, 'a');
    const Source source = read_source(std::move(raw));
    CHECK(source.document.about.title.size() <= 1'000);
    CHECK(to_utf8(source.document.about.title) == source.document.about.title);
    CHECK(source.document.about.url.empty());
}

TEST_CASE("encoding: UTF-8 stays as it is, byte for byte", "[reading]") {
    const auto text = GENERATE(values<std::string>({"", "plain", "r\xC3\xA9union \xE2\x80\x9Cyes\xE2\x80\x9D", std::string("a\0b c d", 7)}));
    CHECK(to_utf8(text) == text);
    CHECK(to_utf8(text, "windows-1251") == text);
}

TEST_CASE("encoding: a mark at the start becomes blanks", "[reading]") { CHECK(to_utf8("\xEF\xBB\xBFHello") == "   Hello"); }

TEST_CASE("encoding: others become UTF-8", "[reading]") {
    CHECK(to_utf8(std::string("\xFF\xFEH\0\xE9\0", 6)) == "H\xC3\xA9");
    CHECK(to_utf8("caf\xE9 \x93yes\x94", "ISO-8859-1") == "caf\xC3\xA9 \xE2\x80\x9Cyes\xE2\x80\x9D");
    CHECK(to_utf8("\xCF\xF0\xE8", "windows-1251") == "\xD0\x9F\xD1\x80\xD0\xB8");
    CHECK(to_utf8("The mayor\x92s plan for the caf\xE9 was read by the council, which met on Friday.", "no-such-charset").find("mayor\xE2\x80\x99s") !=
          std::string::npos);
}

TEST_CASE("markdown: paragraphs without markup, code, pictures and menus", "[reading]") {
    const FoundText found = read_markdown(R"(# Council agrees on *school* budget

The council of [Barton](http://barton.example) met on
**Friday** and agreed.

![The town hall](hall.jpg)

- [Home](/)
- [World](/world)

> "We will repair the roofs," said the mayor.

```
int code;
```
<div>markup</div>
)");
    CHECK(found.about.title == "Council agrees on school budget");
    CHECK(found.text ==
          "Council agrees on school budget\n\nThe council of Barton met on Friday and agreed.\n\n\"We will repair the roofs,\" said the mayor.\n\n");
}

TEST_CASE("markdown: front matter", "[reading]") {
    const FoundText found = read_markdown("---\ntitle: \"Council agrees: a budget\"\ndate: 2024-05-03T10:00\nauthor: Jane Roe\ntags: [x]\n---\nIt met.\n");
    CHECK(found.about.title == "Council agrees: a budget");
    CHECK(found.about.date == "2024-05-03");
    CHECK(found.about.author == "Jane Roe");
    CHECK(found.text == "Council agrees: a budget\n\nIt met.\n\n");
    CHECK(read_markdown("---\nnever closed").text == "never closed\n\n");
}
