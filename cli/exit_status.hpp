#pragma once

#include "tercet/error.hpp"

namespace tercet::cli {

enum ExitStatus : int {
    kDone = 0,
    kDataError = 1,         ///< wrong data or query
    kUsageError = 2,        ///< wrong command line
    kEnvironmentError = 3,  ///< disk, lock, damage, version
};

[[nodiscard]] inline ExitStatus exit_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument: return kUsageError;
        case ErrorCode::Io:
        case ErrorCode::NotFound:
        case ErrorCode::Locked:
        case ErrorCode::Version:
        case ErrorCode::Damaged: return kEnvironmentError;
        default: return kDataError;
    }
}

}  // namespace tercet::cli
