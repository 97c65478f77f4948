#pragma once

#include "tercet/error.hpp"

namespace tercet {

/// Whether an error ends the whole request (cancelled, out of time, out of memory), so that SILENT does not hide it.
[[nodiscard]] inline bool ends_request(ErrorCode code) noexcept {
    return code == ErrorCode::Cancelled || code == ErrorCode::Timeout || code == ErrorCode::Memory;
}

}  // namespace tercet
