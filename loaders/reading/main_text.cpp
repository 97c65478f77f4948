#include "loaders/reading/main_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loaders/article/text.hpp"
#include "loaders/reading/clutter.hpp"
#include "loaders/reading/html_tree.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

constexpr std::array<std::string_view, 31> kInline{"a",    "abbr", "acronym", "b",    "bdi", "bdo",    "big",   "cite", "del", "dfn", "em",  "font", "i",    "ins", "kbd", "mark",
                                                   "nobr", "q",    "s",       "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",  "u", "var", "wbr"};

/// One run of text between the borders of elements that stand as blocks.
struct Block {
    std::string text;
    std::size_t linked = 0;             ///< bytes of it that are links
    const xmlNode* element = nullptr;   ///< the block element around it
    const xmlNode* doubtful = nullptr;  ///< the outermost element around it that looks like clutter

    [[nodiscard]] bool is_menu() const { return linked * 2 > text.size(); }
    /// How much running text it is.
    [[nodiscard]] std::size_t weight() const { return text::words(text).size() >= 10 && linked * 3 < text.size() ? text.size() : 0; }
};

bool is_inline(const xmlNode* element) { return std::ranges::find(kInline, name_of(element)) != kInline.end(); }

bool is_heading(const xmlNode* element) {
    const std::string_view name = name_of(element);
    return name.size() == 2 && name[0] == 'h' && text::is_digit(name[1]);
}

/// Walks a page and cuts it into blocks.
class BlockCutter {
public:
    explicit BlockCutter(const xmlNode* page) : block_element_(page) {
        bool skip = false;
        for (const xmlNode* at = page; at != nullptr; at = step(at, page, skip)) skip = !enter(at);
        finish();
    }
    std::vector<Block> take() && { return std::move(blocks_); }

private:
    /// False if what is below is not to be read.
    bool enter(const xmlNode* node) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            add(reinterpret_cast<const char*>(node->content));
            return true;
        }
        if (node->type != XML_ELEMENT_NODE) return node->type == XML_ENTITY_REF_NODE || node->children != nullptr;
        const Purpose purpose = purpose_of(node);
        if (name_of(node) == "br") line_break();
        else if (!is_inline(node)) begin_block(purpose == Purpose::Never ? block_element_ : node);
        if (purpose == Purpose::Never) return false;
        if (purpose == Purpose::Doubtful && doubtful_ == nullptr) doubtful_ = node;
        if (name_of(node) == "a") ++links_;
        return true;
    }

    void begin_block(const xmlNode* node) {
        finish();
        block_element_ = node;
    }

    /// One line break is a blank; two make a new paragraph, and so does one behind a sentence.
    void line_break() {
        ++breaks_;
        const std::string_view before = text::trim(current_.text);
        const bool closed = !before.empty() && std::string_view(".!?\"").find(before.back()) != std::string_view::npos;
        if (breaks_ > 1 || closed) return finish();
        current_.text += ' ';
    }

    /// The next node; elements that end on the way there are left.
    const xmlNode* step(const xmlNode* node, const xmlNode* root, bool skip) {
        const xmlNode* next = next_node(node, root, skip);
        const xmlNode* parent = next == nullptr ? nullptr : next->parent;
        if (!skip && node->children != nullptr && next == node->children) return next;
        for (const xmlNode* left = node; left != nullptr && left != parent; left = left->parent) {
            if (left->type == XML_ELEMENT_NODE && !(left == node && skip)) leave(left);
        }
        return next;
    }

    void leave(const xmlNode* element) {
        if (name_of(element) == "a") --links_;
        if (element == doubtful_) {
            finish();
            doubtful_ = nullptr;
        }
        if (is_inline(element) || name_of(element) == "br") return;
        finish();
        block_element_ = element->parent;
    }

    void add(std::string_view words) {
        current_.text += words;
        if (links_ > 0) current_.linked += words.size();
        if (words.find_first_not_of(" \t\r\n") != words.npos) breaks_ = 0;
    }

    void finish() {
        breaks_ = 0;
        current_.text = text::squeeze(current_.text);
        current_.element = block_element_;
        current_.doubtful = doubtful_;
        if (!current_.text.empty()) blocks_.push_back(std::move(current_));
        current_ = {};
    }

    std::vector<Block> blocks_;
    Block current_;
    const xmlNode* block_element_;
    const xmlNode* doubtful_ = nullptr;
    int links_ = 0;
    int breaks_ = 0;  ///< line breaks since the last word
};

