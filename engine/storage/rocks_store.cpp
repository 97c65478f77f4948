#include "engine/storage/rocks_store.hpp"

#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/storage/memory_dictionary.hpp"
#include "engine/storage/overlay_source.hpp"
#include "engine/storage/pending_changes.hpp"
#include "engine/storage/rocks_source.hpp"
#include "engine/storage/statistics_change.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

/// From so many new quads on, files are written and taken in at once instead of going through the log.
constexpr std::size_t kBulk = 50'000;

/// Key and value of one column family, in the order in which they will be written.
using Entries = std::vector<std::pair<std::string, std::string>>;

/// All that a commit writes.
struct Commit {
    std::array<Entries, kFamilyCount> puts;
    std::array<std::vector<std::string>, kOrderCount> deletes;
    std::vector<std::string> statistics_deletes;
};

/// The dictionary as a transaction has extended it.
class ExtendedDictionary final : public QuadSource {
public:
    ExtendedDictionary(std::shared_ptr<const RocksSource> base, std::map<std::string, std::string> prefixes)
        : base_(std::move(base)), next_rank_(base_->number(kTermCountKey)), prefixes_(std::move(prefixes)) {}

    TermId intern(const TermView& term) {
        if (const auto id = inline_id(term)) return *id;
        std::string bytes;
        static_cast<void>(encode_term(term, [&](const TermView& part) { return std::optional(intern(part)); }, bytes));
        const auto known = ids_.find(bytes);
        if (known != ids_.end()) return known->second;
        if (const auto stored = base_->find_bytes(bytes)) return ids_.emplace(std::move(bytes), *stored).first->second;
        const TermId id = TermId::ranked(tag_of(bytes), TermId::Segment::Tail, next_rank_++);
        const auto made = ids_.emplace(std::move(bytes), id).first;
        fresh_.push_back(&*made);
        return id;
    }

    /// New terms in the order of their ranks.
    [[nodiscard]] const std::vector<const std::pair<const std::string, TermId>*>& fresh() const noexcept { return fresh_; }
    [[nodiscard]] std::uint64_t next_rank() const noexcept { return next_rank_; }
    std::map<std::string, std::string>& prefix_map() noexcept { return prefixes_; }

    std::optional<TermId> find(const TermView& term) const override {
        if (const auto id = inline_id(term)) return id;
        std::string bytes;
        if (!encode_term(term, [&](const TermView& part) { return find(part); }, bytes)) return std::nullopt;
        return find_bytes(bytes);
    }
    std::optional<TermId> find_triple(const std::array<TermId, 3>& parts) const override { return find_bytes(encode_triple(parts)); }
    Term term(TermId id) const override {
        const std::string* bytes = fresh_bytes(id);
        if (bytes == nullptr && id.tag() != TermTag::TripleTerm) return base_->term(id);
        if (id.tag() != TermTag::TripleTerm) return decode_term(*bytes);
        const auto [s, p, o] = triple(id);
        return Term::triple_term({term(s), term(p), term(o)});
    }
    std::vector<Term> terms(std::span<const TermId> ids) const override {
        std::vector<Term> found;
        for (const TermId id : ids) found.push_back(term(id));
        return found;
    }
    std::array<TermId, 3> triple(TermId id) const override {
        const std::string* bytes = fresh_bytes(id);
        return bytes != nullptr ? decode_triple(*bytes) : base_->triple(id);
    }
    std::vector<std::pair<std::string, std::string>> prefixes() const override { return {prefixes_.begin(), prefixes_.end()}; }

    // The quads of the base: only the dictionary is extended here.
    std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const override { return base_->scan(order, pattern); }
    bool contains(const Quad& quad) const override { return base_->contains(quad); }
    std::uint64_t estimate(const QuadPattern& pattern) const override { return base_->estimate(pattern); }
    PredicateStatistics predicate_statistics(TermId predicate) const override { return base_->predicate_statistics(predicate); }
    StoreStatistics statistics() const override { return base_->statistics(); }
    std::vector<TermId> graphs() const override { return base_->graphs(); }
    std::uint64_t version() const override { return base_->version(); }

private:
    [[nodiscard]] std::optional<TermId> find_bytes(const std::string& bytes) const {
        const auto known = ids_.find(bytes);
        return known != ids_.end() ? std::optional(known->second) : base_->find_bytes(bytes);
    }
    [[nodiscard]] const std::string* fresh_bytes(TermId id) const {
        const std::uint64_t first = next_rank_ - fresh_.size();
        if (!id.is_defined() || id.is_inline() || id.rank() < first || id.rank() >= next_rank_) return nullptr;
        return &fresh_[id.rank() - first]->first;
    }

