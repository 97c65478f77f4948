#include "loaders/training/name_data.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "loaders/language/name_tagger.hpp"
#include "loaders/language/tokeniser.hpp"
#include "loaders/training/files.hpp"

namespace tercet::training {
namespace {

using language::NameKind;
using language::Sentence;

bool is_capitalised(std::string_view word) {
    return !word.empty() && (std::isupper(static_cast<unsigned char>(word[0])) != 0 || word[0] == '\xC3');
}

std::vector<language::NameSpan> distinct(const auto& spans) {
    std::vector<language::NameSpan> names;
    for (const auto& span : spans) {
        const language::NameSpan name{static_cast<int>(span.first), static_cast<int>(span.end), span.kind};
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    return names;
}

bool starts_with_digit(std::string_view word) { return !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0; }

/// Words [first, end) of one sentence.
struct Span {
    std::size_t first = 0;
    std::size_t end = 0;
    NameKind kind = NameKind::None;
};

/// Labels the longest of the spans that overlap.
std::vector<std::uint8_t> labels_of(std::vector<Span> spans, std::size_t words) {
    std::ranges::stable_sort(spans, [](const Span& a, const Span& b) { return a.end - a.first > b.end - b.first; });
    std::vector<std::uint8_t> labels(words, 0);
    std::vector<bool> taken(words, false);
    for (const Span& span : spans) {
        if (std::any_of(taken.begin() + static_cast<long>(span.first), taken.begin() + static_cast<long>(span.end), [](bool is) { return is; })) continue;
        for (std::size_t i = span.first; i < span.end; ++i) {
            taken[i] = true;
            labels[i] = static_cast<std::uint8_t>(language::name_label(span.kind, i == span.first));
        }
    }
    return labels;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
    return parts;
}

// GUM

NameKind kind_in_gum(const std::string& type) {
    static const std::map<std::string, NameKind> kKinds{
        {"person", NameKind::Person}, {"animal", NameKind::Other},  {"organization", NameKind::Organisation}, {"place", NameKind::Place},
        {"event", NameKind::Other},   {"object", NameKind::Other},  {"abstract", NameKind::Other},            {"substance", NameKind::Other},
        {"plant", NameKind::Other},
    };
    const auto found = kKinds.find(type);
    return found == kKinds.end() ? NameKind::None : found->second;
}

/// The mentions in the column MISC, word by word.
class MentionReader {
public:
    void read_word(const std::string& misc, std::size_t word) {
        static const std::regex kMark(R"(\((\d+)-(\w+)[^()]*(\))?|(\d+)\))");
        static const std::regex kEntity("Entity=([^|]*)");
        std::smatch entity;
        if (!std::regex_search(misc, entity, kEntity)) return;
        const std::string marks = entity[1];
        for (std::sregex_iterator it(marks.begin(), marks.end(), kMark), end; it != end; ++it) {
            const std::smatch& mark = *it;
            if (mark[4].matched) close(mark[4], word);
            else open_.push_back({mark[1], {word, 0, kind_in_gum(mark[2])}});
            if (mark[3].matched) close(mark[1], word);
        }
    }
    std::vector<Span> finish() {
        open_.clear();
        return std::move(spans_);
    }

private:
    void close(const std::string& id, std::size_t word) {
        const auto found = std::find_if(open_.rbegin(), open_.rend(), [&](const auto& mention) { return mention.first == id; });
        if (found == open_.rend()) return;
        Span span = found->second;
        span.end = word + 1;
        if (span.kind != NameKind::None) spans_.push_back(span);
        open_.erase(std::next(found).base());
    }

    std::vector<std::pair<std::string, Span>> open_;
    std::vector<Span> spans_;
};

/// The name in a mention; of no kind if its head is no proper noun.
Span name_within(const Span& mention, const Sentence& sentence, const std::vector<Span>& mentions) {
    const auto& words = sentence.words;
    const auto is_inside = [&](int word) { return word >= static_cast<int>(mention.first) && word < static_cast<int>(mention.end); };
    std::size_t head = mention.first;
    while (head < mention.end && is_inside(words[head].head)) ++head;
    if (head == mention.end || !words[head].xpos.starts_with("NNP") || !is_capitalised(words[head].form)) return {};
    const auto is_part = [&](std::size_t i) {
        return (is_capitalised(words[i].form) && words[i].upos != "DET" && words[i].upos != "PRON") || words[i].upos == "PROPN";
    };
    const auto starts_other = [&](std::size_t word) {
        return std::ranges::any_of(mentions, [&](const Span& other) { return other.first == word && other.end <= mention.end && other.end - other.first < mention.end - mention.first; });
    };
    Span name{head, head + 1, mention.kind};
    while (name.first > mention.first && (is_part(name.first - 1) || (words[name.first - 1].form == "-" && name.first - 1 > mention.first && is_part(name.first - 2)))) --name.first;
    while (name.end < mention.end) {
        const std::string& next = words[name.end].form;
        const auto follows = [&](std::size_t i) { return i < mention.end && is_part(i); };
        const bool link = next == "of" || next == "for" || next == "-" || (next == "and" && name.kind == NameKind::Organisation && !starts_other(name.end + 1));
        if (is_part(name.end)) ++name.end;
        else if (link && follows(name.end + 1)) name.end += 2;
        else if (link && follows(name.end + 2) && words[name.end + 1].form == "the") name.end += 3;
        else break;
    }
    return name;
}

bool is_free_genre(const std::string& id) {
    static const std::set<std::string> kNonCommercial{"essay", "fiction", "letter", "podcast", "reddit", "whow"};
    const auto parts = split(id, '_');
    return parts.size() < 2 || !kNonCommercial.contains(parts[1]);
}

NamedText read_gum_text(const std::string& id, const std::string& conllu, const language::Analyser& analyser) {
    NamedText text{id, language::read_conllu(conllu), {}, {}};
    std::vector<std::vector<Span>> mentions;
    MentionReader reader;
    std::size_t word = 0;
    std::istringstream lines(conllu + "\n");
    for (std::string line; std::getline(lines, line);) {
        const auto fields = split(line, '\t');
        if (fields.size() >= 10 && fields[0].find_first_not_of("0123456789") == std::string::npos) reader.read_word(fields[9], word++);
        if (!line.empty() || word == 0) continue;
        mentions.push_back(reader.finish());
        word = 0;
    }
    for (std::size_t i = 0; i < text.sentences.size(); ++i) {
        std::vector<Span> names;
        for (const Span& mention : mentions[i]) {
            const Span name = name_within(mention, text.sentences[i], mentions[i]);
            if (name.kind != NameKind::None) names.push_back(name);
        }
        text.names.push_back(distinct(names));
        text.labels.push_back(labels_of(names, text.sentences[i].words.size()));
    }
    analyser.parse(text.sentences);
    return text;
}

// re3d

std::vector<nlohmann::json> json_lines(const std::filesystem::path& file) {
    std::vector<nlohmann::json> values;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (line.find('{') != std::string::npos) values.push_back(nlohmann::json::parse(line));
    }
    return values;
}

NameKind kind_in_re3d(const std::string& type) {
    if (type == "Person") return NameKind::Person;
    if (type == "Organisation") return NameKind::Organisation;
    return type == "Location" ? NameKind::Place : NameKind::None;
}

/// Where each character of a text begins; its size behind the last.
std::vector<std::size_t> character_offsets(const std::string& text) {
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) offsets.push_back(i);
    }
    offsets.push_back(text.size());
    return offsets;
}

