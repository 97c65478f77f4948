#include "engine/advice/advice.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "engine/advice/checks.hpp"

namespace tercet::advice {

std::vector<Remark> remarks_on(const Subject& subject) {
    static constexpr std::array kChecks{check_variables, check_constants, check_products};
    std::vector<Remark> all;
    for (const auto check : kChecks) {
        for (Remark& remark : check(subject)) all.push_back(std::move(remark));
    }
    const auto place = [](const Remark& remark) { return std::tuple(remark.position.line, remark.position.column); };
    std::stable_sort(all.begin(), all.end(), [&](const Remark& a, const Remark& b) { return place(a) < place(b); });
    return all;
}

}  // namespace tercet::advice
