#include "loaders/article/name_runs.hpp"

#include <algorithm>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

/// Joins the words of one sentence into runs.
class RunFinder {
public:
    explicit RunFinder(const Tree& tree) : tree_(tree), shouted_(is_title_case()) {}

    std::vector<NameRun> find() const {
        std::vector<NameRun> runs;
        for (int at = 0; at < tree_.size();) {
            const int end = run_end(at);
            if (end == at) {
                ++at;
                continue;
            }
            split(at, end, runs);
            at = end;
        }
        return runs;
    }

private:
    /// Headlines that capitalise every word: only the tagger can tell names there.
    bool is_title_case() const {
        int letters = 0;
        int capitals = 0;
        for (int i = 0; i < tree_.size(); ++i) {
            if (!text::is_letter(tree_.form(i)[0]) || tree_.form(i).size() < 4) continue;
            ++letters;
            capitals += text::is_capitalised(tree_.form(i)) ? 1 : 0;
        }
        return letters >= 4 && capitals * 10 >= letters * 8;
    }
    bool starts_sentence(int word) const {
        return word == 0 || tree_.has_tag(word - 1, "PUNCT") || tree_.has_tag(word - 1, "SYM");
    }
    /// Whether the tagger of names marked the word as part of a person, an organisation or a place.
    bool is_tagged(int word) const {
        const language::NameKind kind = tree_[word].name;
        if (kind == language::NameKind::Person && tree_.form(word) == "and") return false;  // two people are never one name
        return kind != language::NameKind::None && kind != language::NameKind::Other;
    }
    /// Where the tagged name that goes over the word ends.
    int tagged_end(int word) const {
        int end = word + 1;
        while (end < tree_.size() && is_tagged(end) && tree_[end].name == tree_[word].name && !tree_[end].begins_name) ++end;
        return end;
    }
    /// Two tagged names side by side stay two, unless the second starts with an office: "U.S. Army" "General Votel".
    bool parts(int word) const {
        return tree_[word].begins_name && is_tagged(word) && tree_[word - 1].name != language::NameKind::None && !is_role_word(word) && !is_hyphen(word) && !is_hyphen(word - 1) &&
               !lexicon::is_honorific(text::lower(tree_.form(word)));
    }
    bool is_name_word(int word) const {
        const std::string_view form = tree_.form(word);
        if (is_tagged(word) && (tree_[word].begins_name || text::is_capitalised(form))) return true;
        if (form.empty() || !text::is_capitalised(form) || text::is_digit(form[0]) || form == "I") return false;
        const std::string lowered = text::lower(form);
        if (lexicon::is_time_word(lowered) && lexicon::weekday_number(form) + lexicon::month_number(form) >= 0)
            return false;
        if (tree_.has_tag(word, "PROPN") || tree_[word].xpos.starts_with("NNP")) return true;
        if (lexicon::country_by_name(form) != nullptr) return true;
        if (shouted_ || starts_sentence(word)) {
            if (opens_organisation(word)) return true;
            const bool opens = lexicon::country_by_demonym(form) != nullptr || lexicon::is_role_noun(lowered);
            return opens && word + 1 < tree_.size() && is_role_or_name(word + 1);
        }
        if (lexicon::is_function_word(lowered) || lexicon::is_vague(lowered)) return false;
        return !tree_.has_tag(word, "PUNCT") && !tree_.has_tag(word, "VERB") && !tree_.has_tag(word, "AUX");
    }
    /// "Foreign Ministry officials": a common word that opens a sentence and a name.
    bool opens_organisation(int word) const {
        const int head = tree_.head(word);
        return head > word && head <= word + 2 && tree_.is_any(word, {"amod", "compound"}) && !shouted_ &&
               text::is_capitalised(tree_.form(head)) && lexicon::is_organisation_noun(tree_.lemma(head));
    }
    bool is_role_or_name(int word) const {
        return tree_.has_tag(word, "PROPN") || lexicon::is_role_noun(text::lower(tree_.form(word))) ||
               lexicon::is_role_modifier(text::lower(tree_.form(word)));
    }
    bool is_hyphen(int word) const {
        const std::string_view form = tree_.form(word);
        return (form == "-" || form == "\xE2\x80\x91" || form == "\xE2\x80\x93") && word > 0 &&
               !tree_[word - 1].space_after && !tree_[word].space_after;
    }
    bool is_lower_role(int word) const {
        return !text::is_capitalised(tree_.form(word)) && lexicon::is_role_noun(text::lower(tree_.form(word)));
    }
    /// Where lower-case role words that lead to a name end; `at` itself if they lead nowhere.
    int past_lower_roles(int at) const {
        int end = at;
        while (end < tree_.size() && !text::is_capitalised(tree_.form(end)) &&
               (lexicon::is_role_noun(tree_.lemma(end)) || lexicon::is_role_modifier(tree_.lemma(end)))) {
            ++end;
        }
        const bool leads = end > at && end < tree_.size() && is_lower_role(end - 1) && is_name_word(end);
        return leads ? end : at;
    }
    /// "of", "of the", "for" behind a noun that wants it: "Department of State".
    int past_link(int at) const {
        const std::string& before = tree_.lemma(at - 1);
        const std::string_view form = tree_.form(at);
        const bool of = form == "of" && (lexicon::is_organisation_noun(before) || lexicon::is_role_noun(before) ||
                                         lexicon::is_place_noun(before));
        const bool for_role = (form == "for" || form == "to") && lexicon::is_role_noun(before);
        if (!text::is_capitalised(tree_.form(at - 1)) || (!of && !for_role)) return at;
        int next = at + 1;
        if (next < tree_.size() && tree_.form(next) == "the") ++next;
        return next < tree_.size() && is_name_word(next) ? next : at;
    }
    /// "European and Eurasian Affairs": joined inside an office only.
    int past_and(int begin, int at) const {
        const bool in_affairs = std::ranges::any_of(range(begin, at), [&](int i) { return tree_.form(i) == "for"; });
        if (!in_affairs || tree_.form(at) != "and" || at + 2 >= tree_.size()) return at;
        return is_name_word(at + 1) && is_name_word(at + 2) ? at + 1 : at;
    }
    static std::vector<int> range(int begin, int end) {
        std::vector<int> words;
        for (int i = begin; i < end; ++i) words.push_back(i);
        return words;
    }

