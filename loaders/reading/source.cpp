#include "loaders/reading/source.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "loaders/article/text.hpp"
#include "loaders/reading/encoding.hpp"
#include "loaders/reading/english.hpp"
#include "loaders/reading/html.hpp"
#include "loaders/reading/markdown.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

struct Extension {
    std::string_view end;
    Format format;
};
constexpr std::array kExtensions{
    Extension{".txt", Format::Text},  Extension{".text", Format::Text}, Extension{".md", Format::Markdown}, Extension{".markdown", Format::Markdown},
    Extension{".html", Format::Html}, Extension{".htm", Format::Html},  Extension{".xhtml", Format::Html},
    Extension{".jsonl", Format::JsonLines}, Extension{".ndjson", Format::JsonLines}, Extension{".rss", Format::Feed}, Extension{".atom", Format::Feed},
    Extension{".warc", Format::Warc}, Extension{".wet", Format::Warc},
};
constexpr std::array<std::string_view, 4> kPacked{".gz", ".zst", ".bz2", ".xz"};

constexpr std::size_t kHead = 512;                      ///< bytes by which a format is told
constexpr std::size_t kLongestBytes = 16'000'000;       ///< of one document; what is longer is no article
constexpr std::size_t kLongestText = 4'000'000;         ///< the same for its text: a thick novel
constexpr std::size_t kLongestMarkdown = 1'000'000;     ///< before its marks are read: each may take a hundred times its length as long as that lasts
constexpr std::size_t kLongestField = 1'000;             ///< of what is told about it, such as its title
constexpr std::size_t kTooLittle = 200;                 ///< bytes of prose; less does not tell the language

const Extension* extension_of(std::string_view name) {
    for (const std::string_view packed : kPacked) {
        if (name.ends_with(packed)) name.remove_suffix(packed.size());
    }
    const std::string lowered = text::lower(name);
    const auto found = std::ranges::find_if(kExtensions, [&](const Extension& row) { return lowered.ends_with(row.end); });
    return found == kExtensions.end() ? nullptr : &*found;
}

constexpr std::string_view kWayOut = "; cut it into several files to have all of it";

/// Cut before the character that crosses the limit. True if it was.
bool shorten(std::string& utf8, std::size_t limit) {
    if (utf8.size() <= limit) return false;
    while (limit > 0 && (static_cast<unsigned char>(utf8[limit]) & 0xC0U) == 0x80) --limit;
    utf8.resize(limit);
    return true;
}

void shorten(std::string& utf8, std::size_t limit, std::string& note) {
    if (!shorten(utf8, limit) || !note.empty()) return;
    note = "it is too long for an article; only its first " + std::to_string(limit / 1'000'000) + " MB are read" + std::string(kWayOut);
}

/// No address is that long, and half of one leads nowhere.
void shorten(article::Metadata& about) {
    for (std::string* field : {&about.title, &about.author, &about.site}) (void)shorten(*field, kLongestField);
    if (about.url.size() > kLongestField * 8) about.url.clear();
}

/// What the container tells counts; the document fills the gaps.
void complete(article::Metadata& known, article::Metadata found) {
    const auto fill = [](std::string& field, std::string& from) {
        if (field.empty()) field = std::move(from);
    };
    fill(known.title, found.title);
    fill(known.date, found.date);
    fill(known.author, found.author);
    fill(known.site, found.site);
    fill(known.url, found.url);
}

FoundText read_as(Format format, std::string utf8) {
    if (format == Format::Html) return read_html(utf8);
    if (format == Format::Markdown) return read_markdown(utf8);
    return {std::move(utf8), {}, {}};
}

}  // namespace

Format format_of(std::string_view name, std::string_view bytes) {
    if (const Extension* extension = extension_of(name)) return extension->format;
    const std::string head = text::lower(text::trim(bytes.substr(0, kHead)));
    for (const std::string_view start : {"<!doctype html", "<html", "<head", "<body", "<article"}) {
        if (head.find(start) != head.npos) return Format::Html;
    }
    if (head.starts_with('{')) return Format::JsonLines;
    if (head.starts_with("warc/")) return Format::Warc;
    for (const std::string_view mark : {"<rss", "<feed", "purl.org/rss/1.0"}) {
        if (head.find(mark) != head.npos) return Format::Feed;
    }
    return Format::Text;
}

bool names_an_article(std::string_view name) { return extension_of(name) != nullptr; }

Source read_source(RawDocument raw) {
    Source source;
    source.note = std::move(raw.note);
    source.refusal = std::move(raw.refusal);
    if (!source.refusal.empty()) return source;
    shorten(raw.bytes, kLongestBytes, source.note);
    if (raw.charset.empty() && raw.format == Format::Html) raw.charset = declared_charset(raw.bytes);
    std::string utf8 = to_utf8(std::move(raw.bytes), raw.charset);
    if (raw.format == Format::Markdown) shorten(utf8, kLongestMarkdown, source.note);
    FoundText found = read_as(raw.format, std::move(utf8));
    if (source.note.empty()) source.note = std::move(found.note);
    shorten(found.text, kLongestText, source.note);
    complete(raw.about, std::move(found.about));
    shorten(raw.about);
    // A headline that the container tells is read too.
    if (!raw.about.title.empty() && !text::trim(found.text).starts_with(raw.about.title)) found.text.insert(0, raw.about.title + "\n\n");
    source.text = std::move(found.text);
    source.document = article::read_document(source.text, std::move(raw.about));
    if (source.document.is_cut && source.note.empty()) {
        source.note = "it is too long for an article; only its first " + std::to_string(article::kMostWords) + " words and marks are read" + std::string(kWayOut);
    }
    // What is prose is decided by the small words of English, so another language may have none.
    const std::string prose = text::squeeze(source.document.prose);
    const std::string language = foreign_language(prose.size() < kTooLittle ? text::squeeze(source.text) : prose);
    if (!language.empty()) source.refusal = "its text is " + language + ", and only English is read";
    return source;
}

}  // namespace tercet::reading
