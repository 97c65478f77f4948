#include "engine/database/rdf_files.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <random>
#include <thread>

#include "engine/results/rdf_writer.hpp"
#include "loaders/input/file_iri.hpp"
#include "tercet/error.hpp"
#include "tercet/rdf.hpp"

namespace tercet {
namespace {

struct FormatRow {
    LoadFormat wanted;
    rdf::Format format;
};
constexpr std::array kFormats{
    FormatRow{LoadFormat::NTriples, rdf::Format::NTriples},
    FormatRow{LoadFormat::NQuads, rdf::Format::NQuads},
    FormatRow{LoadFormat::Turtle, rdf::Format::Turtle},
    FormatRow{LoadFormat::TriG, rdf::Format::TriG},
    FormatRow{LoadFormat::RdfXml, rdf::Format::RdfXml},
};

/// Different for every document that is read, also by other processes.
std::string fresh_blank_prefix() {
    static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::random_device random;
    std::string prefix = "b";
    for (int i = 0; i < 10; ++i) prefix += kDigits[random() % 36];
    return prefix + '_';
}

class CountingSink final : public QuadSink {
public:
    void add(const QuadView&) override {}
};

std::uint64_t read_file(const std::string& file, const LoadOptions& options, QuadSink& sink) {
    input::InputFile in(file);
    if (!rdf_format_of(file, options.format)) {
        throw Error(ErrorCode::InvalidArgument, file + " does not look like RDF by its name; say what it is with --format nt, nq, ttl, trig or rdf");
    }
    return read_rdf(in, file, options, CancelToken{}, sink);
}

}  // namespace

std::optional<rdf::Format> rdf_format_of(const std::string& file, LoadFormat wanted) {
    for (const FormatRow& row : kFormats) {
        if (row.wanted == wanted) return row.format;
    }
    return wanted == LoadFormat::Auto ? rdf::guess_format(file) : std::nullopt;
}

results::RdfFormat rdf_format_of(DumpFormat format) {
    using results::RdfFormat;
    static constexpr std::array kWritten{RdfFormat::NTriples, RdfFormat::NQuads, RdfFormat::Turtle, RdfFormat::TriG, RdfFormat::RdfXml};
    return kWritten[static_cast<std::size_t>(format)];
}

rdf::ReadOptions rdf_read_options(const std::string& file, const LoadOptions& options, const CancelToken& cancel) {
    rdf::ReadOptions how;
    how.base = options.base.empty() ? input::file_iri(file) : options.base;
    how.source = file == "-" ? "standard input" : file;
    how.blank_prefix = fresh_blank_prefix();
    how.cancel = cancel;
    return how;
}

std::uint64_t read_rdf(input::InputFile& in, const std::string& file, const LoadOptions& options, const CancelToken& cancel, QuadSink& sink) {
    const std::uint64_t quads =
        rdf::read(in.stream(), *rdf_format_of(file, options.format), rdf_read_options(file, options, cancel), sink);
    in.check();
    return quads;
}

std::size_t thread_count(const LoadOptions& options) {
    return options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

ReadReport validate(const std::string& file, const LoadOptions& options) {
    CountingSink sink;
    return {read_file(file, options, sink)};
}

ReadReport convert(const std::string& file, std::ostream& out, DumpFormat to, const LoadOptions& options) {
    const auto writer = results::make_rdf_writer(rdf_format_of(to), out);
    const ReadReport report{read_file(file, options, *writer)};
    writer->finish();
    return report;
}

}  // namespace tercet
