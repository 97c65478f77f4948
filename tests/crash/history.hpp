#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
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
        {"fold", {.fold_changes = 100}, 60},
    };
    return modes;
}

/// nullptr if there is none of this name.
inline const CrashMode* find_mode(std::string_view name) {
    for (const CrashMode& mode : crash_modes()) {
        if (mode.name == name) return &mode;
    }
    return nullptr;
}

inline std::string name_iri(const std::string& name) { return "http://example.org/" + name; }

/// At which attempt a transaction was committed, where it was not the first.
using Attempts = std::map<std::uint64_t, unsigned>;

/// The subject that tells an attempt from the others.
inline std::string attempt_subject(std::uint64_t transaction, unsigned attempt) {
    return "s" + std::to_string(transaction) + "_0" + (attempt == 0 ? "" : "_again" + std::to_string(attempt));
}

inline std::vector<NamedQuad> additions(const CrashMode& mode, std::uint64_t transaction, unsigned attempt = 0) {
    std::vector<NamedQuad> quads;
    for (std::uint64_t i = 0; i < mode.quads; ++i) {
        quads.push_back({"s" + std::to_string(transaction) + "_" + std::to_string(i / 2), "p" + std::to_string(i % 5),
                         "o" + std::to_string((transaction * 7 + i) % 97),
                         i % 4 == 0 ? "g" + std::to_string(transaction % 3) : ""});
    }
    quads[1][0] = attempt_subject(transaction, attempt);
    return quads;
}

inline std::vector<NamedQuad> additions(const CrashMode& mode, std::uint64_t transaction, const Attempts& attempts) {
    const auto known = attempts.find(transaction);
    return additions(mode, transaction, known == attempts.end() ? 0 : known->second);
}

/// A third of what the transaction two before added; the same at every attempt.
inline std::vector<NamedQuad> removals(const CrashMode& mode, std::uint64_t transaction) {
    std::vector<NamedQuad> quads;
    if (transaction < 3) return quads;
    const auto old = additions(mode, transaction - 2);
    for (std::size_t i = 0; i < old.size(); i += 3) quads.push_back(old[i]);
    return quads;
}

/// What is there after the first `transactions`.
inline std::set<NamedQuad> content_after(const CrashMode& mode, std::uint64_t transactions, const Attempts& attempts) {
    std::set<NamedQuad> content;
    for (std::uint64_t i = 1; i <= transactions; ++i) {
        for (const NamedQuad& quad : removals(mode, i)) content.erase(quad);
        for (const NamedQuad& quad : additions(mode, i, attempts)) content.insert(quad);
    }
    return content;
}

/// Names that any of the first `transactions` used.
inline std::set<std::string> names_after(const CrashMode& mode, std::uint64_t transactions, const Attempts& attempts) {
    std::set<std::string> names;
    for (std::uint64_t i = 1; i <= transactions; ++i) {
        for (const NamedQuad& quad : additions(mode, i, attempts)) names.insert(quad.begin(), quad.end());
    }
    names.erase("");
    return names;
}

/// Does transaction `number`, which must be the next one.
inline void commit(Store& store, const CrashMode& mode, std::uint64_t number, unsigned attempt = 0) {
    const auto transaction = store.begin();
    const auto to_quad = [&](const NamedQuad& names) {
        Quad quad;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::string iri = name_iri(names[i]);
            if (!names[i].empty()) quad.slot[i] = transaction->intern(TermView::iri(iri));
        }
        return quad;
    };
    for (const NamedQuad& quad : removals(mode, number)) transaction->remove(to_quad(quad));
    for (const NamedQuad& quad : additions(mode, number, attempt)) transaction->add(to_quad(quad));
    transaction->commit();
}

}  // namespace tercet::test
