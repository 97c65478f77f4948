#include "engine/storage/packed_column.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace tercet::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "blocks are read as they lie on the disk");

/// Wider values take 64 bits: below, eight bytes from any bit on hold one whole value.
constexpr unsigned kWidest = 56;
/// Steps have to be added up to find one value, and classes looked up, so they must save some bits a value.
constexpr unsigned kStepsSave = 2;
constexpr unsigned kClassesSave = 2;
constexpr unsigned kLeastForClasses = 8;

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

/// Precondition: no value is wider than `width`.
void append_bits(std::span<const std::uint64_t> values, unsigned width, std::string& out) {
    const std::size_t start = out.size(), size = (values.size() * width + 7) / 8;
    out.resize(start + size + sizeof(std::uint64_t));
    char* at = out.data() + start;
    std::uint64_t word = 0;
    unsigned filled = 0;
    for (const std::uint64_t value : values) {
        word |= value << filled;
        filled += width;
        if (filled < 64) continue;
        store(at, word);
        at += sizeof word;
        filled -= 64;
        word = filled == 0 ? 0 : value >> (width - filled);
    }
    store(at, word);
    out.resize(start + size);
}

/// How the values of a mini fall into classes: values that lie within 2^width of a base, and the rest, each on its own.
///
///     bases (1) | singles (1) | all of them but the first, which is in the header (8 each) | bits
///
/// The low bits of a value say which base it is added to; one more than the last base: that the others are the place of a
/// single.
struct Classes {
    std::size_t bases = 0;
    std::size_t singles = 0;
    unsigned offset_width = 0;

    [[nodiscard]] unsigned class_width() const noexcept {
        return static_cast<unsigned>(std::bit_width(bases + (singles > 0 ? 1 : 0) - 1));
    }
    [[nodiscard]] unsigned width() const noexcept { return offset_width + class_width(); }
    [[nodiscard]] std::size_t table_bytes() const noexcept { return 2 + 8 * (bases + singles - 1); }
    [[nodiscard]] std::size_t bytes(std::size_t values) const noexcept { return table_bytes() + (values * width() + 7) / 8; }
};

constexpr std::size_t kMostBases = 15;

/// Precondition: the values ascend. Calls each(begin, end) for runs of values that lie within 2^width.
template <typename Each>
void for_each_class(std::span<const std::uint64_t> values, unsigned width, Each each) {
    for (std::size_t begin = 0, end = 0; begin < values.size(); begin = end) {
        while (end < values.size() && values[end] - values[begin] <= mask_of(width)) ++end;
        each(begin, end);
    }
}

Classes classes_of(std::span<const std::uint64_t> distinct, unsigned width) {
    Classes classes;
    for_each_class(distinct, width, [&](std::size_t begin, std::size_t end) { ++(end - begin == 1 ? classes.singles : classes.bases); });
    const unsigned for_singles = classes.singles > 1 ? static_cast<unsigned>(std::bit_width(classes.singles - 1)) : 0;
    classes.offset_width = std::max(classes.bases > 0 ? width : 0, for_singles);
    return classes;
}

/// Finds classes for one mini of a column after the other. Minis of a column are much alike, so it begins with what served the
/// last one, and rests for some minis where classes served nothing.
class ClassSearch {
public:
    struct Found {
        Classes classes;
        unsigned width = 0;
    };
    /// Of a mini of `values` values, these different ones, that would take `frame` bits each. Nothing if it is not worth while.
    std::optional<Found> find(std::span<const std::uint64_t> distinct, std::size_t values, unsigned frame);
    [[nodiscard]] bool rests() noexcept { return rest_ > 0 && rest_-- > 0; }

private:
    static constexpr std::array<unsigned, 20> kWidths{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44};
    static constexpr unsigned kRest = 3;

    /// Whether the width serves better than all that were tried.
    bool try_width(std::span<const std::uint64_t> distinct, std::size_t values, std::size_t place);

    std::optional<std::size_t> last_;  ///< place of the width that served
    unsigned rest_ = 0;
    std::optional<Found> best_;
    std::size_t least_ = 0;
};

bool ClassSearch::try_width(std::span<const std::uint64_t> distinct, std::size_t values, std::size_t place) {
    const Classes classes = classes_of(distinct, kWidths[place]);
    if (classes.bases > kMostBases || classes.bytes(values) >= least_) return false;
    least_ = classes.bytes(values);
    best_ = {classes, kWidths[place]};
    last_ = place;
    return true;
}

