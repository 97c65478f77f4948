#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "crash/history.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"

namespace tercet::test {

/// Compares a whole store with the history.
class ContentChecker {
public:
    ContentChecker(const QuadSource& source, const CrashMode& mode, const Attempts& attempts)
        : source_(source),
          content_(content_after(mode, source.version(), attempts)),
          names_(names_after(mode, source.version(), attempts)) {}

    void check_all() {
        check_dictionary();
        for (const NamedQuad& quad : content_) {
            Ids ids;
            for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = quad[i].empty() ? TermId() : ids_by_name_.at(quad[i]);
            expected_.push_back(ids);
        }
        std::sort(expected_.begin(), expected_.end());
        for (const IndexOrder& order : kIndexOrders) check_order(order);
        check_statistics();
    }

private:
    using Ids = std::array<TermId, 4>;

    void check_dictionary() {
        REQUIRE(source_.statistics().terms == names_.size());
        std::string wrong;
        for (const std::string& name : names_) {
            const std::string iri = name_iri(name);
            const auto id = source_.find(TermView::iri(iri));
            if (id && source_.term(*id) == Term::iri(iri)) ids_by_name_.emplace(name, *id);
            else wrong = name;
        }
        REQUIRE(wrong.empty());
    }

    void check_order(const IndexOrder& order) {
        std::vector<Ids> expected = expected_, found;
        if (order.named_graphs_only) std::erase_if(expected, [](const Ids& quad) { return !quad[3].is_defined(); });
        const auto cursor = source_.scan(order, {{TermId::any(), TermId::any(), TermId::any(), TermId::any()}});
        const auto batch = std::make_unique<QuadBatch>();
        while (cursor->next(*batch)) {
            for (std::size_t row = 0; row < batch->size; ++row) {
                Ids quad;
                for (std::size_t i = 0; i < quad.size(); ++i) {
                    const TermId id = batch->column[i][row];
                    quad[i] = id.is_defined() ? id : TermId();
                }
                found.push_back(quad);
            }
        }
        std::sort(found.begin(), found.end());
        CAPTURE(order.name);
        REQUIRE((found == expected));
    }

    void check_statistics() {
        std::map<std::string, std::array<std::set<std::string>, 2>> distinct;
        std::map<std::string, std::uint64_t> triples;
        std::uint64_t in_default = 0;
        for (const auto& [s, p, o, g] : content_) {
            distinct[p][0].insert(s);
            distinct[p][1].insert(o);
            ++triples[p];
            in_default += g.empty() ? 1 : 0;
        }
        const StoreStatistics all = source_.statistics();
        REQUIRE(all.quads == content_.size());
        REQUIRE(all.default_graph_quads == in_default);
        REQUIRE(all.predicates == triples.size());
        std::string wrong;
        for (const auto& [name, id] : ids_by_name_) {
            const PredicateStatistics counts = source_.predicate_statistics(id);
            if (counts.triples != triples[name] || counts.distinct_subjects != distinct[name][0].size() ||
                counts.distinct_objects != distinct[name][1].size()) {
                wrong = name;
            }
        }
        REQUIRE(wrong.empty());
    }

    const QuadSource& source_;
    std::set<NamedQuad> content_;
    std::set<std::string> names_;
    std::map<std::string, TermId> ids_by_name_;
    std::vector<Ids> expected_;
};

/// The version that the store has, after all of its content has been checked against it.
inline std::uint64_t check_store(const std::string& directory, const CrashMode& mode, const Attempts& attempts = {}) {
    try {
        const auto store = storage::open_rocks_store(directory, {.create_if_missing = false});
        const auto source = store->snapshot();
        ContentChecker(*source, mode, attempts).check_all();
        const CheckReport report = tercet::check_store(directory);
        CAPTURE(report.problems);
        REQUIRE(report.is_sound());
        return source->version();
    } catch (const Error& error) {
        // Stopped before the store was made.
        INFO(error.what());
        REQUIRE(error.code() == ErrorCode::NotFound);
        return 0;
    }
}

}  // namespace tercet::test
