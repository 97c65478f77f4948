#include "engine/model/term_pool.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <unordered_map>

#include "engine/base/large_allocator.hpp"
#include "engine/model/inline_term.hpp"
#include "engine/model/rank_index.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::size_t kCachedTerms = 16384;
constexpr std::size_t kBytesEach = RankIndex::kBytesEach + sizeof(std::string_view);  ///< of a term or path, besides itself

std::uint64_t hash_of(const TermPool::PathValue& path) {
    std::uint64_t hash = mix(path.start.bits());
    for (const TermId item : path.items) hash = mix(hash ^ item.bits());
    for (const auto& edge : path.edges) {
        for (const TermId part : edge) hash = mix(hash + part.bits());
    }
    return hash;
}

}  // namespace

/// What the query makes lies in an arena and goes with it, all at once: nothing in there is destroyed by itself, so that a query with
/// millions of paths ends as soon as it is told to.
struct TermPool::Local {
    LargeMemory memory;
    std::pmr::monotonic_buffer_resource arena{&memory};
    LargeVector<std::string_view> bytes;     ///< encoded terms, by rank
    RankIndex by_bytes;
    LargeVector<const PathValue*> paths;     ///< by rank
    RankIndex by_path;
    std::unordered_map<TermId, Term> cache;
    std::uint64_t blank_nodes = 0;
    std::uint64_t scope = (std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}();  ///< tells this query's blank nodes from all others

    std::optional<MemoryShare> share;
    std::size_t made = 0;     ///< bytes, about
    std::size_t counted = 0;  ///< of them

    void count(std::size_t more) {
        constexpr std::size_t kStep = std::size_t{64} << 10U;
        made += more;
        if (!share || made < counted + kStep) return;
        share->resize(made);
        counted = made;
    }

    TermId add(std::string_view encoded) {
        const std::uint64_t hash = std::hash<std::string_view>()(encoded);
        const auto found = by_bytes.find(hash, [&](std::uint32_t rank) { return bytes[rank] == encoded; });
        if (found) return TermId::ranked(tag_of(encoded), TermId::Segment::Local, *found);
        count(encoded.size() + kBytesEach);
        char* const kept = static_cast<char*>(arena.allocate(encoded.size(), 1));
        std::memcpy(kept, encoded.data(), encoded.size());
        bytes.emplace_back(kept, encoded.size());
        by_bytes.add(hash);
        return TermId::ranked(tag_of(encoded), TermId::Segment::Local, bytes.size() - 1);
    }
    const PathValue* keep(const PathValue& path) {
        void* const place = arena.allocate(sizeof(PathValue), alignof(PathValue));
        return ::new (place) PathValue{path.start, {path.edges, &arena}, {path.forward, &arena}, path.cost, {path.items, &arena}, path.is_list};
    }
};

TermPool::TermPool(std::shared_ptr<const QuadSource> source) : source_(std::move(source)), local_(std::make_unique<Local>()) {}
TermPool::TermPool(std::shared_ptr<const QuadSource> source, MemoryBudget& memory) : TermPool(std::move(source)) {
    local_->share.emplace(memory, "the terms that a query makes");
}
TermPool::~TermPool() = default;

TermId TermPool::intern(const Term& term) {
    if (term.is_path()) throw Error(ErrorCode::Query, "a path cannot be used as a constant");
    const TermViewHolder holder(term);
    return intern_view(holder.view());
}

TermId TermPool::intern_view(const TermView& term) {
    if (term.kind == TermKind::Undefined) return {};
    if (const auto id = inline_id(term)) return *id;
    if (term.kind == TermKind::TripleTerm) {
        return intern_triple({intern_view(term.triple->subject), intern_view(term.triple->predicate), intern_view(term.triple->object)});
    }
    if (const auto id = source_->find(term)) return *id;
    std::string bytes;
    static_cast<void>(encode_term(term, {}, bytes));
    return local_->add(bytes);
}

TermId TermPool::intern_triple(const std::array<TermId, 3>& parts) {
    const bool stored = !parts[0].is_local() && !parts[1].is_local() && !parts[2].is_local();
    if (stored) {
        if (const auto id = source_->find_triple(parts)) return *id;
    }
    return local_->add(encode_triple(parts));
}

TermId TermPool::fresh_blank_node() {
    return local_->add("Bq" + std::to_string(local_->scope) + '_' + std::to_string(++local_->blank_nodes));
}

TermId TermPool::intern_path(const PathValue& path) {
    const std::uint64_t hash = hash_of(path);
    const auto found = local_->by_path.find(hash, [&](std::uint32_t rank) { return *local_->paths[rank] == path; });
    if (found) return TermId::ranked(TermTag::Path, TermId::Segment::Local, *found);
    local_->count(sizeof path + path.edges.size() * sizeof path.edges.front() + path.items.size() * sizeof(TermId) + kBytesEach);
    local_->paths.push_back(local_->keep(path));
    local_->by_path.add(hash);
    return TermId::ranked(TermTag::Path, TermId::Segment::Local, local_->paths.size() - 1);
}

const TermPool::PathValue& TermPool::path(TermId id) const { return *local_->paths[id.rank()]; }

std::array<TermId, 3> TermPool::triple(TermId id) const {
    return id.is_local() ? decode_triple(local_->bytes[id.rank()]) : source_->triple(id);
}

/// As the draft on composite datatypes writes lists.
Term TermPool::list_literal(const std::pmr::vector<TermId>& items) {
    std::string text = "[";
    for (const TermId item : items) text += (text.size() == 1 ? "" : ", ") + term(item).to_string();
    return Term::typed_literal(text + "]", std::string(vocabulary::kList));
}

Term TermPool::term(TermId id) {
    if (!id.is_defined()) return {};
    if (id.is_inline()) return inline_term(id);
    if (id.tag() == TermTag::Path) {
        if (path(id).is_list) return list_literal(path(id).items);
        std::vector<Triple> edges;
        for (const auto& [s, p, o] : path(id).edges) edges.push_back({term(s), term(p), term(o)});
        Term walk = Term::path(std::move(edges));
        walk.value = term(path(id).start).to_string();
        return walk;
    }
    if (id.tag() == TermTag::TripleTerm) {
        const auto [s, p, o] = triple(id);
        return Term::triple_term({term(s), term(p), term(o)});
    }
    if (id.is_local()) return decode_term(local_->bytes[id.rank()]);
    const auto found = local_->cache.find(id);
    if (found != local_->cache.end()) return found->second;
    if (local_->cache.size() >= kCachedTerms) local_->cache.clear();
    return local_->cache.emplace(id, source_->term(id)).first->second;
}

}  // namespace tercet
