#pragma once

#include <archive.h>

#include <memory>

namespace tercet::input {

struct FreeArchive {
    void operator()(archive* a) const { archive_read_free(a); }
};
using ArchiveReader = std::unique_ptr<archive, FreeArchive>;

/// Reads one stream of bytes, whatever it is packed with.
[[nodiscard]] inline ArchiveReader make_archive_reader() {
    ArchiveReader reader(archive_read_new());
    for (const auto allow : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_zstd,
                             archive_read_support_filter_xz, archive_read_support_format_raw, archive_read_support_format_empty}) {
        allow(reader.get());
    }
    return reader;
}

}  // namespace tercet::input
