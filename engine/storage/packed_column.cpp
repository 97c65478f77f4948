#include "engine/storage/packed_column.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/model/term_id.hpp"

namespace tercet::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "blocks are read as they lie on the disk");

/// Wider values take 64 bits: below, eight bytes from any bit on hold one whole value.
constexpr unsigned kWidest = 56;
constexpr unsigned kClassBits = 2;
constexpr std::size_t kClasses = 1U << kClassBits;
/// Steps have to be added up to find one value, so they must save something.
constexpr unsigned kStepsSave = 2;

template <typename Number>
Number load(const char* bytes) noexcept {
    Number value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

template <typename Number>
void store(char* bytes, Number value) noexcept {
    std::memcpy(bytes, &value, sizeof value);
}

unsigned width_of(std::uint64_t value) noexcept {
    const auto width = static_cast<unsigned>(std::bit_width(value));
    return width > kWidest ? 64 : width;
}

std::uint64_t mask_of(unsigned width) noexcept { return width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1; }

std::uint64_t bits_at(const char* bits, std::size_t position, unsigned width) noexcept {
    return (load<std::uint64_t>(bits + position / 8) >> (position % 8)) & mask_of(width);
}

void append_bits(std::span<const std::uint64_t> values, unsigned width, std::string& out) {
    const std::size_t start = out.size();
    out.resize(start + (values.size() * width + 7) / 8 + sizeof(std::uint64_t));
    std::size_t position = 8 * start;
    for (const std::uint64_t value : values) {
        char* at = out.data() + position / 8;
        store(at, load<std::uint64_t>(at) | (value << (position % 8)));
        position += width;
    }
    out.resize(start + (values.size() * width + 7) / 8);
}

/// The least value of each of the (at most four) kinds of ids in a mini.
struct Classes {
    std::array<std::uint64_t, kClasses> base{};
    std::array<std::uint64_t, kClasses> kind{};
    std::size_t count = 0;
    bool fits = true;

    std::size_t of(std::uint64_t value) const noexcept {
        std::size_t i = 0;
        while (i < count && kind[i] != value >> TermId::kPayloadBits) ++i;
        return i;
    }
};

Classes find_classes(std::span<const std::uint64_t> values) {
    Classes classes;
    for (const std::uint64_t value : values) {
        const std::size_t i = classes.of(value);
        if (i == kClasses) {
            classes.fits = false;
            return classes;
        }
        if (i == classes.count) {
            classes.kind[i] = value >> TermId::kPayloadBits;
            classes.base[i] = value;
            ++classes.count;
        }
        classes.base[i] = std::min(classes.base[i], value);
    }
    return classes;
}

struct Packed {
    Packing packing;
    unsigned width;
    std::uint64_t base;
};

/// Appends the bits of one mini.
Packed pack_mini(std::span<const std::uint64_t> values, std::string& out) {
    std::array<std::uint64_t, kMiniRows> bits;
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const std::uint64_t base = *least;
    const unsigned frame = width_of(*most - base);

    std::uint64_t steps = 0;
    bool ascends = true;
    for (std::size_t i = 1; i < values.size() && ascends; ++i) {
        ascends = values[i - 1] <= values[i];
        bits[i - 1] = values[i] - values[i - 1];
        steps |= bits[i - 1];
    }
    if (ascends && width_of(steps) + kStepsSave <= frame) {
        append_bits({bits.data(), values.size() - 1}, width_of(steps), out);
        return {Packing::Steps, width_of(steps), base};
    }
    if (frame > 40) {
        const Classes classes = find_classes(values);
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < values.size() && classes.fits; ++i) {
            const std::size_t kind = classes.of(values[i]);
            bits[i] = ((values[i] - classes.base[kind]) << kClassBits) | kind;
            all |= values[i] - classes.base[kind];
        }
        const unsigned width = width_of(all) + kClassBits;
        if (classes.fits && classes.count > 1 && width <= kWidest && width < frame) {
            for (std::size_t i = 1; i < kClasses; ++i) {
                std::array<char, 8> bytes;
                store(bytes.data(), classes.base[i]);
                out.append(bytes.data(), bytes.size());
            }
            append_bits({bits.data(), values.size()}, width, out);
            return {Packing::Classes, width, classes.base[0]};
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i) bits[i] = values[i] - base;
    append_bits({bits.data(), values.size()}, frame, out);
    return {Packing::Frame, frame, base};
}

void write_header(char* header, const Packed& packed, std::size_t offset) {
    store(header, packed.base);
    store(header + 8, static_cast<std::uint16_t>(offset));
    store(header + 10, static_cast<std::uint8_t>(packed.width));
    store(header + 11, static_cast<std::uint8_t>(packed.packing));
}

std::uint64_t class_base(std::uint64_t first, const char* bases, std::size_t kind) noexcept {
    return kind == 0 ? first : load<std::uint64_t>(bases + 8 * (kind - 1));
}

constexpr std::size_t kClassBytes = 8 * (kClasses - 1);

}  // namespace

bool pack_column(std::span<const std::uint64_t> values, std::string& out) {
    const std::size_t start = out.size();
    const bool is_constant = std::all_of(values.begin(), values.end(), [&](std::uint64_t v) { return v == values[0]; });
    if (is_constant) {
        out.resize(start + kMiniHeaderBytes);
        write_header(out.data() + start, {Packing::Frame, 0, values.empty() ? 0 : values[0]}, kMiniHeaderBytes);
        return true;
    }
    const std::size_t minis = (values.size() + kMiniRows - 1) / kMiniRows;
    out.resize(start + minis * kMiniHeaderBytes);
    for (std::size_t i = 0; i < minis; ++i) {
        const std::size_t offset = out.size() - start;
        const std::size_t begin = i * kMiniRows;
        const Packed packed = pack_mini(values.subspan(begin, std::min(kMiniRows, values.size() - begin)), out);
        write_header(out.data() + start + i * kMiniHeaderBytes, packed, offset);
    }
    return false;
}

