#include <iterator>

#include "loaders/http/download.hpp"
#include "loaders/http/url.hpp"
#include "support/catch.hpp"
#include "support/http_server.hpp"
#include "tercet/error.hpp"

namespace tercet::test {
namespace {

using namespace std::chrono_literals;
using http::Download;
using http::Limits;

std::string body_of(Download& download) { return {std::istreambuf_iterator<char>(download.stream()), {}}; }

/// The error of a request whose body is read to its end.
Error failure(const http::Request& request, const Limits& limits = {}, const CancelToken& cancel = {}) {
    try {
        Download download(request, limits, cancel);
        std::string word;
        while (download.stream() >> word) {
        }
    } catch (const Error& error) {
        return error;
    }
    FAIL("there was no error");
    return Error(ErrorCode::Io, "");
}

HttpResponse echo(const HttpRequest& request) { return {200, "text/x-echo; charset=utf-8", request.method + ' ' + request.target + ' ' + request.body}; }

}  // namespace

TEST_CASE("http: a page is read with its type", "[http]") {
    const HttpServer server(echo);
    Download download({server.url("/a?b=c"), "text/x-echo", {}}, {}, {});
    CHECK(download.content_type() == "text/x-echo; charset=utf-8");
    CHECK(download.url() == server.url("/a?b=c"));
    CHECK(body_of(download) == "GET /a?b=c ");
    CHECK_THAT(server.requests().at(0).headers, Catch::Matchers::Contains("Accept: text/x-echo\r\n"));
}

TEST_CASE("http: a form is posted", "[http]") {
    const HttpServer server(echo);
    Download download({server.url("/"), "*/*", "query=a%20b"}, {}, {});
    CHECK(body_of(download) == "POST / query=a%20b");
    CHECK(server.requests().at(0).parameter("query") == "a b");
}

TEST_CASE("http: a long page arrives whole", "[http]") {
    const std::string page(3'000'000, 'x');
    const HttpServer server([&](const HttpRequest&) { return HttpResponse{200, "text/plain", page}; });
    Download download({server.url(), "*/*", {}}, {}, {});
    CHECK(body_of(download) == page);
}

TEST_CASE("http: redirects are followed, and each address is asked about", "[http]") {
    const int status = GENERATE(301, 302, 303, 307, 308);
    const HttpServer server([&](const HttpRequest& request) {
        return request.target == "/new" ? echo(request) : HttpResponse{status, "text/plain", "", "/new"};
    });
    std::vector<std::string> asked;
    Limits limits;
    limits.check = [&](const std::string& url) { asked.push_back(url); };
    Download download({server.url("/old"), "*/*", "a=b"}, limits, {});
    CHECK(body_of(download) == (status == 303 ? "GET /new " : "POST /new a=b"));
    CHECK(asked == std::vector<std::string>{server.url("/old"), server.url("/new")});
}

TEST_CASE("http: redirects without end are given up", "[http]") {
    const HttpServer server([](const HttpRequest&) { return HttpResponse{302, "text/plain", "", "/again"}; });
    CHECK_THAT(failure({server.url(), "*/*", {}}).message(), Catch::Matchers::Contains("more than 5 redirects"));
    CHECK(server.requests().size() == 6);
}

TEST_CASE("http: what goes wrong is told", "[http]") {
    const HttpServer server([](const HttpRequest& request) {
        if (request.target == "/missing") return HttpResponse{404, "text/plain", "nothing\nhere"};
        if (request.target == "/broken") return HttpResponse{200, "text/plain", "half", "", true};
        if (request.target == "/silent") return HttpResponse{200, "text/plain", "", "", false, true};
        return HttpResponse{200, "text/plain", std::string(5000, 'x')};
    });
    Limits limits;
    limits.bytes = 4000;
    limits.silence = 100ms;
    limits.connect = 100ms;
    const auto [path, words] = GENERATE(table<std::string, std::string>({
        {"/missing", "status 404: nothing here"},
        {"/broken", "transfer closed"},
        {"/silent", "nothing came for 200 ms"},
        {"/long", "limit of 4000 bytes"},
    }));
    const Error error = failure({server.url(path), "*/*", {}}, limits);
    CHECK(error.code() == ErrorCode::Io);
    CHECK_THAT(error.message(), Catch::Matchers::Contains(words));
    CHECK_THAT(error.message(), Catch::Matchers::Contains(server.url(path)));
}

TEST_CASE("http: nobody listens", "[http]") {
    std::string url;
    {
        const HttpServer server(echo);
        url = server.url();
    }
    CHECK(failure({url, "*/*", {}}).code() == ErrorCode::Io);
}

TEST_CASE("http: waiting can be cancelled", "[http]") {
    CancelToken cancel;
    const HttpServer server([&](const HttpRequest&) {
        cancel.cancel();
        return HttpResponse{200, "text/plain", "", "", false, true};
    });
    CHECK(failure({server.url(), "*/*", {}}, {}, cancel).code() == ErrorCode::Cancelled);
}

TEST_CASE("http: addresses are brought into one form", "[http]") {
    CHECK(http::normal_url("HTTP://Example.ORG/a/../b?Q=%41#part") == "http://example.org/b?Q=%41");
    CHECK(http::normal_url("https://example.org") == "https://example.org/");
    CHECK_THROWS_AS(http::normal_url("file:///etc/passwd"), Error);
    CHECK_THROWS_AS(http::normal_url("no url"), Error);
    CHECK_THROWS_AS(http::normal_url("http://me:secret@example.org/"), Error);
}

TEST_CASE("http: a prefix allows what begins with it and nothing that looks alike", "[http]") {
    const auto [url, prefix, allowed] = GENERATE(table<std::string, std::string, bool>({
        {"http://example.org/sparql", "http://example.org", true},
        {"http://example.org/sparql", "http://example.org/", true},
        {"http://example.org/sparql?a=b", "http://example.org/sparql", true},
        {"http://EXAMPLE.org/sparql/x", "http://example.org/sparql", true},
        {"http://example.org/sparql2", "http://example.org/sparql", false},
        {"http://example.org.evil.net/", "http://example.org", false},
        {"http://example.org:8080/", "http://example.org", false},
        {"http://example.org/open/../closed", "http://example.org/open/", false},
        {"https://example.org/", "http://example.org/", false},
        {"https://example.org/", "https://", true},
        {"http://example.org/", "https://", false},
    }));
    CAPTURE(url, prefix);
    CHECK(http::is_allowed(url, {"http://other.net/", prefix}) == allowed);
    CHECK_FALSE(http::is_allowed(url, {}));
}

}  // namespace tercet::test
