#include "loaders/input/unpacked.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>

#include "loaders/input/archive_filters.hpp"

namespace tercet::input {

std::string unpacked(std::string_view bytes, std::size_t limit) {
    const ArchiveReader reader = make_archive_reader();
    archive_entry* entry = nullptr;
    const bool opened = archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) == ARCHIVE_OK &&
                        archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK;
    if (!opened) return std::string(bytes);
    std::string whole;
    std::array<char, 1 << 14> chunk;
    for (la_ssize_t got = 1; got > 0 && whole.size() < limit;) {
        got = archive_read_data(reader.get(), chunk.data(), chunk.size());
        if (got > 0) whole.append(chunk.data(), static_cast<std::size_t>(got));
    }
    if (whole.size() > limit) whole.resize(limit);
    return whole;
}

}  // namespace tercet::input
