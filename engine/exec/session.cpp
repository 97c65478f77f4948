#include "engine/exec/session.hpp"

#include "engine/model/date_time.hpp"

namespace tercet::exec {

Session::Session() : now(current_date_time()), random(std::random_device{}()) {}

}  // namespace tercet::exec