using Weights = std::unordered_map<const xmlNode*, std::size_t>;

/// How much running text stands in each element: its own blocks first, then, from the last element to the first, what is below.
Weights weigh(const xmlNode* page, const std::vector<Block>& blocks, bool with_doubtful) {
    Weights weights;
    for (const Block& block : blocks) {
        if (block.doubtful == nullptr || with_doubtful) weights[block.element] += block.weight();
    }
    std::vector<const xmlNode*> elements;
    for (const xmlNode* at = page; at != nullptr; at = next_node(at, page, false)) {
        if (at->type == XML_ELEMENT_NODE) elements.push_back(at);
    }
    for (auto at = elements.rbegin(); at != elements.rend() && *at != page; ++at) {
        const auto own = weights.find(*at);
        const std::size_t weight = own == weights.end() ? 0 : own->second;
        if (weight > 0) weights[(*at)->parent] += weight;
    }
    return weights;
}

std::size_t weight_of(const Weights& weights, const xmlNode* node) {
    const auto found = weights.find(node);
    return found == weights.end() ? 0 : found->second;
}

bool is_marked(const xmlNode* element, std::string_view mark) {
    if (mark == "articleBody") return attribute(element, "itemprop") == mark;
    return name_of(element) == mark || (mark == "main" && attribute(element, "role") == mark);
}

/// The element that the page itself marks as its article, if at least half of the running text stands in it.
const xmlNode* marked_root(const xmlNode* page, const Weights& weights, std::size_t total) {
    for (const std::string_view mark : {"articleBody", "article", "main"}) {
        const xmlNode* best = nullptr;
        std::size_t most = 0;
        for (const xmlNode* at = page; at != nullptr; at = next_node(at, page, false)) {
            if (at->type != XML_ELEMENT_NODE || !is_marked(at, mark)) continue;
            const std::size_t weight = weight_of(weights, at);
            if (weight * 2 < total || weight <= most) continue;
            best = at;
            most = weight;
        }
        if (best != nullptr) return best;
    }
    return nullptr;
}

/// The smallest element that holds nearly all running text.
const xmlNode* dense_root(const xmlNode* page, const Weights& weights, std::size_t total) {
    const xmlNode* root = page;
    for (const xmlNode* child = page->children; child != nullptr;) {
        const bool nearly_all = total > 0 && child->type == XML_ELEMENT_NODE && weight_of(weights, child) * 100 >= total * 85;
        if (nearly_all) root = child;
        child = nearly_all ? child->children : child->next;
    }
    return root;
}

bool is_within(const xmlNode* node, const xmlNode* root) {
    while (node != nullptr && node != root) node = node->parent;
    return node == root;
}

}  // namespace

std::string main_text(const xmlNode* page) {
    std::vector<Block> blocks = BlockCutter(page).take();
    const Weights all = weigh(page, blocks, true);
    const std::size_t total = weight_of(all, page);
    for (Block& block : blocks) {
        const bool holds_most = block.doubtful != nullptr && weight_of(all, block.doubtful) * 2 > total;
        if (holds_most) block.doubtful = nullptr;
    }
    const Weights weights = weigh(page, blocks, false);
    const std::size_t sure = weight_of(weights, page);
    const xmlNode* marked = marked_root(page, weights, sure);
    const xmlNode* root = marked != nullptr ? marked : dense_root(page, weights, sure);
    std::string result;
    for (const Block& block : blocks) {
        const bool kept = block.doubtful == nullptr && !block.is_menu() && !is_heading(block.element) && is_within(block.element, root);
        if (kept) result += block.text + "\n\n";
    }
    return result;
}

}  // namespace tercet::reading
