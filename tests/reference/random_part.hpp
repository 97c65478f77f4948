#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tercet::reference {

/// A piece of a text that knows its pieces, so that what fails can be made smaller.
struct Part {
    char kind = ' ';           ///< pieces of one kind can stand for each other
    bool removable = false;
    std::string open, separator, close;
    std::vector<Part> parts;

    [[nodiscard]] std::string text() const {
        std::string all = open;
        for (const Part& part : parts) all += (&part == &parts.front() ? "" : separator) + part.text();
        return all + close;
    }
};

/// A piece without pieces of its own.
[[nodiscard]] inline Part word(std::string text, char kind = ' ') { return {kind, false, std::move(text), "", "", {}}; }
[[nodiscard]] inline Part row(char kind, std::string open, std::string separator, std::string close, std::vector<Part> parts) {
    return {kind, false, std::move(open), std::move(separator), std::move(close), std::move(parts)};
}
/// The same piece, which may be left out.
[[nodiscard]] inline Part removable(Part part) {
    part.removable = true;
    return part;
}

/// The same numbers everywhere for one seed.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    template <typename Range>
    [[nodiscard]] const auto& one_of(const Range& range) { return range[below(std::size(range))]; }

private:
    std::mt19937_64 engine_;
};

/// The smallest part that still fails, as far as leaving out and replacing by an inner part lead. `fails` is asked often.
[[nodiscard]] Part shrunk(Part whole, const std::function<bool(const Part&)>& fails);

/// The same for data and what is asked of it, in turns.
void shrink_both(Part& data, Part& query, const std::function<bool(const Part& data, const Part& query)>& fails);

/// A number from the environment, which makes a test longer or another one.
[[nodiscard]] std::uint64_t setting(const char* name, std::uint64_t otherwise);

/// Triples of the default graph and of named graphs, one INSERT DATA block each; the blank nodes are not shared.
[[nodiscard]] Part random_data(Dice& dice);
/// A query over what random_data() makes.
[[nodiscard]] Part random_query(Dice& dice);

/// A small graph for walks, with annotated triples, circles, loops and parallel edges; maybe named ones beside it.
[[nodiscard]] Part random_graph(Dice& dice);
/// A path search in it, with its words, bounds, filters, costs and ends.
[[nodiscard]] Part random_search(Dice& dice);

inline constexpr const char* kPrologue = "PREFIX : <http://example.org/>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n";

}  // namespace tercet::reference
