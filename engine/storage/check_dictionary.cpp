#include "engine/storage/check_dictionary.hpp"

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"

namespace tercet::storage {
namespace {

using IteratorPtr = std::unique_ptr<rocksdb::Iterator>;

class DictionaryCheck {
public:
    DictionaryCheck(const RocksDatabase& database, Problems& problems) : database_(database), problems_(problems) {}

    KnownTerms run() {
        const IteratorPtr each(database_.db().NewIterator({}, database_.family(Family::Terms)));
        for (each->SeekToFirst(); each->Valid(); each->Next()) {
            problems_.guard(place(known_.size()), [&] { check_rank(each->key().ToStringView()); });
            check_term(each->value().ToStringView());
        }
        check(each->status(), "read the dictionary");
        check_hashes();
        return std::move(known_);
    }

private:
    static std::string place(std::uint64_t rank) { return "dictionary, term " + std::to_string(rank); }

    /// Ranks have no gaps. What is missing is counted as a term that nothing may use.
    void check_rank(std::string_view key) {
        const std::uint64_t rank = decode_number(key);
        if (rank == known_.size()) return;
        problems_.add(place(known_.size()), "is missing");
        while (known_.size() < rank && known_.size() < kMostMissing) known_.add_unknown();
    }

    void check_term(std::string_view bytes) {
        const std::uint64_t rank = known_.size();
        const std::string problem = problem_of(bytes);
        if (!problem.empty()) {
            problems_.add(place(rank), problem);
            return known_.add_unknown();
        }
        known_.add(tag_of(bytes));
        ++terms_;
        const TermId id = TermId::ranked(tag_of(bytes), TermId::Segment::Tail, rank);
        std::string found;
        const rocksdb::Status status =
            database_.db().Get({}, database_.family(Family::TermIds), encode_hash(hash_term(bytes)), &found);
        if (status.IsNotFound()) return problems_.add(place(rank), describe(bytes) + " cannot be found by its hash");
        check(status, "look up a term");
        if (found != encode_ranked(id)) problems_.add(place(rank), describe(bytes) + " is found under another id");
    }

    /// What is wrong with the bytes themselves.
    [[nodiscard]] std::string problem_of(std::string_view bytes) const {
        if (bytes.empty() || std::string_view("IBSLGT").find(bytes[0]) == std::string_view::npos) {
            return "its bytes are of no kind of term";
        }
        if (bytes[0] == 'T') {
            if (bytes.size() != 25) return "a triple term of " + std::to_string(bytes.size()) + " bytes";
            for (const TermId part : decode_triple(bytes)) {
                if (!known_.has(part)) return "a triple term with a part that is not in the dictionary before it";
            }
            return {};
        }
        const bool has_two_parts = bytes[0] == 'L' || bytes[0] == 'G';
        if (has_two_parts && bytes.find('\0') == std::string_view::npos) return "a literal without datatype or language";
        const Term term = decode_term(bytes);
        const TermViewHolder view(term);
        std::string again;
        if (inline_id(view.view())) return term.to_string() + " should be inline";
        static_cast<void>(encode_term(view.view(), [](const TermView&) { return std::nullopt; }, again));
        return again == bytes ? std::string() : term.to_string() + " is not written as it should be";
    }

    static std::string describe(std::string_view bytes) { return bytes[0] == 'T' ? "a triple term" : decode_term(bytes).to_string(); }

    /// Every term was found by its hash, so if there are as many hashes, all is said.
    void check_hashes() {
        std::uint64_t hashes = 0;
        const IteratorPtr each(database_.db().NewIterator({}, database_.family(Family::TermIds)));
        for (each->SeekToFirst(); each->Valid(); each->Next()) {
            ++hashes;
            problems_.guard("dictionary", [&] {
                const TermId id = decode_ranked(each->value().ToStringView());
                if (!id.is_inline() && known_.has(id)) return;
                problems_.add("dictionary", "a hash leads to term " + std::to_string(id.rank()) + ", which is not there");
            });
        }
        check(each->status(), "read the hashes of the dictionary");
        if (hashes > terms_) problems_.add("dictionary", std::to_string(terms_) + " terms, but " + std::to_string(hashes) + " hashes");
    }

    static constexpr std::uint64_t kMostMissing = std::uint64_t{1} << 32U;
    const RocksDatabase& database_;
    Problems& problems_;
    KnownTerms known_;
    std::uint64_t terms_ = 0;
};

}  // namespace

KnownTerms check_dictionary(const RocksDatabase& database, Problems& problems) { return DictionaryCheck(database, problems).run(); }

}  // namespace tercet::storage
