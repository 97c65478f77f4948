#include "loaders/reading/documents.hpp"

#include "engine/base/line_reader.hpp"
#include "loaders/reading/feed.hpp"
#include "loaders/reading/json_lines.hpp"
#include "loaders/reading/warc.hpp"

namespace tercet::reading {
namespace {

using Take = std::function<void(RawDocument)>;

/// A file that is one document, or one piece of XML.
void read_whole(input::InputFile& in, Format format, const Take& take) {
    RawDocument document;
    document.format = format;
    document.bytes = in.read_undamaged(document.note, LineReader::kLongest + 1);  // what is longer is cut, and that is said
    if (format != Format::Feed) return take(std::move(document));
    std::string damage;
    const bool is_cut = document.bytes.size() > LineReader::kLongest;
    read_feed(std::move(document.bytes), damage, take);
    if (is_cut) damage = "longer than " + std::to_string(LineReader::kLongest / 1'000'000) + " MB; " + damage;
    if (!document.note.empty()) damage = document.note;
    if (!damage.empty()) take(remark(damage));
}

}  // namespace

void read_documents(input::InputFile& in, const std::string& name, const ArticleFields& fields, const Take& take) {
    const Format format = format_of(name, in.head());
    std::string damage;
    if (format == Format::JsonLines) read_json_lines(in.stream(), fields, take);
    else if (format == Format::Warc) read_warc(in.stream(), damage, take);
    else return read_whole(in, format, take);
    if (damage.empty()) damage = in.damage();
    if (!damage.empty()) take(remark(damage));
}

std::string full_name(const std::string& file, const std::string& part) { return part.empty() ? file : file + ", " + part; }

}  // namespace tercet::reading
