#pragma once

#include <cstdio>
#include <string>

namespace tercet::training {

/// What a file holds, unpacked if it is packed by gzip.
[[nodiscard]] inline std::string read_file(const std::string& file) {
    const std::string command = "gzip -dcf '" + file + "'";
    std::FILE* pipe = popen(command.c_str(), "r");
    std::string text;
    char buffer[1 << 16];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    pclose(pipe);
    return text;
}

}  // namespace tercet::training