bool is_pronoun(const language::Word& word) { return word.upos == "PRON" || word.upos == "DET"; }

/// The words that a marked part of the text covers exactly, without an article in front; of no kind if it is no name.
Span words_at(const Sentence& sentence, std::size_t begin, std::size_t end, NameKind kind) {
    Span span{sentence.words.size(), 0, kind};
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        const language::Word& word = sentence.words[i];
        if (word.begin < begin || word.end > end) continue;
        span.first = std::min(span.first, i);
        span.end = i + 1;
    }
    if (span.first >= span.end) return {};
    const auto& words = sentence.words;
    if (words[span.first].upos == "DET") ++span.first;
    if (span.end > span.first && (words[span.end - 1].form == "'s" || words[span.end - 1].form == "’s")) --span.end;
    if (span.first >= span.end) return {};
    const language::Word& last = words[span.end - 1];
    const bool is_name = is_capitalised(last.form) || starts_with_digit(last.form);
    return is_name && !is_pronoun(last) ? span : Span{};
}

/// Rather than a description that ends in one: "city of Mosul".
bool starts_as_name(const language::Word& word) { return is_capitalised(word.form) || starts_with_digit(word.form) || word.form == "al"; }

NamedText read_re3d_text(const nlohmann::json& document, const std::vector<nlohmann::json>& entities, const language::Analyser& analyser) {
    const std::string& raw = document.at("text").get_ref<const std::string&>();
    NamedText text{document.at("_id"), analyser.analyse(raw), {}, {}};
    const auto offsets = character_offsets(raw);
    for (const Sentence& sentence : text.sentences) {
        std::vector<Span> names;
        for (const nlohmann::json& entity : entities) {
            const NameKind kind = kind_in_re3d(entity.at("type"));
            if (entity.at("documentId") != text.id || kind == NameKind::None) continue;
            const Span name = words_at(sentence, offsets.at(entity.at("begin")), offsets.at(entity.at("end")), kind);
            if (name.kind != NameKind::None) names.push_back(name);
        }
        text.names.push_back(distinct(names));
        std::erase_if(names, [&](const Span& name) { return !starts_as_name(sentence.words[name.first]); });
        text.labels.push_back(labels_of(names, sentence.words.size()));
    }
    return text;
}