    std::shared_ptr<const RocksSource> base_;
    std::uint64_t next_rank_;
    std::unordered_map<std::string, TermId> ids_;
    std::vector<const std::pair<const std::string, TermId>*> fresh_;
    std::map<std::string, std::string> prefixes_;
};

std::map<std::string, std::string> prefixes_of(const QuadSource& source) {
    const auto all = source.prefixes();
    return {all.begin(), all.end()};
}

class RocksTransaction final : public Transaction {
public:
    explicit RocksTransaction(std::shared_ptr<RocksDatabase> database)
        : database_(std::move(database)),
          turn_(database_->writer()),
          base_(std::make_shared<RocksSource>(database_)),
          dictionary_(std::make_shared<ExtendedDictionary>(base_, prefixes_of(*base_))) {}

    void add(const QuadView& quad) override {
        Quad ids{{intern(quad.subject), intern(quad.predicate), intern(quad.object), TermId{}}};
        if (quad.graph.kind != TermKind::Undefined) ids.slot[3] = intern(quad.graph);
        changes_.add(ids);
    }
    void declare_prefix(std::string_view name, std::string_view iri) override { dictionary_->prefix_map()[std::string(name)] = iri; }
    TermId intern(const TermView& term) override { return dictionary_->intern(term); }
    void add(const Quad& quad) override { changes_.add(quad); }
    void remove(const Quad& quad) override { changes_.remove(quad); }

    std::shared_ptr<const QuadSource> view() override {
        changes_.settle(*base_);
        return std::make_shared<OverlaySource>(base_, dictionary_, changes_.additions(), changes_.removals());
    }
    std::uint64_t added() const override { return settled().additions().size(); }
    std::uint64_t removed() const override { return settled().removals().size(); }

    void commit() override {
        changes_.settle(*base_);
        const bool nothing = changes_.additions().empty() && changes_.removals().empty() && prefixes_of(*base_) == dictionary_->prefix_map();
        if (nothing) return;
        const Commit commit = collect();
        if (changes_.additions().size() >= kBulk && changes_.removals().empty()) ingest(commit);
        else write(commit);
    }

private:
    const PendingChanges& settled() const {
        changes_.settle(*base_);
        return changes_;
    }

    Entries& family(Commit& commit, Family family) const { return commit.puts[static_cast<std::size_t>(family)]; }

    [[nodiscard]] Commit collect() {
        Commit commit;
        const auto& additions = changes_.additions();
        const auto& removals = changes_.removals();
        for (std::size_t i = 0; i < kOrderCount; ++i) {
            for (const Key& key : sorted_keys(kIndexOrders[i], additions)) commit.puts[i].emplace_back(encode_key(key), std::string());
            for (const Key& key : sorted_keys(kIndexOrders[i], removals)) commit.deletes[i].push_back(encode_key(key));
        }
        for (const auto* fresh : dictionary_->fresh()) {
            family(commit, Family::Terms).emplace_back(encode_number(fresh->second.rank()), fresh->first);
            family(commit, Family::TermIds).emplace_back(hash_of(fresh->first), encode_number(fresh->second.bits()));
        }
        const OverlaySource after(base_, dictionary_, removals.empty() ? std::vector<Quad>{} : additions, removals);
        for (const auto& [predicate, counts] : changed_statistics(*base_, after, additions, removals)) {
            if (counts.triples == 0) commit.statistics_deletes.push_back(encode_number(predicate.bits()));
            else family(commit, Family::Statistics).emplace_back(encode_number(predicate.bits()), encode_statistics(counts));
        }
        const auto in_default = [](const std::vector<Quad>& quads) {
            return static_cast<std::uint64_t>(std::count_if(quads.begin(), quads.end(), [](const Quad& q) { return !q.graph().is_defined(); }));
        };
        Entries& meta = family(commit, Family::Meta);
        meta.emplace_back(kTermCountKey, encode_number(dictionary_->next_rank()));
        meta.emplace_back(kQuadCountKey, encode_number(base_->number(kQuadCountKey) + additions.size() - removals.size()));
        meta.emplace_back(kDefaultQuadCountKey, encode_number(base_->number(kDefaultQuadCountKey) + in_default(additions) - in_default(removals)));
        meta.emplace_back(kVersionKey, encode_number(base_->version() + 1));
        for (const auto& [name, iri] : dictionary_->prefix_map()) meta.emplace_back(kPrefixKey + name, iri);
        for (Entries& entries : commit.puts) std::sort(entries.begin(), entries.end());
        return commit;
    }

