#include "parser/sparql/names.hpp"

#include <stdexcept>
#include <vector>

#include "parser/sparql/known_prefixes.hpp"
#include "parser/sparql/spelling.hpp"
#include "parser/text/iri.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::sparql {

Names::Names(const ParseOptions& options) {
    prologue_.base = options.base;
    for (const auto& [name, iri] : options.prefixes) prefixes_[name] = iri;
}

void Names::declare_base(std::string_view reference) { prologue_.base = iri_of_reference(reference); }

void Names::declare_prefix(std::string name, std::string iri) {
    prefixes_[name] = iri;
    prologue_.prefixes.push_back({std::move(name), std::move(iri)});
}

std::string Names::iri_of_reference(std::string_view reference) const {
    return grammar::resolve_iri(grammar::unescape_iri(reference.substr(1, reference.size() - 2)), prologue_.base);
}

std::string Names::iri_of_prefixed_name(std::string_view name) const {
    const std::size_t colon = name.find(':');
    const std::string prefix(name.substr(0, colon));
    const auto found = prefixes_.find(prefix);
    if (found == prefixes_.end() && accepts_undeclared_) return std::string(name);
    if (found == prefixes_.end()) throw std::invalid_argument(undeclared(prefix));
    return found->second + grammar::unescape_local_name(name.substr(colon + 1));
}

std::string Names::undeclared(std::string_view prefix) const {
    std::vector<std::string_view> known;
    for (const auto& [name, iri] : prefixes_) known.push_back(name);
    std::string message = "the prefix " + std::string(prefix) + ": is not declared";
    for (const auto& [name, iri] : kKnownPrefixes) {
        if (name == prefix) return message + "; declare it first: PREFIX " + std::string(name) + ": <" + std::string(iri) + ">";
    }
    if (const std::string_view near = nearest(prefix, known); !near.empty()) {
        return message + "; did you mean " + std::string(near) + ":?";
    }
    return message + "; declare it first: PREFIX " + std::string(prefix) + ": <http://...>";
}

std::string Names::declarations_for(std::string_view text) const {
    std::string lines;
    if (!prologue_.base.empty()) lines += "BASE <" + prologue_.base + ">\n";
    for (const auto& [name, iri] : prefixes_) {
        if (text.find(name + ":") != std::string_view::npos) lines += "PREFIX " + name + ": <" + iri + ">\n";
    }
    return lines;
}

std::string Names::fresh_blank_label() {
    std::string label(".");
    return label.append(std::to_string(++blank_count_));
}

void Names::use_label(const std::string& label, std::size_t scope) {
    if (scope == 0) return;
    const auto [known, is_new] = label_scopes_.try_emplace(label, scope);
    if (is_new || known->second == scope) return;
    throw std::invalid_argument("the blank node label _:" + label +
                                " is already used in another graph pattern; use a variable to connect the two");
}

}  // namespace tercet::sparql