std::optional<ClassSearch::Found> ClassSearch::find(std::span<const std::uint64_t> distinct, std::size_t values, unsigned frame) {
    best_.reset();
    least_ = values * (frame - kClassesSave) / 8;
    const auto end = static_cast<std::size_t>(std::lower_bound(kWidths.begin(), kWidths.end(), frame) - kWidths.begin());
    if (last_ && *last_ < end) {
        const std::size_t start = *last_;
        try_width(distinct, values, start);
        for (std::size_t up = start + 1; up < end && try_width(distinct, values, up);) ++up;
        for (std::size_t down = start; down > 0 && try_width(distinct, values, down - 1);) --down;
    } else {
        for (std::size_t place = 0; place < end; ++place) try_width(distinct, values, place);
    }
    if (!best_) {
        last_.reset();
        rest_ = kRest;
    }
    return best_;
}

struct Packed {
    Packing packing;
    unsigned width;
    std::uint64_t base;
};

void append_number(std::uint64_t number, std::string& out) {
    std::array<char, 8> bytes;
    store(bytes.data(), number);
    out.append(bytes.data(), bytes.size());
}

/// Sorts in groups of four, and then by merging: chosen values are moved, so no branch has to be guessed.
void sort_mini(std::array<std::uint64_t, kMiniRows>& values, std::size_t count) {
    const auto order = [&](std::size_t a, std::size_t b) {
        const std::uint64_t low = std::min(values[a], values[b]), high = std::max(values[a], values[b]);
        values[a] = low;
        values[b] = high;
    };
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(count), values.end(), ~std::uint64_t{0});
    for (std::size_t i = 0; i < count; i += 4) {
        order(i, i + 1);
        order(i + 2, i + 3);
        order(i, i + 2);
        order(i + 1, i + 3);
        order(i + 1, i + 2);
    }
    std::array<std::uint64_t, kMiniRows> scratch;
    for (std::size_t width = 4; width < count; width *= 2) {
        for (std::size_t begin = 0; begin < kMiniRows; begin += 2 * width) {
            const std::size_t middle = begin + width, end = middle + width;
            std::size_t a = begin, b = middle, out = begin;
            while (a < middle && b < end) {
                const bool second = values[b] < values[a];
                scratch[out++] = values[second ? b : a];
                a += second ? 0 : 1;
                b += second ? 1 : 0;
            }
            while (a < middle) scratch[out++] = values[a++];
            while (b < end) scratch[out++] = values[b++];
        }
        values.swap(scratch);
    }
}

/// Appends a mini as classes, if that is narrower than its frame.
std::optional<Packed> pack_classes(std::span<const std::uint64_t> values, unsigned frame, ClassSearch& search, std::string& out) {
    if (frame < kLeastForClasses || search.rests()) return std::nullopt;
    std::array<std::uint64_t, kMiniRows> sorted, singles, bases, bits;
    std::copy(values.begin(), values.end(), sorted.begin());
    sort_mini(sorted, values.size());
    const auto end = std::unique(sorted.begin(), sorted.begin() + values.size());
    const std::span<const std::uint64_t> distinct(sorted.begin(), end);
    const auto found = search.find(distinct, values.size(), frame);
    if (!found) return std::nullopt;

    const auto& [classes, width] = *found;
    std::size_t base_count = 0, single_count = 0;
    for_each_class(distinct, width, [&](std::size_t begin, std::size_t behind) {
        if (behind - begin == 1)
            singles[single_count++] = distinct[begin];
        else
            bases[base_count++] = distinct[begin];
    });
    std::copy_n(singles.begin(), single_count, bases.begin() + base_count);
    out += static_cast<char>(classes.bases);
    out += static_cast<char>(classes.singles);
    for (std::size_t i = 1; i < classes.bases + classes.singles; ++i) append_number(bases[i], out);
    const auto singles_end = singles.begin() + single_count;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto single = std::lower_bound(singles.begin(), singles_end, values[i]);
        if (single != singles_end && *single == values[i]) {
            bits[i] = static_cast<std::uint64_t>(single - singles.begin()) << classes.class_width() | classes.bases;
        } else {
            const auto base = std::upper_bound(bases.begin(), bases.begin() + base_count, values[i]) - 1;
            bits[i] = (values[i] - *base) << classes.class_width() | static_cast<std::uint64_t>(base - bases.begin());
        }
    }
    append_bits({bits.data(), values.size()}, classes.width(), out);
    return Packed{Packing::Classes, classes.width(), bases[0]};
}

