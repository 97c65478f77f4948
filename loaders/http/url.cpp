#include "loaders/http/url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "tercet/error.hpp"

namespace tercet::http {
namespace {

using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;

bool has_part(const Url& url, CURLUPart part) {
    char* text = nullptr;
    const bool found = curl_url_get(url.get(), part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
}

bool starts_with(std::string_view url, std::string_view prefix) {
    if (!url.starts_with(prefix)) return false;
    if (url.size() == prefix.size() || prefix.ends_with('/') || prefix.ends_with('?') || prefix.ends_with('&')) return true;
    return std::string_view("/?&").find(url[prefix.size()]) != std::string_view::npos;
}

}  // namespace

bool is_http_url(std::string_view text) noexcept { return text.starts_with("http://") || text.starts_with("https://"); }

std::string normal_url(const std::string& url) {
    const auto fail = [&](const std::string& why) { throw Error(ErrorCode::InvalidArgument, "<" + url + "> cannot be asked: " + why); };
    const Url parsed(curl_url());
    if (const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE); code != CURLUE_OK) {
        fail(std::string("it is no URL (") + curl_url_strerror(code) + ")");
    }
    if (has_part(parsed, CURLUPART_USER) || has_part(parsed, CURLUPART_PASSWORD)) fail("it holds a user name or a password");
    curl_url_set(parsed.get(), CURLUPART_FRAGMENT, nullptr, 0);
    char* whole = nullptr;
    curl_url_get(parsed.get(), CURLUPART_URL, &whole, 0);
    std::string normal = whole == nullptr ? std::string() : whole;
    curl_free(whole);
    const std::size_t host = normal.find("://");
    const std::size_t path = normal.find_first_of("/?", host == std::string::npos ? 0 : host + 3);
    std::transform(normal.begin(), normal.begin() + static_cast<std::ptrdiff_t>(std::min(path, normal.size())), normal.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!is_http_url(normal)) fail("only http and https are spoken");
    return normal;
}

bool is_allowed(const std::string& url, const std::vector<std::string>& prefixes) {
    const std::string normal = normal_url(url);
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
        if (prefix == "http://" || prefix == "https://") return normal.starts_with(prefix);
        return starts_with(normal, normal_url(prefix)) || starts_with(normal, prefix);
    });
}

}  // namespace tercet::http
