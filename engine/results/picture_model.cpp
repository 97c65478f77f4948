#include "engine/results/picture_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/model/numeric.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::results {
namespace {

constexpr std::size_t kNodeLabelWidth = 28, kEdgeLabelWidth = 36;
constexpr std::string_view kPlainFill = "#e8edf2", kLiteralFill = "#fffbe6";
/// Light colours that black text can be read on, told apart in grey and by the colour-blind.
constexpr std::array<std::string_view, 8> kTypeFills{"#bcdcf5", "#f9d3a9", "#cbe8c3", "#e6cdea",
                                                     "#fbe795", "#f6c5c3", "#bfe5e2", "#d9d2c5"};

bool is_label(const Triple& triple) {
    return triple.predicate.value == vocabulary::rdfs::kLabel && triple.object.is_literal();
}
/// A reifier of a triple: a note on it.
bool is_note(const Triple& triple) {
    return triple.predicate.value == vocabulary::rdf::kReifies && triple.object.is_triple_term();
}
bool is_type(const Triple& triple) {
    return triple.predicate.value == vocabulary::rdf::kType && triple.object.is_iri();
}

/// Reads types and labels out of the triples, then makes nodes and edges of the others.
class Maker {
public:
    Maker(Picture& picture, const PictureOptions& options)
        : picture_(picture), options_(options), labels_(options.labels) {}

    void make(const std::vector<Triple>& triples) {
        const bool only_notes =
            std::all_of(triples.begin(), triples.end(), [](const Triple& t) { return is_label(t) || is_type(t); });
        for (const Triple& triple : triples) {
            if (is_label(triple)) labels_.try_emplace(triple.subject.value, triple.object.value);
            if (is_type(triple)) types_[triple.subject.to_string()].insert(triple.object.value);
        }
        if (!only_notes) choose_fills();
        read_weights(triples);
        for (std::size_t i = 0; i < triples.size(); ++i) {
            const Triple& triple = triples[i];
            if (reified_.contains(triple.subject.to_string())) continue;
            if (only_notes || (!is_label(triple) && !is_type(triple))) add(triple, i);
        }
        if (picture_.edges.empty()) return;
        const auto [least, most] = std::ranges::minmax_element(picture_.edges, {}, &PictureEdge::weight);
        picture_.least_weight = least->weight;
        picture_.most_weight = most->weight;
    }

private:
    /// Those that are given, else the first number that is said of a reifier of the triple.
    void read_weights(const std::vector<Triple>& triples) {
        std::map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < triples.size(); ++i) places.try_emplace(Term::triple_term(triples[i]).to_string(), i);
        for (const Triple& triple : triples) {
            const auto place = is_note(triple) ? places.find(triple.object.to_string()) : places.end();
            if (place != places.end()) reified_.try_emplace(triple.subject.to_string(), place->second);
        }
        for (std::size_t i = 0; i < std::min(options_.weights.size(), triples.size()); ++i) weights_[i] = options_.weights[i];
        for (const Triple& triple : triples) {
            const auto note = reified_.find(triple.subject.to_string());
            const auto number = note == reified_.end() ? std::nullopt : Numeric::parse(triple.object.value, triple.object.datatype);
            if (number && !number->is_nan()) weights_.try_emplace(note->second, number->to_double());
        }
        picture_.has_weights = !weights_.empty();
    }

    /// The most frequent types have colours.
    void choose_fills() {
        std::map<std::string, std::size_t> count;
        for (const auto& [subject, types] : types_) {
            for (const std::string& type : types) ++count[type];
        }
        std::vector<std::pair<std::string, std::size_t>> order(count.begin(), count.end());
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        order.resize(std::min(order.size(), kTypeFills.size()));
        for (std::size_t i = 0; i < order.size(); ++i) {
            ranked_types_.push_back(order[i].first);
            picture_.legend.push_back({name_of(order[i].first), kTypeFills[i]});
        }
    }

    [[nodiscard]] std::string_view fill_of(const Term& term, const std::string& text) const {
        if (term.is_literal()) return kLiteralFill;
        const auto types = types_.find(text);
        for (std::size_t i = 0; types != types_.end() && i < ranked_types_.size(); ++i) {
            if (types->second.contains(ranked_types_[i])) return kTypeFills[i];
        }
        return kPlainFill;
    }

    /// What a person calls an IRI: its label, or its last part with blanks for underscores.
    [[nodiscard]] std::string name_of(const std::string& iri) const {
        const auto label = labels_.find(iri);
        if (label != labels_.end()) return label->second;
        std::string text = iri.substr(iri.find_last_of("/#:") + 1);
        if (text.empty()) return iri;
        std::replace(text.begin(), text.end(), '_', ' ');
        return text;
    }

    std::size_t node(const Term& term) {
        const std::string text = term.to_string();
        const auto [found, is_new] = numbers_.try_emplace(text, picture_.nodes.size());
        if (is_new) {
            const bool has_label = labels_.contains(term.value) && !term.is_literal();
            const std::string label =
                term.is_iri() || has_label ? name_of(term.value) : cell_text(term, options_.prefixes);
            picture_.nodes.push_back({fit(label, kNodeLabelWidth), text, fill_of(term, text), term.is_literal()});
        }
        return found->second;
    }

    void add(const Triple& triple, std::size_t place) {
        const std::size_t from = node(triple.subject), to = node(triple.object);
        if (!known_.insert({from, to, triple.predicate.value}).second) return;
        const auto [found, is_new] = lines_.try_emplace({from, to}, picture_.edges.size());
        if (is_new) picture_.edges.push_back({from, to, {}});
        PictureEdge& edge = picture_.edges[found->second];
        edge.triples.push_back(place);
        if (const auto weight = weights_.find(place); weight != weights_.end()) edge.weight += weight->second;
        std::string& label = edge.label;
        label = fit(label + (label.empty() ? "" : ", ") + name_of(triple.predicate.value), kEdgeLabelWidth);
    }

    Picture& picture_;
    const PictureOptions& options_;
    std::map<std::string, std::string> labels_;
    std::map<std::string, std::set<std::string>> types_;  ///< by the subject as text
    std::vector<std::string> ranked_types_;
    std::map<std::string, std::size_t> reified_;  ///< triples by their reifiers
    std::map<std::size_t, double> weights_;       ///< by the places of the triples
    std::map<std::string, std::size_t> numbers_;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> lines_;
    std::set<std::tuple<std::size_t, std::size_t, std::string>> known_;
};

}  // namespace

Picture::Picture(const std::vector<Triple>& triples, const PictureOptions& options) {
    Maker(*this, options).make(triples);
}

std::size_t Picture::width_of(const PictureEdge& edge) const {
    if (!has_weights || least_weight == most_weight) return 0;
    return static_cast<std::size_t>(std::lround((edge.weight - least_weight) / (most_weight - least_weight) * static_cast<double>(kLineWidths.size() - 1)));
}

}  // namespace tercet::results
