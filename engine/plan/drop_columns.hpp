#pragma once

#include "engine/plan/plan.hpp"

namespace tercet::plan {

/// Takes away columns that nothing above reads, so that joins and sorts carry less. Only the columns of the root are wanted by
/// themselves.
void drop_columns(Plan& plan);

}  // namespace tercet::plan