/// What decides how a mini is packed.
struct Shape {
    std::uint64_t least;
    std::uint64_t most;
    bool ascends = true;
    std::uint64_t steps = 0;  ///< the bits that are set in any step, if it ascends

    explicit Shape(std::span<const std::uint64_t> values) : least(values[0]), most(values[0]) {
        std::uint64_t previous = values[0];
        for (const std::uint64_t value : values) {
            least = std::min(least, value);
            most = std::max(most, value);
            ascends &= previous <= value;
            steps |= value - previous;
            previous = value;
        }
    }
};

/// Appends the bits of one mini.
Packed pack_mini(std::span<const std::uint64_t> values, ClassSearch& search, std::string& out) {
    std::array<std::uint64_t, kMiniRows> bits;
    const Shape shape(values);
    const std::uint64_t base = shape.least;
    const unsigned frame = width_of(shape.most - base);
    if (shape.ascends && width_of(shape.steps) + kStepsSave <= frame) {
        for (std::size_t i = 1; i < values.size(); ++i) bits[i - 1] = values[i] - values[i - 1];
        append_bits({bits.data(), values.size() - 1}, width_of(shape.steps), out);
        return {Packing::Steps, width_of(shape.steps), base};
    }
    if (const auto classes = pack_classes(values, frame, search, out)) return *classes;
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

/// The classes of a mini, as they lie on the disk.
class ClassTable {
public:
    ClassTable(std::uint64_t first, const char* bytes) noexcept
        : first_(first), bytes_(bytes), classes_{load<std::uint8_t>(bytes), load<std::uint8_t>(bytes + 1), 0} {
        class_width_ = classes_.class_width();
        mask_ = mask_of(class_width_);
    }
    [[nodiscard]] std::size_t size() const noexcept { return classes_.bases + classes_.singles; }
    [[nodiscard]] std::size_t bytes() const noexcept { return classes_.table_bytes(); }
    [[nodiscard]] const char* bits() const noexcept { return bytes_ + bytes(); }
    [[nodiscard]] std::uint64_t value(std::uint64_t bits) const noexcept {
        const std::uint64_t place = bits & mask_, rest = bits >> class_width_;
        return place < classes_.bases ? entry(place) + rest : entry(classes_.bases + rest);
    }
    /// The values of `count` places of `width` bits from `position` on.
    void unpack(std::size_t position, unsigned width, std::size_t count, std::uint64_t* out) const noexcept {
        std::array<std::uint64_t, kMostBases + kMiniRows> entries;
        entries[0] = first_;
        std::memcpy(entries.data() + 1, bytes_ + 2, 8 * (size() - 1));
        const std::uint64_t all = mask_of(width);
        for (std::size_t i = 0; i < count; ++i, position += width) {
            const std::uint64_t bits = (load<std::uint64_t>(this->bits() + position / 8) >> (position % 8)) & all;
            const std::uint64_t place = bits & mask_, rest = bits >> class_width_;
            const bool has_base = place < classes_.bases;
            out[i] = entries[has_base ? place : classes_.bases + rest] + (has_base ? rest : 0);
        }
    }
    /// Whether value() stays within the table.
    [[nodiscard]] bool has(std::uint64_t bits) const noexcept {
        const std::uint64_t place = bits & mask_, rest = bits >> class_width_;
        return place < classes_.bases || (place == classes_.bases && rest < classes_.singles);
    }

private:
    [[nodiscard]] std::uint64_t entry(std::uint64_t place) const noexcept {
        return place == 0 ? first_ : load<std::uint64_t>(bytes_ + 2 + 8 * (place - 1));
    }
    std::uint64_t first_;
    const char* bytes_;
    Classes classes_;
    unsigned class_width_;
    std::uint64_t mask_;
};

/// The first row of [begin, end) at which the value, which ascends, is not below `wanted`.
template <typename At>
std::size_t first_not_below(std::size_t begin, std::size_t end, std::uint64_t wanted, At at) noexcept {
    std::size_t count = end - begin;
    while (count > 0) {
        const std::size_t half = count / 2;
        const bool is_below = at(begin + half) < wanted;
        begin = is_below ? begin + half + 1 : begin;
        count = is_below ? count - half - 1 : half;
    }
    return begin;
}

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
    ClassSearch search;
    for (std::size_t i = 0; i < minis; ++i) {
        const std::size_t offset = out.size() - start;
        const std::size_t begin = i * kMiniRows;
        const Packed packed = pack_mini(values.subspan(begin, std::min(kMiniRows, values.size() - begin)), search, out);
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
        const std::size_t start = static_cast<std::size_t>(mini.bits - bytes_), size = (values * mini.width + 7) / 8 + kColumnPadding;
        if (mini.packing == Packing::Classes ? !classes_fit(mini, values, start, bytes) : start + size > bytes) return false;
    }
    return true;
}

