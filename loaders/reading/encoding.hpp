#pragma once

#include <string>
#include <string_view>

namespace tercet::reading {

/// The text in UTF-8. A byte order mark decides, then whether the bytes are UTF-8 already, then `charset` if the document
/// names one, then the look of the bytes. Bytes that are UTF-8 stay as they are, a mark at their start becomes blanks.
[[nodiscard]] std::string to_utf8(std::string bytes, std::string_view charset = {});

}  // namespace tercet::reading
