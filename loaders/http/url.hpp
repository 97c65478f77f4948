#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tercet::http {

/// Whether the text starts with http:// or https://.
[[nodiscard]] bool is_http_url(std::string_view text) noexcept;

/// The URL as it will be asked for: scheme and host in lower case, dot segments removed, no fragment.
/// Throws Error (InvalidArgument) for what is no http or https URL, and for one with a user name or password in it.
[[nodiscard]] std::string normal_url(const std::string& url);

/// Whether a URL (normal or not) starts with one of the prefixes. A prefix ends at a boundary: `http://example.org` allows
/// neither `http://example.org.evil.net` nor another port. `http://` and `https://` allow everything of their scheme.
[[nodiscard]] bool is_allowed(const std::string& url, const std::vector<std::string>& prefixes);

}  // namespace tercet::http