bool PackedColumn::classes_fit(const Mini& mini, std::size_t values, std::size_t start, std::size_t bytes) noexcept {
    if (start + 2 > bytes) return false;
    const ClassTable table(mini.base, mini.bits);
    if (table.size() == 0 || table.size() > kMostBases + kMiniRows || start + table.bytes() + (values * mini.width + 7) / 8 + kColumnPadding > bytes) return false;
    for (std::size_t i = 0; i < values; ++i) {
        if (!table.has(bits_at(table.bits(), i * mini.width, mini.width))) return false;
    }
    return true;
}

void PackedColumn::start(ColumnWindow& window, const Mini& mini, std::size_t index) noexcept {
    if (window.mini_ == index) return;
    window.mini_ = index;
    window.count_ = 1;
    window.values_[0] = mini.base;
}

template <typename Until>
void PackedColumn::add_steps(ColumnWindow& window, const Mini& mini, Until until) noexcept {
    const std::uint64_t mask = mask_of(mini.width);
    std::size_t count = window.count_, position = (count - 1) * mini.width;
    std::uint64_t value = window.values_[count - 1];
    for (; !until(count, value); position += mini.width) {
        value += (load<std::uint64_t>(mini.bits + position / 8) >> (position % 8)) & mask;
        window.values_[count++] = value;
    }
    window.count_ = count;
}

std::uint64_t PackedColumn::at(std::size_t row, ColumnWindow* window) const noexcept {
    const Mini mini = this->mini(row / kMiniRows);
    const std::size_t place = row % kMiniRows;
    if (mini.packing == Packing::Frame) return mini.base + bits_at(mini.bits, place * mini.width, mini.width);
    if (mini.packing == Packing::Classes) {
        const ClassTable table(mini.base, mini.bits);
        return table.value(bits_at(table.bits(), place * mini.width, mini.width));
    }
    if (window != nullptr) {
        start(*window, mini, row / kMiniRows);
        add_steps(*window, mini, [place](std::size_t count, std::uint64_t) { return count > place; });
        return window->values_[place];
    }
    std::uint64_t value = mini.base;
    for (std::size_t i = 0; i < place; ++i) value += bits_at(mini.bits, i * mini.width, mini.width);
    return value;
}

void PackedColumn::unpack(std::size_t begin, std::size_t end, std::uint64_t* out, ColumnWindow* window) const noexcept {
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
            ClassTable(mini.base, mini.bits).unpack(position, width, count, out);
        } else {
            std::uint64_t value = at(begin, window);
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

std::size_t PackedColumn::lower_bound(std::size_t begin, std::size_t end, std::uint64_t value, ColumnWindow* window) const noexcept {
    if (begin >= end) return end;
    if (value == 0) return begin;
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
    return search_mini(std::max(begin, low * kMiniRows), std::min(end, (low + 1) * kMiniRows), value, window);
}

std::size_t PackedColumn::search_mini(std::size_t begin, std::size_t end, std::uint64_t value, ColumnWindow* window) const noexcept {
    const Mini mini = this->mini(begin / kMiniRows);
    if (mini.packing == Packing::Steps) {
        ColumnWindow own;
        if (window == nullptr) window = &own;
        const std::size_t start_row = begin / kMiniRows * kMiniRows, first = begin - start_row, behind = end - start_row;
        start(*window, mini, begin / kMiniRows);
        add_steps(*window, mini, [=](std::size_t count, std::uint64_t last) { return count >= behind || (count > first && last >= value); });
        const auto values = window->values_.begin();
        const auto found = std::lower_bound(values + static_cast<std::ptrdiff_t>(first), values + static_cast<std::ptrdiff_t>(std::min(behind, window->count_)), value);
        return start_row + static_cast<std::size_t>(found - values);
    }
    const unsigned width = mini.width;
    if (mini.packing == Packing::Classes) {
        const ClassTable table(mini.base, mini.bits);
        return first_not_below(begin, end, value, [&](std::size_t row) { return table.value(bits_at(table.bits(), row % kMiniRows * width, width)); });
    }
    if (value <= mini.base) return begin;
    return first_not_below(begin, end, value - mini.base, [&](std::size_t row) { return bits_at(mini.bits, row % kMiniRows * width, width); });
}

}  // namespace tercet::storage
