#pragma once

#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <vector>

#include "engine/base/cancellation.hpp"

namespace tercet::graph {

/// A value for each vertex, as a property map of Boost.Graph that asks the cancel token while an algorithm writes to
/// it. So algorithms that have no visitor can be stopped.
template <typename T>
class WatchedVector {
public:
    WatchedVector(std::size_t size, const T& value, const CancelToken& cancel)
        : values_(size, value), cancel_(cancel) {}
    WatchedVector(const WatchedVector&) = delete;
    WatchedVector& operator=(const WatchedVector&) = delete;

    [[nodiscard]] const std::vector<T>& values() const noexcept { return values_; }
    [[nodiscard]] const T& operator[](std::size_t vertex) const { return values_[vertex]; }
    void write(std::size_t vertex, const T& value) {
        if (++writes_ % kWritesPerCheck == 0) cancel_.check();
        values_[vertex] = value;
    }

    class Map {
    public:
        using key_type = std::uint32_t;
        using value_type = T;
        using reference = T;
        using category = boost::read_write_property_map_tag;

        explicit Map(WatchedVector& owner) : owner_(&owner) {}
        friend T get(const Map& map, key_type vertex) { return (*map.owner_)[vertex]; }
        friend void put(const Map& map, key_type vertex, const T& value) { map.owner_->write(vertex, value); }

    private:
        WatchedVector* owner_;
    };
    [[nodiscard]] Map map() { return Map(*this); }

private:
    static constexpr std::uint64_t kWritesPerCheck = 4096;
    std::vector<T> values_;
    const CancelToken& cancel_;
    std::uint64_t writes_ = 0;
};

}  // namespace tercet::graph