    int run_end(int begin) const {
        int at = past_lower_roles(begin);
        if (!is_name_word(at)) return begin;
        while (at < tree_.size() && (at == begin || !parts(at))) {
            if (is_tagged(at)) {
                at = tagged_end(at);
            } else if (is_name_word(at)) {
                ++at;
            } else if (is_hyphen(at) && at + 1 < tree_.size() && (is_name_word(at + 1) || !is_tagged(at - 1))) {
                at += 2;
            } else if (const int linked = std::max({past_link(at), past_and(begin, at), past_lower_roles(at)});
                       linked > at) {
                at = linked;
            } else {
                break;
            }
        }
        return at;
    }

    /// Cuts a run into organisation, office and name.
    void split(int begin, int end, std::vector<NameRun>& runs) const {
        const int role = lexicon::is_organisation_noun(tree_.lemma(end - 1)) ? -1 : last_role_noun(begin, end);
        if (role < 0) {
            runs.push_back({begin, begin, begin, begin, end});
            return;
        }
        int role_first = role;
        while (role_first > begin && is_role_word(role_first - 1) && !follows_of(begin, role_first - 1)) --role_first;
        const int name = name_behind(role, end);
        runs.push_back({begin, role_first, role + 1, name, end});
    }
    bool is_role_word(int word) const {
        const std::string lowered = text::lower(tree_.form(word));
        return lexicon::is_role_modifier(lowered) || lexicon::is_role_noun(lowered);
    }
    /// The "State" of "Department of State spokesman" is no part of the office.
    bool follows_of(int begin, int word) const { return word > begin && tree_.form(word - 1) == "of"; }
    /// The "President" of "Office of the President".
    bool is_within_organisation(int word) const {
        const language::NameKind kind = tree_[word].name;
        if (kind != language::NameKind::Organisation && kind != language::NameKind::Place) return false;
        int first = word;
        while (first > 0 && tree_[first - 1].name == kind && !tree_[first].begins_name) --first;
        return std::ranges::any_of(range(first, word), [&](int i) { return tree_.form(i) == "of"; });
    }
    /// The "Bishop" of "Julie Bishop", behind a given name or an office and a name.
    bool is_surname(int begin, int word, int end) const {
        const bool ends_person = word > begin && word + 1 == end && tree_[word].name == language::NameKind::Person && !tree_[word].begins_name;
        if (!ends_person || is_role_word(word - 1)) return false;
        const auto is_office = [&](int i) { return lexicon::is_role_noun(text::lower(tree_.form(i))); };
        return tree_[word - 1].gender != language::Gender::Unknown || std::ranges::any_of(range(begin, word - 1), is_office);
    }
    /// The "Dean" of "Jeffrey Dean Morgan": between a given name and another name.
    bool is_middle_name(int begin, int word, int end) const {
        return word > begin && word + 1 < end && tree_[word - 1].gender != language::Gender::Unknown && text::is_capitalised(tree_.form(word)) &&
               tree_.has_tag(word, "PROPN") && tree_.has_tag(word + 1, "PROPN") && !is_role_word(word - 1);
    }
    int last_role_noun(int begin, int end) const {
        for (int i = end - 1; i >= begin; --i) {
            if (is_within_organisation(i)) continue;
            const std::string lowered = text::lower(tree_.form(i));
            const bool part_of_name =
                (i + 1 < end && is_hyphen(i + 1) && !lexicon::is_role_noun(text::lower(tree_.form(i + 2)))) || is_surname(begin, i, end) || is_middle_name(begin, i, end);
            if (!part_of_name && (lexicon::is_role_noun(lowered) || lexicon::is_honorific(lowered))) return i;
        }
        return -1;
    }
    /// Where the holder's name begins behind a role noun; `end` if nobody is named.
    int name_behind(int role, int end) const {
        if (role + 1 >= end) return end;
        if (is_name_word(role + 1)) return role + 1;
        for (int i = role + 2; i < end; ++i) {  // "Secretary for European Affairs Yuri Kim": a flat name inside
            const bool starts_flat = std::ranges::any_of(
                tree_.children(i), [&](int child) { return child > i && child < end && tree_.is(child, "flat"); });
            if (starts_flat) return i;
        }
        return end;
    }

    const Tree& tree_;
    bool shouted_;
};

}  // namespace

std::vector<NameRun> find_name_runs(const Tree& tree) { return RunFinder(tree).find(); }

std::string words_text(const Tree& tree, int first, int end, std::string_view text) {
    if (first >= end) return {};
    const std::size_t begin = tree[first].begin;
    return text::squeeze(text.substr(begin, tree[end - 1].end - begin));
}

}  // namespace tercet::article
