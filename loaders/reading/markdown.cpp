#include "loaders/reading/markdown.hpp"

#include <cmark.h>

#include <algorithm>
#include <memory>

#include "loaders/article/dateline.hpp"
#include "loaders/article/text.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

std::string_view without_quotes(std::string_view value) {
    const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    return quoted ? value.substr(1, value.size() - 2) : value;
}

/// Takes the front matter off the text.
std::string_view read_front_matter(std::string_view markdown, article::Metadata& about) {
    constexpr std::string_view kFence = "---";
    const auto first = markdown.find('\n');
    if (first == markdown.npos || text::trim(markdown.substr(0, first)) != kFence) return markdown;
    for (std::size_t begin = first + 1; begin < markdown.size();) {
        const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
        const std::string_view line = text::trim(markdown.substr(begin, end - begin));
        begin = std::min(end + 1, markdown.size());
        if (line == kFence) return markdown.substr(begin);
        const auto colon = line.find(':');
        if (colon == line.npos) continue;
        const std::string key = text::lower(text::trim(line.substr(0, colon)));
        const std::string_view value = without_quotes(text::trim(line.substr(colon + 1)));
        if (key == "title") about.title = value;
        else if (key == "date") about.date = article::find_date(value);
        else if (key == "author") about.author = value;
        else if (key == "url") about.url = value;
    }
    return markdown;  // the fence is never closed: a rule, not front matter
}

/// Collects the words of paragraphs and headings.
class Blocks {
public:
    explicit Blocks(FoundText& source) : source_(source) {}

    void meet(cmark_node* node, bool entering) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_PARAGRAPH: finish(); break;
            case CMARK_NODE_HEADING: entering ? finish() : finish_heading(); break;
            case CMARK_NODE_IMAGE: pictures_ += entering ? 1 : -1; break;
            case CMARK_NODE_LINK: links_ += entering ? 1 : -1; break;
            case CMARK_NODE_TEXT:
            case CMARK_NODE_CODE: add(cmark_node_get_literal(node)); break;
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK: add(" "); break;
            default: break;
        }
    }

private:
    void add(const char* words) {
        if (pictures_ > 0 || words == nullptr) return;
        block_ += words;
        if (links_ > 0) linked_ += std::string_view(words).size();
    }
    void finish() {
        const std::string line = text::squeeze(block_);
        const bool menu = linked_ * 2 > block_.size();
        block_.clear();
        linked_ = 0;
        if (!line.empty() && !menu) source_.text += line + "\n\n";
    }
    void finish_heading() {
        if (source_.about.title.empty()) source_.about.title = text::squeeze(block_);
        finish();
    }

    FoundText& source_;
    std::string block_;
    int pictures_ = 0;        ///< how many the place is inside of: their texts are captions
    int links_ = 0;           ///< the same for links
    std::size_t linked_ = 0;  ///< bytes of the block that are links
};

}  // namespace

FoundText read_markdown(std::string_view utf8) {
    FoundText source;
    const std::string_view body = read_front_matter(utf8, source.about);
    if (!source.about.title.empty()) source.text = source.about.title + "\n\n";
    const std::unique_ptr<cmark_node, FreeNode> root(cmark_parse_document(body.data(), body.size(), CMARK_OPT_VALIDATE_UTF8));
    const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root.get()));
    Blocks blocks(source);
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(iterator.get())) {
        blocks.meet(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
    }
    return source;
}

}  // namespace tercet::reading