    [[nodiscard]] static std::vector<Key> sorted_keys(const IndexOrder& order, const std::vector<Quad>& quads) {
        std::vector<Key> keys;
        keys.reserve(quads.size());
        for (const Quad& quad : quads) {
            if (!order.named_graphs_only || quad.graph().is_defined()) keys.push_back(key_of(order, quad));
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(std::size_t i) const { return database_->family(static_cast<Family>(i)); }

    /// One batch through the log: all of it, or after a crash nothing.
    void write(const Commit& commit) {
        rocksdb::WriteBatch batch;
        for (std::size_t i = 0; i < kFamilyCount; ++i) {
            for (const auto& [key, value] : commit.puts[i]) check(batch.Put(handle(i), key, value), "collect changes");
        }
        for (std::size_t i = 0; i < kOrderCount; ++i) {
            for (const std::string& key : commit.deletes[i]) check(batch.Delete(handle(i), key), "collect changes");
        }
        for (const std::string& key : commit.statistics_deletes) check(batch.Delete(database_->family(Family::Statistics), key), "collect changes");
        rocksdb::WriteOptions durable;
        durable.sync = true;
        check(database_->db().Write(durable, &batch), "commit to " + database_->directory());
    }

    /// One file per column family, taken in by one call that adds all of them or none (one atomic group in RocksDB's manifest).
    void ingest(const Commit& commit) {
        std::filesystem::create_directories(database_->scratch_directory());
        std::vector<rocksdb::IngestExternalFileArg> files;
        for (std::size_t i = 0; i < kFamilyCount; ++i) {
            if (commit.puts[i].empty()) continue;
            const std::string name = database_->scratch_directory() + "/" + std::to_string(i) + ".sst";
            rocksdb::SstFileWriter writer({}, family_options(), handle(i));
            check(writer.Open(name), "write " + name);
            for (const auto& [key, value] : commit.puts[i]) check(writer.Put(key, value), "write " + name);
            check(writer.Finish(), "write " + name);
            rocksdb::IngestExternalFileArg file;
            file.column_family = handle(i);
            file.external_files = {name};
            file.options.move_files = true;
            files.push_back(std::move(file));
        }
        check(database_->db().IngestExternalFiles(files), "add loaded files to " + database_->directory());
        std::error_code ignored;
        std::filesystem::remove_all(database_->scratch_directory(), ignored);
    }

    std::shared_ptr<RocksDatabase> database_;
    WriterTurn::Guard turn_;
    std::shared_ptr<const RocksSource> base_;
    std::shared_ptr<ExtendedDictionary> dictionary_;
    mutable PendingChanges changes_;
};

class RocksStore final : public Store {
public:
    explicit RocksStore(std::shared_ptr<RocksDatabase> database) : database_(std::move(database)) {}

    std::shared_ptr<const QuadSource> snapshot() const override { return std::make_shared<RocksSource>(database_); }
    std::unique_ptr<Transaction> begin() override {
        if (database_->is_read_only()) throw Error(ErrorCode::InvalidArgument, "the store at " + database_->directory() + " is open to read only");
        return std::make_unique<RocksTransaction>(database_);
    }

private:
    std::shared_ptr<RocksDatabase> database_;
};

}  // namespace

std::unique_ptr<Store> open_rocks_store(const std::string& directory, const RocksOptions& options) {
    return std::make_unique<RocksStore>(std::make_shared<RocksDatabase>(directory, options));
}

}  // namespace tercet::storage
