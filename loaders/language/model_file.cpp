#include "loaders/language/model_file.hpp"

#include <xxhash.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "loaders/language/features.hpp"
#include "tercet/error.hpp"

namespace tercet::language {
namespace {

constexpr std::string_view kMagic = "TERCETLM";

class Writer {
public:
    void number(std::uint32_t value) { raw(&value, sizeof value); }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        raw(value.data(), value.size());
    }
    void raw(const void* data, std::size_t size) { bytes.append(static_cast<const char*>(data), size); }
    void texts(const std::vector<std::string>& values) {
        number(static_cast<std::uint32_t>(values.size()));
        for (const std::string& value : values) text(value);
    }
    void pairs(const std::map<std::string, std::string>& values) {
        number(static_cast<std::uint32_t>(values.size()));
        for (const auto& [key, value] : values) {
            text(key);
            text(value);
        }
    }
    std::string bytes;
};

class Reader {
public:
    Reader(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

    [[noreturn]] void damaged(const char* what) const {
        throw Error(ErrorCode::Damaged, "the language model " + file_ + " is damaged (" + what + "); install it again");
    }
    std::string_view raw(std::size_t size) {
        if (size > bytes_.size()) damaged("it ends too early");
        const std::string_view part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }
    std::uint32_t number() {
        std::uint32_t value = 0;
        std::memcpy(&value, raw(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text() { return std::string(raw(number())); }
    std::vector<std::string> texts() {
        std::vector<std::string> values;
        for (std::uint32_t n = number(); n > 0; --n) values.push_back(text());
        return values;
    }
    std::map<std::string, std::string> pairs() {
        std::map<std::string, std::string> values;
        for (std::uint32_t n = number(); n > 0; --n) {
            std::string key = text();
            values.emplace_hint(values.end(), std::move(key), text());
        }
        return values;
    }
    Tensor tensor() {
        Tensor tensor;
        tensor.rows = number();
        tensor.columns = number();
        tensor.scale.resize(tensor.rows);
        const std::size_t scales = std::size_t{tensor.rows} * sizeof(float);
        std::memcpy(tensor.scale.data(), raw(scales).data(), scales);
        const std::string_view data = raw(std::size_t{tensor.rows} * tensor.columns);
        tensor.data.assign(reinterpret_cast<const std::int8_t*>(data.data()),
                           reinterpret_cast<const std::int8_t*>(data.data()) + data.size());
        return tensor;
    }

private:
    std::string_view bytes_;
    const std::string& file_;
};

std::string slurp(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::NotFound, "there is no language model at " + file + "; give one with --model or TERCET_MODEL");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<float> Tensor::row(std::uint32_t r) const {
    std::vector<float> values(columns);
    for (std::uint32_t c = 0; c < columns; ++c) values[c] = scale[r] * static_cast<float>(data[std::size_t{r} * columns + c]);
    return values;
}

const Tensor& ModelFile::tensor(const std::string& name) const {
    const auto found = tensors.find(name);
    if (found == tensors.end()) throw Error(ErrorCode::Damaged, "the language model has no part named " + name);
    return found->second;
}

void ModelFile::write(const std::string& file) const {
    Writer writer;
    writer.raw(kMagic.data(), kMagic.size());
    writer.number(kVersion);
    writer.number(kFeatureVersion);
    writer.texts(words);
    writer.texts(upos);
    writer.texts(xpos);
    writer.texts(labels);
    writer.pairs(lemma_table);
    writer.pairs(lemma_rules);
    writer.number(static_cast<std::uint32_t>(tensors.size()));
    for (const auto& [name, tensor] : tensors) {
        writer.text(name);
        writer.number(tensor.rows);
        writer.number(tensor.columns);
        writer.raw(tensor.scale.data(), tensor.scale.size() * sizeof(float));
        writer.raw(tensor.data.data(), tensor.data.size());
    }
    const std::uint64_t checksum = XXH3_64bits(writer.bytes.data(), writer.bytes.size());
    writer.raw(&checksum, sizeof checksum);
    std::ofstream out(file, std::ios::binary);
    if (!out.write(writer.bytes.data(), static_cast<std::streamsize>(writer.bytes.size()))) {
        throw Error(ErrorCode::Io, "cannot write " + file);
    }
}

ModelFile ModelFile::read(const std::string& file) {
    const std::string bytes = slurp(file);
    Reader reader(bytes, file);
    if (!std::string_view(bytes).starts_with(kMagic)) reader.damaged("it does not start as one");
    if (bytes.size() < kMagic.size() + 2 * sizeof(std::uint32_t) + sizeof(std::uint64_t)) reader.damaged("it ends too early");
    static_cast<void>(reader.raw(kMagic.size()));
    if (reader.number() != kVersion || reader.number() != kFeatureVersion) {
        throw Error(ErrorCode::Version, "the language model " + file + " was made for another version of Tercet");
    }
    std::uint64_t checksum = 0;
    const std::size_t body = bytes.size() - sizeof checksum;
    std::memcpy(&checksum, bytes.data() + body, sizeof checksum);
    if (checksum != XXH3_64bits(bytes.data(), body)) reader.damaged("its checksum is wrong");

    ModelFile model;
    model.words = reader.texts();
    model.upos = reader.texts();
    model.xpos = reader.texts();
    model.labels = reader.texts();
    model.lemma_table = reader.pairs();
    model.lemma_rules = reader.pairs();
    for (std::uint32_t n = reader.number(); n > 0; --n) {
        std::string name = reader.text();
        model.tensors.emplace(std::move(name), reader.tensor());
    }
    return model;
}

}  // namespace tercet::language
