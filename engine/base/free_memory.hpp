#pragma once

namespace tercet {

/// Gives memory that was freed back to the system. malloc keeps it, and where long-lived pieces lie between what comes and goes, as
/// they do in a load of many parts, it keeps more and more.
void return_free_memory() noexcept;

}  // namespace tercet
