#include "engine/graph/algorithms.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

std::vector<AlgorithmRow> all_rows() {
    std::vector<AlgorithmRow> rows;
    for (auto theme : {ranking_algorithms(), structure_algorithms(), walking_algorithms(), centrality_algorithms(),
                       community_algorithms(), cutting_algorithms(), finding_algorithms(), shape_algorithms()}) {
        rows.insert(rows.end(), std::make_move_iterator(theme.begin()), std::make_move_iterator(theme.end()));
    }
    std::sort(rows.begin(), rows.end(), [](const AlgorithmRow& a, const AlgorithmRow& b) { return a.name < b.name; });
    return rows;
}

}  // namespace

std::span<const AlgorithmRow> algorithms() {
    static const std::vector<AlgorithmRow> rows = all_rows();
    return rows;
}

const AlgorithmRow& find_algorithm(std::string_view name) {
    std::string names;
    for (const AlgorithmRow& row : algorithms()) {
        if (row.name == name) return row;
        names += (names.empty() ? "algo:" : ", algo:") + std::string(row.name);
    }
    throw Error(ErrorCode::Query, "there is no algorithm algo:" + std::string(name) + "; there are " + names);
}

}  // namespace tercet::graph
