#include "loaders/reading/documents.hpp"

#include "loaders/input/input_file.hpp"

namespace tercet::reading {

void read_documents(const std::string& file, const std::function<void(RawDocument)>& take) {
    input::InputFile in(file);
    RawDocument document;
    document.bytes = in.read_undamaged(document.note);
    document.format = format_of(file, document.bytes);
    take(std::move(document));
}

}  // namespace tercet::reading
