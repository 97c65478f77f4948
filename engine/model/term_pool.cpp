#include "engine/model/term_pool.hpp"

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::size_t kCachedTerms = 16384;
constexpr std::size_t kBytesPerTerm = 48;  ///< besides its text, which is kept twice

std::uint64_t hash_of(const TermPool::PathValue& path) {
    std::uint64_t hash = mix(path.start.bits());
    for (const TermId item : path.items) hash = mix(hash ^ item.bits());
    for (const auto& edge : path.edges) {
        for (const TermId part : edge) hash = mix(hash + part.bits());
    }
    return hash;
}

}  // namespace

struct TermPool::Local {
    std::unordered_map<std::string, TermId> ids;   ///< by encoded bytes
    std::deque<std::string> bytes;                 ///< by rank
    std::deque<PathValue> paths;
    std::unordered_multimap<std::uint64_t, std::uint64_t> path_ranks;  ///< by hash_of
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

    TermId add(std::string encoded) {
        const auto found = ids.find(encoded);
        if (found != ids.end()) return found->second;
        count(2 * (encoded.size() + kBytesPerTerm));
        const TermId id = TermId::ranked(tag_of(encoded), TermId::Segment::Local, bytes.size());
        bytes.push_back(encoded);
        ids.emplace(std::move(encoded), id);
        return id;
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
    return local_->add(std::move(bytes));
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

TermId TermPool::intern_path(PathValue path) {
    const std::uint64_t hash = hash_of(path);
    const auto [begin, end] = local_->path_ranks.equal_range(hash);
    const auto same = std::find_if(begin, end, [&](const auto& entry) { return local_->paths[entry.second] == path; });
    if (same != end) return TermId::ranked(TermTag::Path, TermId::Segment::Local, same->second);
    local_->count(sizeof path + path.edges.size() * sizeof path.edges.front() + path.items.size() * sizeof(TermId) + kBytesPerTerm);
    local_->path_ranks.emplace(hash, local_->paths.size());
    local_->paths.push_back(std::move(path));
    return TermId::ranked(TermTag::Path, TermId::Segment::Local, local_->paths.size() - 1);
}

const TermPool::PathValue& TermPool::path(TermId id) const { return local_->paths[id.rank()]; }

std::array<TermId, 3> TermPool::triple(TermId id) const {
    return id.is_local() ? decode_triple(local_->bytes[id.rank()]) : source_->triple(id);
}

/// As the draft on composite datatypes writes lists.
Term TermPool::list_literal(const std::vector<TermId>& items) {
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
