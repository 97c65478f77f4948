#include "loaders/reading/attributes.hpp"

#include <algorithm>

#include "loaders/article/text.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

/// Walks through markup from tag to tag.
class TagWalker {
public:
    explicit TagWalker(std::string& markup) : markup_(markup) {}

    void walk() {
        while (at_ < markup_.size()) {
            at_ = std::min(markup_.find('<', at_), markup_.size());
            if (starts("<!--")) pass_behind("-->");
            else if (at_ + 1 < markup_.size() && text::is_letter(markup_[at_ + 1])) walk_tag();
            else ++at_;
        }
    }

private:
    [[nodiscard]] bool starts(std::string_view what) const { return std::string_view(markup_).substr(at_, what.size()) == what; }
    void pass_behind(std::string_view what) {
        const auto found = markup_.find(what, at_);
        at_ = found == markup_.npos ? markup_.size() : found + what.size();
    }
    [[nodiscard]] bool ends_tag() const { return at_ >= markup_.size() || markup_[at_] == '>'; }
    void pass_blanks() {
        while (at_ < markup_.size() && text::is_space(markup_[at_])) ++at_;
    }
    /// To the next blank, to the end of the tag, or to one further character.
    void pass_word(char stop) {
        while (!ends_tag() && !text::is_space(markup_[at_]) && markup_[at_] != stop) ++at_;
    }

    void walk_tag() {
        const std::size_t begin = at_ + 1;
        pass_word('/');
        const std::string name = text::lower(std::string_view(markup_).substr(begin, std::min<std::size_t>(at_ - begin, 8)));
        std::size_t limit = markup_.npos;  // where the attributes end that are read
        for (std::size_t count = 0; pass_blanks(), !ends_tag(); ++count) {
            if (count == kMostAttributes) limit = at_;
            walk_attribute();
        }
        if (limit < at_) std::fill(markup_.begin() + static_cast<std::ptrdiff_t>(limit), markup_.begin() + static_cast<std::ptrdiff_t>(at_), ' ');
        if (name == "script" || name == "style") pass_raw("</" + name);
    }
    /// What stands in an element of raw text; its end may be written in capitals.
    void pass_raw(const std::string& end) {
        for (at_ = std::min(markup_.find("</", at_), markup_.size()); at_ < markup_.size(); at_ = std::min(markup_.find("</", at_ + 2), markup_.size())) {
            if (text::lower(std::string_view(markup_).substr(at_, end.size())) == end) return;
        }
    }
    void walk_attribute() {
        ++at_;  // whatever it is, so that the walk gets on
        pass_word('=');
        pass_blanks();
        if (ends_tag() || markup_[at_] != '=') return;
        ++at_;
        pass_blanks();
        if (ends_tag()) return;
        const char mark = markup_[at_];
        if (mark != '"' && mark != '\'') return pass_word('>');
        ++at_;
        pass_behind(std::string_view(&mark, 1));
    }

    std::string& markup_;
    std::size_t at_ = 0;
};

}  // namespace

std::string without_endless_tags(std::string markup) {
    TagWalker(markup).walk();
    return markup;
}

}  // namespace tercet::reading
