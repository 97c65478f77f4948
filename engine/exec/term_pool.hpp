#pragma once

#include "engine/model/term_pool.hpp"

// The pool is one layer below, because the planner interns constants too: its class is tercet::TermPool and its code is in
// engine/model/term_pool.cpp (written by whoever owns engine/exec).
namespace tercet::exec {
using tercet::TermPool;
}  // namespace tercet::exec
