#include <sstream>
#include <vector>

#include "loaders/input/input_file.hpp"
#include "loaders/reading/documents.hpp"
#include "loaders/reading/feed.hpp"
#include "loaders/reading/json_lines.hpp"
#include "loaders/reading/warc.hpp"
#include "support/catch.hpp"

using namespace tercet::reading;
using tercet::ArticleFields;

namespace {

using Documents = std::vector<RawDocument>;

Documents json_lines(const std::string& text, const ArticleFields& fields = {}) {
    Documents documents;
    std::istringstream in(text);
    read_json_lines(in, fields, [&](RawDocument document) { documents.push_back(std::move(document)); });
    return documents;
}

Documents feed(const std::string& text, std::string& damage) {
    Documents documents;
    read_feed(text, damage, [&](RawDocument document) { documents.push_back(std::move(document)); });
    return documents;
}

Documents warc(const std::string& bytes, std::string& damage) {
    Documents documents;
    std::istringstream in(bytes);
    read_warc(in, damage, [&](RawDocument document) { documents.push_back(std::move(document)); });
    return documents;
}

std::string record(const std::string& type, const std::string& content_type, const std::string& block) {
    return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: http://wire.example/a\r\nContent-Type: " + content_type +
           "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("json lines: usual names of fields", "[reading]") {
    const Documents found = json_lines(R"({"title":"Bridge opens","text":"It did.","url":"http://x/1","date":"2024-05-03T10:00","authors":["A","B"],"source":"Wire"}

{"headline":"Market closes","body":"<p>It did.</p>"})");
    REQUIRE(found.size() == 2);
    CHECK(found[0].bytes == "It did.");
    CHECK(found[0].format == Format::Text);
    CHECK(found[0].about.title == "Bridge opens");
    CHECK(found[0].about.url == "http://x/1");
    CHECK(found[0].about.date == "2024-05-03");
    CHECK(found[0].about.author == "A, B");
    CHECK(found[0].about.site == "Wire");
    CHECK(found[1].format == Format::Html);
    CHECK(found[1].part == "line 3");
}

TEST_CASE("json lines: names of one's own, also of inner fields", "[reading]") {
    ArticleFields fields;
    fields.text = "content.plain";
    fields.title = "h.1";
    const Documents found = json_lines(R"({"h.1":"Bridge opens","content":{"plain":"It did."},"text":"no"})", fields);
    REQUIRE(found.size() == 1);
    CHECK(found[0].bytes == "It did.");
    CHECK(found[0].about.title == "Bridge opens");
}

TEST_CASE("json lines: a bad line is refused, the others are read", "[reading]") {
    const auto bad = GENERATE(values<std::string>({"{", "[]", "5", "{}", "{\"text\":5}", "{\"text\":\"\"}", "\xFF", "{\"title\":\"only\"}"}));
    CAPTURE(bad);
    const Documents found = json_lines(bad + "\n{\"text\":\"It did.\"}");
    REQUIRE(found.size() == 2);
    CHECK_FALSE(found[0].refusal.empty());
    CHECK(found[0].part == "line 1");
    CHECK(found[1].refusal.empty());
}

TEST_CASE("json lines: one of more values than articles have is refused, the others are read", "[reading]") {
    const auto unit = GENERATE(values<std::string>({"1,", "[],", "{\"a\":1},", "[1,", "{\"a\":"}));
    std::string line = "{\"text\":\"It did.\",\"more\":[";
    for (int i = 0; i < 500'000; ++i) line += unit;
    const Documents found = json_lines(line + "1]}\n{\"text\":\"It did.\"}\n");
    REQUIRE(found.size() == 2);
    CHECK(holds(found[0].refusal, "100000 values"));
    CHECK(found[1].bytes == "It did.");
}

TEST_CASE("feed: RSS", "[reading]") {
    std::string damage;
    const Documents found = feed(R"(<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c"><channel><title>Northern Wire</title>
<item><title>Bridge opens &amp; closes</title><link>http://wire.example/1</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><dc:creator>Jane Roe</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The bridge opened.</p>]]></content:encoded></item>
<item><title>Market</title><link>javascript:x</link><description>&lt;p&gt;It closed.&lt;/p&gt;</description></item></channel></rss>)", damage);
    REQUIRE(found.size() == 2);
    CHECK(damage.empty());
    CHECK(found[0].about.title == "Bridge opens & closes");
    CHECK(found[0].about.url == "http://wire.example/1");
    CHECK(found[0].about.date == "2024-05-03");
    CHECK(found[0].about.author == "Jane Roe");
    CHECK(found[0].about.site == "Northern Wire");
    CHECK(found[0].bytes == "<p>The bridge opened.</p>");
    CHECK(found[1].bytes == "<p>It closed.</p>");
    CHECK(found[1].about.url.empty());
}

TEST_CASE("feed: Atom", "[reading]") {
    std::string damage;
    const Documents found = feed(R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Bridge</title>
<link rel="self" href="http://x/self"/><link rel="alternate" href="http://x/1"/><updated>2024-05-04T00:00:00Z</updated><published>2024-05-03T00:00:00Z</published>
<author><name>Jane Roe</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It opened.</p></div></content></entry></feed>)", damage);
    REQUIRE(found.size() == 1);
    CHECK(found[0].about.url == "http://x/1");
    CHECK(found[0].about.date == "2024-05-03");
    CHECK(found[0].about.author == "Jane Roe");
    CHECK(holds(found[0].bytes, "<p>It opened.</p>"));
}

TEST_CASE("feed: one that is cut short gives what stands before that", "[reading]") {
    std::string damage;
    const Documents found = feed("<rss><channel><item><title>One</title><description>First.</description></item><item><title>Tw", damage);
    REQUIRE(!found.empty());
    CHECK(found[0].bytes == "First.");
    CHECK(holds(damage, "well-formed"));
    for (const char* bytes : {"", "x", "<", "<rss/>", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><rss><item><title>&b;</title></item></rss>"}) {
        for (const RawDocument& entry : feed(bytes, damage)) CHECK(entry.about.title.empty());
    }
}

TEST_CASE("warc: pages and texts, the rest is passed over", "[reading]") {
    std::string damage;
    const Documents found = warc(record("warcinfo", "application/warc-fields", "a: b") +
                                     record("response", "application/http;msgtype=response",
                                            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"Windows-1251\"\r\n\r\n<p>It opened.</p>") +
                                     record("response", "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.</p>") +
                                     record("response", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG") +
                                     record("conversion", "text/plain", "It closed.") + record("request", "application/http", "GET / HTTP/1.1\r\n\r\n"),
                                 damage);
    REQUIRE(found.size() == 2);
    CHECK(damage.empty());
    CHECK(found[0].bytes == "<p>It opened.</p>");
    CHECK(found[0].format == Format::Html);
    CHECK(found[0].charset == "windows-1251");
    CHECK(found[0].about.url == "http://wire.example/a");
    CHECK(found[0].part == "record 2");
    CHECK(found[1].bytes == "It closed.");
    CHECK(found[1].format == Format::Text);
}

TEST_CASE("warc: a body in pieces is joined, one that only says so is kept", "[reading]") {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string damage;
    CHECK(warc(record("response", "application/http", head + "5\r\n<p>It\r\n8;x\r\n opened.\r\n0\r\n\r\n"), damage).at(0).bytes == "<p>It opened.");
    CHECK(warc(record("response", "application/http", head + "<p>It opened."), damage).at(0).bytes == "<p>It opened.");
}

TEST_CASE("warc: one that is cut short or damaged is read as far as it goes", "[reading]") {
    const std::string whole = record("conversion", "text/plain", "It closed on Friday.");
    std::string damage;
    const Documents cut = warc(whole.substr(0, whole.size() - 10), damage);
    REQUIRE(cut.size() == 1);
    CHECK(cut[0].bytes == "It closed on F");
    CHECK(holds(cut[0].note, "ends within it"));
    CHECK(warc(whole + "garbage\r\n" + whole, damage).size() == 1);
    CHECK(holds(damage, "record 2"));
    for (const char* bytes : {"", "\n\n", "WARC/1.0", "WARC/1.0\nContent-Length: 99999999999999999999\n\n", "WARC/1.0\nContent-Length: -1\n\nx"}) {
        CHECK_NOTHROW(warc(bytes, damage));
    }
}

TEST_CASE("documents: of a file that is longer than any article only the beginning is read", "[reading]") {
    const auto name = GENERATE(values<std::string>({"a.txt", "a.rss"}));
    const std::size_t size = 34'000'000;
    std::istringstream bytes(std::string(size, 'x'));
    tercet::input::InputFile in(name, bytes);
    std::size_t read = 0;
    std::string notes;
    read_documents(in, name, {}, [&](RawDocument document) {
        read += document.bytes.size();
        notes += document.note + document.refusal;
        if (document.format == Format::Text && !document.bytes.empty()) notes += read_source(std::move(document)).note;
    });
    CHECK(read < 32'500'000);
    CHECK(holds(notes, "lon"));
}

TEST_CASE("feed: of one with more elements than feeds have the first are read, and that is said", "[reading]") {
    std::string bytes = "<rss><item><title>Bridge opens</title><description>It did.</description></item>";
    for (int i = 0; i < 500'000; ++i) bytes += "<a/>";
    std::string damage;
    const Documents found = feed(bytes + "</rss>", damage);
    REQUIRE(found.size() == 1);
    CHECK(found.front().about.title == "Bridge opens");
    CHECK(holds(damage, "400000"));
}

TEST_CASE("feed: a tag that has attributes without end", "[reading]") {
    std::string bytes = "<rss><item";
    for (int i = 0; i < 300'000; ++i) bytes += " a" + std::to_string(i) + "='1'";
    std::string damage;
    const Documents found = feed(bytes + "><title>Bridge opens</title></item></rss>", damage);
    REQUIRE(found.size() == 1);
    CHECK(found.front().about.title == "Bridge opens");
}

TEST_CASE("warc: headers without end are passed over", "[reading]") {
    std::string bytes = "WARC/1.0\nWARC-Type: resource\nWARC-Target-URI: http://a.example/1\nContent-Type: text/plain\nContent-Length: 7\n";
    for (int i = 0; i < 100'000; ++i) bytes += "X-" + std::to_string(i) + ": y\n";
    std::string damage;
    const auto found = warc(bytes + "\nIt did.\n\n", damage);
    REQUIRE(found.size() == 1);
    CHECK(found.front().bytes == "It did.");
    CHECK(damage.empty());
}
