#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "parser/results/readers.hpp"
#include "parser/results/terms.hpp"
#include "parser/results/text_place.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

using Json = nlohmann::json;
using Event = Json::parse_event_t;

/// Deeper than the deepest triple term lies in a document.
constexpr int kDeepest = 8 + 2 * static_cast<int>(kDeepestTriple);

// --- terms ----------------------------------------------------------------------------------------------------------

std::optional<std::string> text_member(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) return std::nullopt;
    if (!found->is_string()) throw std::invalid_argument("\"" + std::string(name) + "\" is a string");
    return found->get<std::string>();
}

std::string required_text(const Json& object, const char* name) {
    auto text = text_member(object, name);
    if (!text) throw std::invalid_argument("a term needs the member \"" + std::string(name) + "\"");
    return *std::move(text);
}

Term to_term(const Json& json);

Term to_triple(const Json& json) {
    const auto part = [&](const char* name) {
        if (!json.is_object() || !json.contains(name)) throw std::invalid_argument("the value of a triple needs the member \"" + std::string(name) + "\"");
        return to_term(json[name]);
    };
    return make_triple(part("subject"), part("predicate"), part("object"));
}

Term to_term(const Json& json) {
    if (!json.is_object()) throw std::invalid_argument("a term is an object with \"type\" and \"value\"");
    const std::string type = required_text(json, "type");
    if (type == "uri") return make_iri(required_text(json, "value"));
    if (type == "bnode") return make_blank_node(required_text(json, "value"));
    if (type == "triple" && json.contains("value")) return to_triple(json["value"]);
    if (type == "literal" || type == "typed-literal") {  // the latter before 2008
        return make_literal({required_text(json, "value"), text_member(json, "datatype"), text_member(json, "xml:lang"), text_member(json, "its:dir")});
    }
    throw std::invalid_argument("the type of a term is uri, literal, bnode or triple, and not '" + type + "'");
}

// --- documents ------------------------------------------------------------------------------------------------------

/// Takes head, solutions and boolean out of the document as soon as each is complete, and lets everything go.
class ResultsJson {
public:
    explicit ResultsJson(SolutionBuilder& builder) : builder_(builder) {}

    /// nlohmann's callback; false drops what was read.
    bool operator()(int depth, Event event, Json& parsed) {
        if (depth > kDeepest) throw std::invalid_argument("the document is nested more than " + std::to_string(kDeepest) + " deep");
        if (event == Event::key) return key(depth, parsed);
        const bool ends = event == Event::object_end || event == Event::array_end || event == Event::value;
        if (event == Event::array_start && depth == 2 && in_bindings()) builder_.begin_solutions();
        if (!ends) return true;
        if (depth == 0 && event != Event::object_end) throw std::invalid_argument("an answer is an object with \"head\" and \"results\" or \"boolean\"");
        if (depth == 0) builder_.finish();
        if (depth == 1) return member(event, parsed);
        if (depth == 2 && in_bindings() && event != Event::array_end) throw std::invalid_argument("\"bindings\" is an array");
        if (depth == 3 && in_bindings()) return solution(parsed);
        return true;
    }

private:
    bool key(int depth, const Json& name) {
        if (depth == 1) {
            member_ = name.get<std::string>();
            inner_.clear();
            return member_ == "head" || member_ == "results" || member_ == "boolean";
        }
        if (depth == 2) inner_ = name.get<std::string>();
        return true;
    }
    [[nodiscard]] bool in_bindings() const { return member_ == "results" && inner_ == "bindings"; }

    bool member(Event event, const Json& value) {
        if (member_ == "head") {
            head(value);
        } else if (member_ == "boolean") {
            if (!value.is_boolean()) throw std::invalid_argument("\"boolean\" is true or false");
            builder_.boolean(value.get<bool>());
        } else if (member_ == "results" && event != Event::object_end) {
            throw std::invalid_argument("\"results\" is an object with \"bindings\"");
        }
        member_.clear();
        return false;
    }

    void head(const Json& head) {
        if (!head.is_object()) throw std::invalid_argument("\"head\" is an object");
        const auto variables = head.find("vars");
        if (variables != head.end()) {
            if (!variables->is_array()) throw std::invalid_argument("\"vars\" is an array of names");
            for (const Json& name : *variables) {
                if (!name.is_string()) throw std::invalid_argument("\"vars\" is an array of names");
                builder_.declare(name.get<std::string>());
            }
        }
        builder_.end_head();
    }

    bool solution(const Json& row) {
        if (!row.is_object()) throw std::invalid_argument("a solution is an object");
        for (const auto& [name, term] : row.items()) builder_.bind(name, to_term(term));
        builder_.end_solution();
        return false;
    }

    SolutionBuilder& builder_;
    std::string member_, inner_;  ///< where in the document we are: its member, and that of `results`
};

/// Characters of a stream, counted.
class CountedCharacters {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    CountedCharacters() = default;
    CountedCharacters(std::streambuf& in, TextPlace& place, const CancelToken& cancel) : in_(&in), place_(&place), cancel_(&cancel) {}

    char operator*() const { return static_cast<char>(in_->sgetc()); }
    CountedCharacters& operator++() {
        const char c = static_cast<char>(in_->sbumpc());
        if (c == '\n') cancel_->check();
        place_->pass(c);
        return *this;
    }
    friend bool operator==(const CountedCharacters& a, const CountedCharacters& b) { return a.at_end() == b.at_end(); }

private:
    [[nodiscard]] bool at_end() const { return in_ == nullptr || in_->sgetc() == std::char_traits<char>::eof(); }

    std::streambuf* in_ = nullptr;
    TextPlace* place_ = nullptr;
    const CancelToken* cancel_ = nullptr;
};

/// "[json.exception.parse_error.101] parse error at line 1, column 2: what is wrong": the last part.
std::string reason(const Json::exception& error) {
    const std::string_view text = error.what();
    const std::size_t colon = text.find(": ");
    return "the JSON is not well-formed: " + std::string(colon == std::string_view::npos ? text : text.substr(colon + 2));
}

}  // namespace

void read_json(std::istream& in, const ReadOptions& options, SolutionBuilder& builder) {
    TextPlace place;
    ResultsJson results(builder);
    const CountedCharacters begin(*in.rdbuf(), place, options.cancel);
    try {
        [[maybe_unused]] const Json rest = Json::parse(begin, CountedCharacters(), std::ref(results));
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::Syntax, reason(error), place.position(options.source));
    } catch (const std::invalid_argument& error) {
        throw Error(ErrorCode::Syntax, error.what(), place.position(options.source));
    }
}

}  // namespace tercet::results
