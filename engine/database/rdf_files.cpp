#include "engine/database/rdf_files.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <random>
#include <thread>

#include "engine/database/network.hpp"
#include "loaders/http/url.hpp"
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

std::uint64_t read_document(const std::string& place, const LoadOptions& options, QuadSink& sink) {
    return RdfInput(place, options, network_limits({}, std::nullopt), {}).read(sink);
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

RdfInput::RdfInput(const std::string& place, const LoadOptions& options, const http::Limits& limits, CancelToken cancel) {
    how_.base = options.base;
    how_.source = place == "-" ? "standard input" : place;
    how_.blank_prefix = fresh_blank_prefix();
    how_.cancel = std::move(cancel);
    if (http::is_http_url(place)) open_url(place, options, limits);
    else open_file(place, options);
    if (!format_) throw Error(ErrorCode::InvalidArgument, "cannot tell which RDF format " + place + " has; say it with --format nt, nq, ttl, trig or rdf");
}

void RdfInput::open_url(const std::string& url, const LoadOptions& options, const http::Limits& limits) {
    download_ = std::make_unique<http::Download>(http::Request{url, rdf::accepted_types(), {}}, limits, how_.cancel);
    file_ = std::make_unique<input::InputFile>(url, download_->stream());
    const std::string& found = download_->url();
    format_ = rdf_format_of({}, options.format);
    if (!format_) format_ = rdf::format_of_media_type(download_->content_type());
    if (!format_) format_ = rdf::guess_format(found.substr(0, found.find('?')));
    if (how_.base.empty()) how_.base = found;
}

void RdfInput::open_file(const std::string& place, const LoadOptions& options) {
    const bool is_iri = place.starts_with("file:");
    const std::string path = is_iri ? input::path_of_file_iri(place) : place;
    file_ = std::make_unique<input::InputFile>(path);
    format_ = rdf_format_of(path, options.format);
    if (how_.base.empty()) how_.base = is_iri ? place : input::file_iri(path);
}

std::uint64_t RdfInput::read(QuadSink& sink) {
    const std::uint64_t quads = rdf::read(file_->stream(), *format_, how_, sink);
    file_->check();
    return quads;
}

std::size_t thread_count(const LoadOptions& options) {
    return options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

ReadReport validate(const std::string& file, const LoadOptions& options) {
    CountingSink sink;
    return {read_document(file, options, sink)};
}

ReadReport convert(const std::string& file, std::ostream& out, DumpFormat to, const LoadOptions& options) {
    const auto writer = results::make_rdf_writer(rdf_format_of(to), out);
    const ReadReport report{read_document(file, options, *writer)};
    writer->finish();
    return report;
}

}  // namespace tercet
