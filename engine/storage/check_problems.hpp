#pragma once

#include <string>
#include <string_view>

#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"

namespace tercet::storage {

/// Collects what a check finds, in its report.
class Problems {
public:
    Problems(CheckReport& report, const CheckOptions& options) : report_(report), most_(options.most_problems) {}

    void add(std::string_view place, std::string_view what) {
        ++report_.problem_count;
        if (report_.problems.size() < most_) report_.problems.push_back(std::string(place) + ": " + std::string(what));
    }
    /// Does a part of the check; what stops it is one more problem.
    template <typename Part>
    void guard(std::string_view place, Part part) {
        try {
            part();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Damaged) throw;
            add(place, error.message());
        }
    }
    [[nodiscard]] std::uint64_t count() const noexcept { return report_.problem_count; }

private:
    CheckReport& report_;
    std::size_t most_;
};

}  // namespace tercet::storage
