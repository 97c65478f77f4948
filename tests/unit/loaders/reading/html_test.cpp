#include "loaders/article/text.hpp"
#include "loaders/reading/attributes.hpp"
#include "loaders/reading/html.hpp"

#include "support/catch.hpp"

using namespace tercet::reading;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Graphs within graphs.
std::string deep_graph(int depth) {
    std::string open, close;
    for (int i = 0; i < depth; ++i) {
        open += "{\"@graph\":[";
        close += "]}";
    }
    return open + close;
}

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en"><head>
<title>Council agrees on school budget - Northern Wire</title>
<meta property="og:title" content="Council agrees on school budget">
<meta property="og:site_name" content="Northern Wire">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<meta name="author" content="Jane Roe">
<link rel="canonical" href="https://wire.example/budget">
<script>var menu = "The script said that it would never be read by anybody at all.";</script>
<style>p { color: red }</style>
</head><body class="post with-sidebar">
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div id="cookie-banner"><p>We and our partners store information on your device so that we can show you better pages.</p></div>
<div class="content"><div class="columns">
<article class="story category-comments">
<header><h1>Council agrees on school budget</h1><p class="byline">By <a href="/jane">Jane Roe</a></p></header>
<figure><img src="a.jpg"><figcaption>The council meets in the town hall, which was built by the merchants in 1902.</figcaption></figure>
<p>The council of Barton met on Friday and <b>agreed</b> on a budget of $3 million for the schools of the town.</p>
<div class="advert-box"><p>Buy the new car that all of your neighbours will look at, only this week and only in Barton.</p></div>
<p>&ldquo;We will repair the roofs,&rdquo; said Mayor Ruth&nbsp;Otieno.<br><br>Nobody voted against the plan, which the
mayor had shown to the council in March.</p>
<p>Read also: <a href="/x">The mayor of Barton promises new roofs to all schools of the town before the winter</a></p>
<ul class="related-links"><li><a href="/y">The police of Barton look for a man who stole the roof of a school.</a></li></ul>
</article>
<aside><p>The most popular story of the week is about a cow that walked into a shop in Barton.</p></aside>
</div></div>
<section id="comments"><div class="comment"><p>I think that the mayor is a thief and everybody in the town knows it, so vote for somebody else.</p></div></section>
<footer><p>Northern Wire is a news agency that was founded in 1950 and has its seat in Barton.</p></footer>
</body></html>)";

}  // namespace

TEST_CASE("html: keeps the article and leaves out the page around it", "[reading]") {
    const FoundText found = read_html(kPage);
    CHECK(found.text ==
          "Council agrees on school budget\n\n"
          "The council of Barton met on Friday and agreed on a budget of $3 million for the schools of the town.\n\n"
          "“We will repair the roofs,” said Mayor Ruth\u00A0Otieno.\n\n"
          "Nobody voted against the plan, which the mayor had shown to the council in March.\n\n");
    CHECK(found.note.empty());
}

TEST_CASE("html: tells title, date, author, site and address", "[reading]") {
    const tercet::article::Metadata about = read_html(kPage).about;
    CHECK(about.title == "Council agrees on school budget");
    CHECK(about.date == "2024-05-03");
    CHECK(about.author == "Jane Roe");
    CHECK(about.site == "Northern Wire");
    CHECK(about.url == "https://wire.example/budget");
}

TEST_CASE("html: linked data is trusted before the rest", "[reading]") {
    const FoundText found = read_html(R"(<title>Window | Site</title><meta name="author" content="webmaster">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Bridge opens",
"datePublished":"2023-09-26","author":[{"@type":"Person","name":"Jane Roe"},{"name":"John Doe"}],"publisher":{"name":"Wire"}}]}</script>
<p>The bridge over the river was opened by the mayor on Monday.</p>)");
    CHECK(found.about.title == "Bridge opens");
    CHECK(found.about.date == "2023-09-26");
    CHECK(found.about.author == "Jane Roe, John Doe");
    CHECK(found.about.site == "Wire");
}

