#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/storage/rocks_store.hpp"

/// What the writer does and the test expects: transaction n of a store is the same in every run.
namespace tercet::test {

/// Local names of subject, predicate, object and graph; "": the default graph.
using NamedQuad = std::array<std::string, 4>;

struct CrashMode {
    std::string name;
    storage::RocksOptions options;
    std::uint64_t quads = 0;  ///< that a transaction adds
};

inline const std::vector<CrashMode>& crash_modes() {
    static const std::vector<CrashMode> modes{
        {"small", {}, 60},
        {"bulk", {.load_memory = 40'000, .bulk_quads = 1}, 5'000},
    };
    return modes;
}

inline std::string name_iri(const std::string& name) { return "http://example.org/" + name; }

inline std::vector<NamedQuad> additions(const CrashMode& mode, std::uint64_t transaction) {
    std::vector<NamedQuad> quads;
    for (std::uint64_t i = 0; i < mode.quads; ++i) {
        quads.push_back({"s" + std::to_string(transaction) + "_" + std::to_string(i / 2), "p" + std::to_string(i % 5),
                         "o" + std::to_string((transaction * 7 + i) % 97),
                         i % 4 == 0 ? "g" + std::to_string(transaction % 3) : ""});
    }
    return quads;
}

/// A third of what the transaction two before added.
inline std::vector<NamedQuad> removals(const CrashMode& mode, std::uint64_t transaction) {
    std::vector<NamedQuad> quads;
    if (transaction < 3) return quads;
    const auto old = additions(mode, transaction - 2);
    for (std::size_t i = 0; i < old.size(); i += 3) quads.push_back(old[i]);
    return quads;
}

/// What is there after the first `transactions`.
inline std::set<NamedQuad> content_after(const CrashMode& mode, std::uint64_t transactions) {
    std::set<NamedQuad> content;
    for (std::uint64_t i = 1; i <= transactions; ++i) {
        for (const NamedQuad& quad : removals(mode, i)) content.erase(quad);
        for (const NamedQuad& quad : additions(mode, i)) content.insert(quad);
    }
    return content;
}

/// Names that any of the first `transactions` used.
inline std::set<std::string> names_after(const CrashMode& mode, std::uint64_t transactions) {
    std::set<std::string> names;
    for (std::uint64_t i = 1; i <= transactions; ++i) {
        for (const NamedQuad& quad : additions(mode, i)) names.insert(quad.begin(), quad.end());
    }
    names.erase("");
    return names;
}

}  // namespace tercet::test
