#pragma once

#include <functional>
#include <string>

#include "loaders/reading/source.hpp"

namespace tercet::reading {

/// The entries of an RSS (0.9 to 2.0) or Atom feed, each a document: the longest of its texts, with title, date, author and
/// link. A feed that is cut short gives the entries before that; `damage` says so.
void read_feed(std::string bytes, std::string& damage, const std::function<void(RawDocument)>& take);

}  // namespace tercet::reading
