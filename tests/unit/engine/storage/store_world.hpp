#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/index_choice.hpp"
#include "engine/model/store.hpp"
#include "engine/storage/memory_store.hpp"
#include "engine/storage/rocks_store.hpp"
#include "support/temp_dir.hpp"

namespace tercet::storage::test {

using tercet::test::TempDir;

inline constexpr TermId kAny = TermId::any();
inline constexpr TermId kDefaultGraph{};

/// A store in a directory of its own, if it needs one. The kinds must behave alike.
struct StoreKind {
    std::string_view name;
    RocksOptions options;
    bool on_disk = true;
};

/// Of the third kind, every commit writes blocks, and every fifth change goes to a temporary file. Of the last, blocks
/// are written behind the back of readers and writers.
inline const std::vector<StoreKind>& store_kinds() {
    static const std::vector<StoreKind> kinds{
        {"memory", {}, false},
        {"disk", {}},
        {"disk, bulk and files", {.load_memory = 5 * 40, .bulk_quads = 1}},
        {"disk, folded often", {.bulk_quads = 40, .fold_changes = 25, .sync = false}},
    };
    return kinds;
}

class World {
public:
    explicit World(const StoreKind& kind) : kind_(kind) { open(); }

    [[nodiscard]] Store& store() { return *store_; }
    [[nodiscard]] std::shared_ptr<const QuadSource> now() const { return store_->snapshot(); }
    /// Closes the store and opens it again; a store in memory stays as it is.
    void reopen() {
        if (!kind_.on_disk) return;
        store_.reset();
        open();
    }

private:
    void open() {
        if (kind_.on_disk)
            store_ = open_rocks_store(directory_ / "store", kind_.options);
        else
            store_ = std::make_unique<MemoryStore>();
    }

    StoreKind kind_;
    TempDir directory_;
    std::unique_ptr<Store> store_;
};

inline TermId iri(Transaction& transaction, std::string_view name) {
    return transaction.intern(TermView::iri("http://example.org/" + std::string(name)));
}

/// "s p o" or "s p o g", names without spaces.
inline Quad quad(Transaction& transaction, std::string_view text) {
    Quad result;
    for (std::size_t i = 0; i < 4 && !text.empty(); ++i) {
        const std::size_t end = std::min(text.find(' '), text.size());
        result.slot[i] = iri(transaction, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

inline void add(Store& store, const std::vector<std::string_view>& quads) {
    const auto transaction = store.begin();
    for (const auto text : quads) transaction->add(quad(*transaction, text));
    transaction->commit();
}

inline void remove(Store& store, const std::vector<std::string_view>& quads) {
    const auto transaction = store.begin();
    for (const auto text : quads) transaction->remove(quad(*transaction, text));
    transaction->commit();
}

inline std::vector<Quad> scan(const QuadSource& source, const IndexOrder& order, const QuadPattern& pattern,
                              std::size_t limit = kBatchRows) {
    std::vector<Quad> found;
    const auto cursor = source.scan(order, pattern);
    const auto batch = std::make_unique<QuadBatch>();
    while (cursor->next(*batch, limit)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            found.push_back({{batch->column[0][i], batch->column[1][i], batch->column[2][i], batch->column[3][i]}});
        }
    }
    return found;
}

inline constexpr QuadPattern kEverything{{kAny, kAny, kAny, kAny}};

/// All quads as "s p o g" lines, the names without what they have in common; sorted.
inline std::vector<std::string> contents(const QuadSource& source) {
    std::vector<std::string> lines;
    for (const Quad& quad : scan(source, kIndexOrders[0], kEverything)) {
        std::string line;
        for (const TermId id : quad.slot) {
            if (!id.is_defined()) continue;
            const std::string value = source.term(id).value;
            line += (line.empty() ? "" : " ") + value.substr(value.rfind('/') + 1);
        }
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace tercet::storage::test
