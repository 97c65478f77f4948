#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/exec/service.hpp"
#include "loaders/http/download.hpp"
#include "tercet/database.hpp"

namespace tercet {

/// Who may go where.
struct AllowedAddresses {
    std::vector<std::string> prefixes;
    std::string who;     ///< SERVICE, LOAD
    std::string remedy;  ///< what the user could do about a refusal
};

/// The limits of one request; `allowed` nothing: it may go everywhere.
[[nodiscard]] http::Limits network_limits(const NetworkOptions& options, const std::optional<AllowedAddresses>& allowed);

/// Asks endpoints over HTTP, where the options allow it.
[[nodiscard]] std::shared_ptr<exec::ServiceClient> make_endpoint_client(const NetworkOptions& options);

}  // namespace tercet