PackedColumn::Mini PackedColumn::mini(std::size_t index) const noexcept {
    const char* header = bytes_ + index * stride_;
    return {load<std::uint64_t>(header), bytes_ + load<std::uint16_t>(header + 8),
            load<std::uint8_t>(header + 10), static_cast<Packing>(load<std::uint8_t>(header + 11))};
}

bool PackedColumn::fits(std::size_t rows, std::size_t bytes) const noexcept {
    const std::size_t minis = is_constant() ? 1 : (rows + kMiniRows - 1) / kMiniRows;
    if (minis * kMiniHeaderBytes > bytes) return false;
    for (std::size_t i = 0; i < minis; ++i) {
        const Mini mini = this->mini(i);
        if (mini.packing > Packing::Classes || (mini.width > kWidest && mini.width != 64)) return false;
        if (is_constant() && (mini.width != 0 || mini.packing != Packing::Frame)) return false;
        const std::size_t values = std::min(kMiniRows, rows - i * kMiniRows) - (mini.packing == Packing::Steps ? 1 : 0);
        const std::size_t start = static_cast<std::size_t>(mini.bits - bytes_) + (mini.packing == Packing::Classes ? kClassBytes : 0);
        if (start + (values * mini.width + 7) / 8 + kColumnPadding > bytes) return false;
    }
    return true;
}

std::uint64_t PackedColumn::operator[](std::size_t row) const noexcept {
    const Mini mini = this->mini(row / kMiniRows);
    const std::size_t place = row % kMiniRows;
    if (mini.packing == Packing::Frame) return mini.base + bits_at(mini.bits, place * mini.width, mini.width);
    if (mini.packing == Packing::Classes) {
        const std::uint64_t bits = bits_at(mini.bits + kClassBytes, place * mini.width, mini.width);
        return class_base(mini.base, mini.bits, bits % kClasses) + (bits >> kClassBits);
    }
    std::uint64_t value = mini.base;
    for (std::size_t i = 0; i < place; ++i) value += bits_at(mini.bits, i * mini.width, mini.width);
    return value;
}

void PackedColumn::unpack(std::size_t begin, std::size_t end, std::uint64_t* out) const noexcept {
    while (begin < end) {
        const std::size_t place = begin % kMiniRows;
        const std::size_t count = std::min(end - begin, kMiniRows - place);
        const Mini mini = this->mini(begin / kMiniRows);
        const unsigned width = mini.width;
        const std::uint64_t mask = mask_of(width);
        std::size_t position = place * width;
        if (width == 0) {
            std::fill_n(out, count, mini.base);
        } else if (mini.packing == Packing::Frame) {
            for (std::size_t i = 0; i < count; ++i, position += width) {
                out[i] = mini.base + ((load<std::uint64_t>(mini.bits + position / 8) >> (position % 8)) & mask);
            }
        } else if (mini.packing == Packing::Classes) {
            std::array<std::uint64_t, kClasses> bases;
            for (std::size_t i = 0; i < kClasses; ++i) bases[i] = class_base(mini.base, mini.bits, i);
            for (std::size_t i = 0; i < count; ++i, position += width) {
                const std::uint64_t bits = bits_at(mini.bits + kClassBytes, position, width);
                out[i] = bases[bits % kClasses] + (bits >> kClassBits);
            }
        } else {
            std::uint64_t value = (*this)[begin];
            out[0] = value;
            for (std::size_t i = 1; i < count; ++i, position += width) {
                value += (load<std::uint64_t>(mini.bits + position / 8) >> (position % 8)) & mask;
                out[i] = value;
            }
        }
        out += count;
        begin += count;
    }
}

std::size_t PackedColumn::lower_bound(std::size_t begin, std::size_t end, std::uint64_t value) const noexcept {
    if (begin >= end) return end;
    if (is_constant()) return (*this)[begin] < value ? end : begin;
    // Gallops over the minis that start inside the range; the place is in the last one that starts below the value.
    std::size_t low = begin / kMiniRows;
    const std::size_t last = (end - 1) / kMiniRows;
    const auto starts_below = [&](std::size_t mini) { return (*this)[mini * kMiniRows] < value; };
    std::size_t step = 1;
    while (low + step <= last && starts_below(low + step)) {
        low += step;
        step *= 2;
    }
    std::size_t high = std::min(low + step, last + 1);
    while (low + 1 < high) {
        const std::size_t middle = low + (high - low) / 2;
        (starts_below(middle) ? low : high) = middle;
    }
    return search_mini(std::max(begin, low * kMiniRows), std::min(end, (low + 1) * kMiniRows), value);
}

std::size_t PackedColumn::search_mini(std::size_t begin, std::size_t end, std::uint64_t value) const noexcept {
    const Mini mini = this->mini(begin / kMiniRows);
    if (mini.packing == Packing::Steps) {
        std::uint64_t here = (*this)[begin];
        std::size_t position = (begin % kMiniRows) * mini.width;
        while (begin < end && here < value) {
            if (++begin == end) break;
            here += bits_at(mini.bits, position, mini.width);
            position += mini.width;
        }
        return begin;
    }
    std::size_t count = end - begin;
    while (count > 0) {
        const std::size_t half = count / 2;
        if ((*this)[begin + half] < value) {
            begin += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return begin;
}

}  // namespace tercet::storage