// lexicons

class LexiconReader {
public:
    void add(const std::string& name, unsigned classes) {
        std::uint64_t key = 0;
        std::size_t words = 0;
        for (const Sentence& sentence : language::split_sentences(name)) {
            for (const language::Word& word : sentence.words) {
                const std::uint64_t next = language::name_key(word.form);
                key = words++ == 0 ? next : language::name_key_chained(key, next);
            }
        }
        if (words == 0 || words > language::NameLexicon::kLongestPhrase) return;
        entries_[language::NameLexicon::shortened(key)] |= static_cast<std::uint8_t>(classes);
    }
    void add_lines(const std::filesystem::path& file, unsigned classes) {
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) add(line, classes);
    }
    void add_list(const std::filesystem::path& file, unsigned classes) {
        std::ifstream in(file);
        for (const auto& name : nlohmann::json::parse(in)) add(name, classes);
    }
    [[nodiscard]] std::vector<language::NameLexicon::Entry> entries() const { return {entries_.begin(), entries_.end()}; }

private:
    std::map<std::uint32_t, std::uint8_t> entries_;
};

constexpr long kCityPeople = 100'000;

void add_cities(LexiconReader& lexicon, const std::filesystem::path& file) {
    for (const std::string& line : split(read_file(file.string()), '\n')) {
        const auto fields = split(line, '\t');
        if (fields.size() >= 6) lexicon.add(fields[1], std::stol(fields[5]) >= kCityPeople ? language::kCity : language::kSmallPlace);
    }
}

}  // namespace

std::vector<NamedText> read_gum(const std::string& file, const language::Analyser& analyser) {
    static const std::string kStart = "# newdoc id = ";
    std::vector<NamedText> texts;
    const std::string all = read_file(file);
    for (std::size_t at = all.find(kStart); at < all.size();) {
        const std::size_t next = std::min(all.find("\n" + kStart, at), all.size());
        const std::size_t id = at + kStart.size();
        const std::string name = all.substr(id, all.find('\n', id) - id);
        if (is_free_genre(name)) texts.push_back(read_gum_text(name, all.substr(at, next - at), analyser));
        at = next + 1;
    }
    return texts;
}

std::vector<NamedText> read_re3d(const std::filesystem::path& folder, const std::set<std::string>& without, const language::Analyser& analyser) {
    std::vector<std::filesystem::path> sources;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (std::filesystem::exists(entry.path() / "documents.json")) sources.push_back(entry.path());
    }
    std::ranges::sort(sources);
    std::vector<NamedText> texts;
    for (const auto& source : sources) {
        const auto entities = json_lines(source / "entities.json");
        for (const auto& document : json_lines(source / "documents.json")) {
            if (!without.contains(document.at("_id"))) texts.push_back(read_re3d_text(document, entities, analyser));
        }
    }
    return texts;
}

std::vector<language::NameLexicon::Entry> read_lexicons(const std::filesystem::path& folder) {
    using namespace language;
    static const std::vector<std::pair<const char*, unsigned>> kLists{
        {"FemaleName.txt", kGivenName}, {"MaleName.txt", kGivenName}, {"FirstName.txt", kGivenName}, {"LastName.txt", kSurname},
        {"City.txt", kCity}, {"Country.txt", kCountry}, {"Region.txt", kRegion}, {"Place.txt", kRegion},
        {"Organization.txt", kListedOrganisation}, {"SportsTeam.txt", kListedOrganisation}, {"Demonym.txt", kDemonym}};
    LexiconReader lexicon;
    for (const auto& [file, classes] : kLists) lexicon.add_lines(folder / "compromise-lexicon" / file, classes);
    lexicon.add_list(folder / "stdlib-first-names/female.json", kGivenName);
    lexicon.add_list(folder / "stdlib-first-names/male.json", kGivenName);
    add_cities(lexicon, folder / "geonames-cities1000/cities1000.tsv.gz");
    return lexicon.entries();
}

std::vector<language::NameLexicon::Entry> read_given_names(const std::filesystem::path& folder) {
    LexiconReader given;
    given.add_lines(folder / "compromise-lexicon/FemaleName.txt", language::kOfWomen);
    given.add_lines(folder / "compromise-lexicon/MaleName.txt", language::kOfMen);
    given.add_list(folder / "stdlib-first-names/female.json", language::kOfWomen);
    given.add_list(folder / "stdlib-first-names/male.json", language::kOfMen);
    return given.entries();
}

}  // namespace tercet::training
