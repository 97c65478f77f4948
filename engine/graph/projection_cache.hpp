#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tercet::graph {

class Projection;

/// Projections that queries have made, for the queries after them: those of the newest snapshot that was asked, within a number of
/// bytes. What was used longest ago goes first. Any number of threads may use it at once.
class ProjectionCache {
public:
    using Kept = std::shared_ptr<const Projection>;

    /// What a projection is made of, in the words of the caller, and the version of the snapshot.
    struct Key {
        std::string definition;
        std::uint64_t version = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Entry {
        Key key;
        std::string text;  ///< for people
        Kept projection;
        std::size_t nodes = 0, edges = 0, bytes = 0;
        std::uint64_t uses = 0;  ///< after the query that made it
    };

    explicit ProjectionCache(std::size_t bytes) : most_bytes_(bytes) {}

    /// Null if it is not there.
    [[nodiscard]] Kept find(const Key& key);
    /// Keeps a projection, if it has room alone; it must not have nodes that only one query knows.
    void keep(Key key, std::string text, Kept projection);

    /// What was used last comes first.
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] std::size_t bytes() const;

private:
    void drop_below(std::uint64_t version);

    const std::size_t most_bytes_;
    mutable std::mutex mutex_;
    std::list<Entry> entries_;
    std::size_t bytes_ = 0;
    std::uint64_t newest_ = 0;
};

}  // namespace tercet::graph
