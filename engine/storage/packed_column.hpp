#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace tercet::storage {

/// How values of a column lie in minis of 128, each packed in its own way.
///
/// A column is a table of headers, one per mini, and then the minis' bits. All little-endian.
///
///     header   base (8) | offset of the bits in the column (2) | width (1) | packing (1)
///
/// Frame: value = base + bits. Steps: the values ascend, bits are the differences. Classes: the low bits choose one of
/// several bases, or a value that stands alone, so that ids of different kinds, few different ones and stray ones pack well.
/// A column of one value has one header for all minis.
enum class Packing : std::uint8_t { Frame = 0, Steps = 1, Classes = 2 };

inline constexpr std::size_t kMiniRows = 128;
inline constexpr std::size_t kMiniHeaderBytes = 12;
/// Reading bits may touch so many bytes behind a column.
inline constexpr std::size_t kColumnPadding = 8;

/// Appends a column. Returns whether it is one value only.
bool pack_column(std::span<const std::uint64_t> values, std::string& out);

/// The mini of a column that was looked into last, as far as it was unpacked. It spares those who move forward to add up the
/// same steps again and again.
class ColumnWindow {
public:
    /// Forgets what it holds, to serve another column.
    void reset() noexcept { mini_ = kNone; }

private:
    friend class PackedColumn;
    static constexpr std::size_t kNone = ~std::size_t{0};
    std::size_t mini_ = kNone;
    std::size_t count_ = 0;
    std::array<std::uint64_t, kMiniRows> values_;
};

/// Looks at a packed column without unpacking it. Where a window is given, it must have served this column alone since its reset.
class PackedColumn {
public:
    PackedColumn() = default;
    PackedColumn(const char* bytes, bool is_constant) noexcept
        : bytes_(bytes), stride_(is_constant ? 0 : kMiniHeaderBytes) {}

    [[nodiscard]] bool is_constant() const noexcept { return stride_ == 0; }
    /// Whether reading `rows` values stays within the first `bytes` bytes of the column and its padding.
    [[nodiscard]] bool fits(std::size_t rows, std::size_t bytes) const noexcept;
    [[nodiscard]] std::uint64_t operator[](std::size_t row) const noexcept { return at(row, nullptr); }
    [[nodiscard]] std::uint64_t at(std::size_t row, ColumnWindow* window) const noexcept;
    /// Writes the values of [begin, end).
    void unpack(std::size_t begin, std::size_t end, std::uint64_t* out, ColumnWindow* window = nullptr) const noexcept;
    /// The first row of [begin, end) whose value is not below `value`. Precondition: the values ascend there. Quick if
    /// it is near `begin`.
    [[nodiscard]] std::size_t lower_bound(std::size_t begin, std::size_t end, std::uint64_t value, ColumnWindow* window = nullptr) const noexcept;

private:
    struct Mini {
        std::uint64_t base;
        const char* bits;
        unsigned width;
        Packing packing;
    };
    [[nodiscard]] Mini mini(std::size_t index) const noexcept;
    [[nodiscard]] static bool classes_fit(const Mini& mini, std::size_t values, std::size_t start, std::size_t bytes) noexcept;
    [[nodiscard]] std::size_t search_mini(std::size_t begin, std::size_t end, std::uint64_t value, ColumnWindow* window) const noexcept;
    static void start(ColumnWindow& window, const Mini& mini, std::size_t index) noexcept;
    /// Unpacks more values until until(their number, the last one).
    template <typename Until>
    static void add_steps(ColumnWindow& window, const Mini& mini, Until until) noexcept;

    const char* bytes_ = nullptr;
    std::size_t stride_ = 0;
};

}  // namespace tercet::storage
