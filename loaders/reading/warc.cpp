#include "loaders/reading/warc.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "engine/base/line_reader.hpp"
#include "loaders/article/text.hpp"
#include "loaders/input/unpacked.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

constexpr std::size_t kLongestRecord = 16'000'000;  ///< bytes that are kept of one
constexpr std::size_t kMostHeaders = 200;           ///< of one record that are kept; some twenty are usual
constexpr std::size_t kLongestHeader = 10'000;      ///< bytes; what is longer is none that we know

using Headers = std::map<std::string, std::string, std::less<>>;  ///< names in lower case

std::string_view header(const Headers& headers, std::string_view name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

void add_header(std::string_view line, Headers& headers) {
    if (headers.size() == kMostHeaders || line.size() > kLongestHeader) return;
    const auto colon = line.find(':');
    if (colon != line.npos) headers[text::lower(text::trim(line.substr(0, colon)))] = text::trim(line.substr(colon + 1));
}

/// Splits the head off an HTTP answer; its first line, such as "HTTP/1.1 200 OK", is under the empty name.
Headers take_http_head(std::string& answer) {
    Headers headers;
    std::size_t at = 0;
    for (bool first = true; at < answer.size(); first = false) {
        const std::size_t end = std::min(answer.find('\n', at), answer.size());
        const std::string_view line = text::trim(std::string_view(answer).substr(at, end - at));
        at = std::min(end + 1, answer.size());
        if (line.empty()) break;
        if (first) headers[""] = line;
        else add_header(line, headers);
    }
    answer.erase(0, at);
    return headers;
}

/// Joins the pieces of "Transfer-Encoding: chunked". What is not in that form stays as it is: archives often keep the
/// header of a body that they have joined already.
std::string joined_chunks(std::string body) {
    std::string joined;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = body.find('\n', at);
        if (end == body.npos) return joined.empty() ? body : joined;
        std::size_t size = 0;
        const auto [stop, error] = std::from_chars(body.data() + at, body.data() + end, size, 16);
        const bool is_size = error == std::errc() && (*stop == '\r' || *stop == '\n' || *stop == ';' || *stop == ' ');
        if (!is_size) return joined.empty() ? body : joined;
        if (size == 0) break;
        joined += std::string_view(body).substr(end + 1, size);
        at = end + 1 + std::min(size, body.size() - end - 1);
        while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
    }
    return joined;
}

std::string charset_in(std::string_view content_type) {
    const std::string lowered = text::lower(content_type);
    const auto at = lowered.find("charset=");
    if (at == lowered.npos) return {};
    std::string name = lowered.substr(at + 8, lowered.find(';', at) - at - 8);
    std::erase(name, '"');
    return std::string(text::trim(name));
}

bool is_page(std::string_view content_type) { return content_type.starts_with("text/html") || content_type.starts_with("application/xhtml"); }

/// Whether it is something to read; fills in what its headers say.
bool describe(std::string_view content_type, RawDocument& document) {
    const std::string type = text::lower(content_type);
    document.format = is_page(type) ? Format::Html : Format::Text;
    document.charset = charset_in(type);
    return is_page(type) || type.starts_with("text/plain");
}

bool open_answer(RawDocument& document) {
    const Headers http = take_http_head(document.bytes);
    if (header(http, "").find(" 200") == std::string_view::npos) return false;
    if (text::lower(header(http, "transfer-encoding")) == "chunked") document.bytes = joined_chunks(std::move(document.bytes));
    const std::string packing = text::lower(header(http, "content-encoding"));
    if (packing == "gzip" || packing == "x-gzip" || packing == "zstd") document.bytes = input::unpacked(document.bytes, kLongestRecord);
    return describe(header(http, "content-type"), document);
}

/// Whether the record is a document.
bool open_record(const Headers& headers, RawDocument& document) {
    document.about.url = header(headers, "warc-target-uri");
    if (document.about.url.starts_with('<') && document.about.url.ends_with('>')) document.about.url = document.about.url.substr(1, document.about.url.size() - 2);
    const std::string_view type = header(headers, "warc-type");
    const std::string_view content_type = header(headers, "content-type");
    if (type == "response") return content_type.starts_with("application/http") && open_answer(document);
    return (type == "resource" || type == "conversion") && describe(content_type, document);
}

std::size_t length_of(const Headers& headers) {
    const std::string_view digits = header(headers, "content-length");
    std::size_t length = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return length;
}

/// The block behind the headers; what is beyond the limit is passed over.
std::string read_block(std::istream& in, std::size_t length, std::string& note) {
    std::string block(std::min(length, kLongestRecord), '\0');
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    const auto got = static_cast<std::size_t>(in.gcount());
    if (got < block.size()) note = "the archive ends within it; only what stands before that is read";
    block.resize(got);
    if (length > got && note.empty()) {
        in.ignore(static_cast<std::streamsize>(length - got));
        note = "it is too long for an article; only its first " + std::to_string(kLongestRecord / 1'000'000) + " MB are read";
    }
    return block;
}

}  // namespace

void read_warc(std::istream& in, std::string& damage, const std::function<void(RawDocument)>& take) {
    LineReader lines(in);
    for (int number = 1; lines.next();) {
        const std::string_view line = text::trim(lines.line());
        if (line.empty()) continue;
        if (!line.starts_with("WARC/")) {
            damage = "record " + std::to_string(number) + " does not begin with WARC/; what stands before that is read";
            return;
        }
        Headers headers;
        while (lines.next() && !text::trim(lines.line()).empty()) add_header(lines.line(), headers);
        RawDocument document;
        document.bytes = read_block(in, length_of(headers), document.note);
        if (open_record(headers, document)) {
            document.part = "record " + std::to_string(number);
            take(std::move(document));
        }
        ++number;
    }
}

}  // namespace tercet::reading