TEST_CASE("html: linked data that is broken or deep is passed over", "[reading]") {
    const auto data = GENERATE(values<std::string>({"{", "[[[[]]]]", "null", "{\"@type\":5}", "{\"@type\":\"NewsArticle\",\"headline\":{}}",
                                                    std::string(100'000, '['), deep_graph(70'000), "\"\\ud800\""}));
    const FoundText found = read_html("<title>Bridge opens</title><script type=\"application/ld+json\">" + data + "</script><p>It did.</p>");
    CHECK(found.about.title == "Bridge opens");
}

TEST_CASE("html: a page whose text stands in a box of a doubtful name is read all the same", "[reading]") {
    const auto tag = GENERATE(values<std::string>({"form id=aspnetForm", "div class=banner", "div class='ad-free promo'"}));
    const FoundText found = read_html("<body><" + tag + "><p>The council of Barton met on Friday and agreed on a new budget for the schools.</p>"
                                      "<p>The mayor said that the money would be spent on roofs and on teachers.</p></body>");
    CAPTURE(tag);
    CHECK(holds(found.text, "The council of Barton"));
    CHECK(holds(found.text, "roofs and on teachers"));
}

TEST_CASE("html: without any mark of an article, the part with the prose is it", "[reading]") {
    std::string page = "<table><tr><td><a href=a>One</a> <a href=b>Two</a></td><td><div>";
    for (int i = 0; i < 6; ++i) page += "<p>The council of Barton met on day " + std::to_string(i) + " and agreed on a new budget for the schools.</p>";
    page += "</div></td><td><p>The weather in Barton is fine today, and it will stay so.</p></td></tr></table>";
    const std::string text = read_html(page).text;
    CHECK(holds(text, "day 0"));
    CHECK(holds(text, "day 5"));
    CHECK_FALSE(holds(text, "One"));
    CHECK_FALSE(holds(text, "weather"));
}

TEST_CASE("html: a line break is a blank, two are a new paragraph", "[reading]") {
    const std::string text = read_html("<p>The council of Barton met on<br>Friday and agreed<br><br>on nothing<br/>at all.</p>").text;
    CHECK(text == "The council of Barton met on Friday and agreed\n\non nothing at all.\n\n");
}

TEST_CASE("html: any bytes are read to the end", "[reading]") {
    const auto page = GENERATE(values<std::string>({"", " \n", "<", "<p", "</p>", "<!--", "<p>a", "&", "&#xFFFFFFFF;", "<p>\xFF\xC3</p>", std::string(5, '\0'),
                                                    "<![CDATA[", "<?php", "<html><html><body><body>", "<p a=\"", "<svg><p>x", "<select><option>"}));
    CAPTURE(page);
    CHECK_NOTHROW(read_html(page));
}

TEST_CASE("html: elements without end are left out, and that is said", "[reading]") {
    std::string page = "<p>The council of Barton met on Friday and agreed on a new budget for the schools.</p>";
    for (int i = 0; i < 100'000; ++i) page += "<div>";
    for (int i = 0; i < 100'000; ++i) page += "</b>";
    const FoundText found = read_html(page);
    CHECK(holds(found.text, "The council of Barton"));
    CHECK(holds(found.note, "too deeply"));
}

TEST_CASE("html: of a page with more elements or attributes than pages have the first are read, and that is said", "[reading]") {
    const auto unit = GENERATE(values<std::string>({"<p>x", "<br>", "<i a=1 b=2 c=3 d=4></i>"}));
    std::string page = "<p>The council of Barton met on Friday and agreed on a new budget for the schools.</p>";
    for (int i = 0; i < 500'000; ++i) page += unit;
    const FoundText found = read_html(page);
    CHECK(holds(found.text, "The council of Barton"));
    CHECK(holds(found.note, "400,000"));
}

TEST_CASE("html: of a tag without end a few hundred attributes are read", "[reading]") {
    CHECK(without_endless_tags("<p class=\"a > b\" id=c>x<script>if (a <b) \"</p>\"</SCRIPT><!-- <p a b -->") ==
          "<p class=\"a > b\" id=c>x<script>if (a <b) \"</p>\"</SCRIPT><!-- <p a b -->");
    const auto unit = GENERATE(values<std::string>({" a", " a=1", " a = '>'", " a=\">\"", " a=\"b\"c", "/ a", " a\"", " =", "=\"b\""}));
    std::string page = "<p ";
    for (int i = 0; i < 1'000; ++i) page += unit;
    const std::string cut = without_endless_tags(page + ">The council met.");
    CAPTURE(unit);
    CHECK(cut.size() == page.size() + 17);
    CHECK(holds(cut, ">The council met."));
    CHECK(tercet::article::text::squeeze(cut).size() < (2 * unit.size() + 3) * kMostAttributes + 30);
}

TEST_CASE("html: a page whose tag has attributes without end", "[reading]") {
    std::string page = "<p ";
    for (int i = 0; i < 300'000; ++i) page += "a" + std::to_string(i) + "=1 ";
    CHECK(holds(read_html(page + ">The council of Barton met on Friday and agreed on a new budget for the schools.</p>").text, "The council of Barton"));
}

TEST_CASE("html: comments and instructions without end are no part of a page", "[reading]") {
    std::string page;
    for (int i = 0; i < 1'000'000; ++i) page += "<!--a--><?b>";
    const FoundText found = read_html(page + "<p>The council of Barton met on Friday and agreed on a new budget for the schools.</p>");
    CHECK(holds(found.text, "The council of Barton"));
    CHECK(found.note.empty());
}

TEST_CASE("html: headings within headings", "[reading]") {
    std::string page = "<body>";
    for (int i = 0; i < 100; ++i) page += "<h1><i rel=author>";
    for (int i = 0; i < 10'000; ++i) page += "The council of Barton met on Friday and agreed on a new budget. ";
    const FoundText found = read_html(page);
    CHECK(holds(found.about.title, "The council of Barton"));
}

TEST_CASE("html: the encoding that a page declares", "[reading]") {
    CHECK(declared_charset("<meta charset=\"windows-1251\">") == "windows-1251");
    CHECK(declared_charset("<META http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>") == "iso-8859-1");
    CHECK(declared_charset("<meta charset=utf-8/>") == "utf-8");
    CHECK(declared_charset("<p>no").empty());
}
