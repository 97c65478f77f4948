#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/exec/service.hpp"
#include "loaders/http/download.hpp"
#include "tercet/database.hpp"

namespace tercet {

/// The limits of one request. Addresses that no prefix of `allowed` begins are refused in the name of `who`, which the command's
/// `flag` could allow.
[[nodiscard]] http::Limits network_limits(const NetworkOptions& options, const std::vector<std::string>& allowed, const std::string& who,
                                          const std::string& flag);

/// Asks endpoints over HTTP, where the options allow it.
[[nodiscard]] std::shared_ptr<exec::ServiceClient> make_endpoint_client(const NetworkOptions& options);

}  // namespace tercet
