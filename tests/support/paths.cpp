#include "support/paths.hpp"

namespace tercet::support {

std::string source_dir() { return TERCET_SOURCE_DIR; }

std::string shared_data() { return TERCET_SHARED_DATA; }

}  // namespace tercet::support
