#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace tercet::support {

/// A part of a file of cases: the line "== TITLE", and the lines up to the next one.
struct Section {
    std::string title;
    std::string text;
};

/// What stands before the first title is for people.
[[nodiscard]] inline std::vector<Section> read_sections(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<Section> sections;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("== ")) {
            sections.push_back({line.substr(3), {}});
        } else if (!sections.empty()) {
            std::string& text = sections.back().text;
            text += (text.empty() ? "" : "\n") + line;
        }
    }
    return sections;
}

}  // namespace tercet::support
