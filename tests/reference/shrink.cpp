#include <cstdlib>

#include "tests/reference/random_part.hpp"

namespace tercet::reference {
namespace {

using Path = std::vector<std::size_t>;

Part& at(Part& whole, const Path& path) {
    Part* part = &whole;
    for (const std::size_t i : path) part = &part->parts[i];
    return *part;
}

void walk(const Part& part, Path& path, const std::function<void(const Part&, const Path&)>& visit) {
    visit(part, path);
    for (std::size_t i = 0; i < part.parts.size(); ++i) {
        path.push_back(i);
        walk(part.parts[i], path, visit);
        path.pop_back();
    }
}

/// What could stand in its place: everything that is one step smaller.
std::vector<Part> smaller(const Part& whole) {
    std::vector<Part> all;
    Path start;
    walk(whole, start, [&](const Part& part, const Path& path) {
        for (std::size_t i = 0; i < part.parts.size(); ++i) {
            if (!part.parts[i].removable) continue;
            Part copy = whole;
            auto& parts = at(copy, path).parts;
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
            all.push_back(std::move(copy));
        }
        if (part.kind == ' ') return;
        Path inner;
        walk(part, inner, [&](const Part& descendant, const Path& where) {
            if (where.empty() || descendant.kind != part.kind) return;
            Part copy = whole, replacement = descendant;
            replacement.removable = part.removable;
            at(copy, path) = std::move(replacement);
            all.push_back(std::move(copy));
        });
    });
    return all;
}

}  // namespace

Part shrunk(Part whole, const std::function<bool(const Part&)>& fails) {
    for (bool changed = true; changed;) {
        changed = false;
        for (Part& candidate : smaller(whole)) {
            if (candidate.text().size() >= whole.text().size() || !fails(candidate)) continue;
            whole = std::move(candidate);
            changed = true;
            break;
        }
    }
    return whole;
}

void shrink_both(Part& data, Part& query, const std::function<bool(const Part&, const Part&)>& fails) {
    const auto with_data = [&](const Part& q) { return fails(data, q); };
    query = shrunk(std::move(query), with_data);
    data = shrunk(std::move(data), [&](const Part& d) { return fails(d, query); });
    query = shrunk(std::move(query), with_data);
}

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace tercet::reference
