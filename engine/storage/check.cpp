#include "engine/storage/check_orders.hpp"
#include "engine/storage/check_statistics.hpp"
#include "engine/storage/fold.hpp"
#include "tercet/maintenance.hpp"

namespace tercet::storage {
namespace {

void check_changes(const RocksSource& source, const KnownTerms& terms, Problems& problems) {
    for (DeltaCursor changes = all_changes(source.quads().delta, kQuadOrder); changes.current() != nullptr; changes.advance()) {
        const Quad quad = quad_of(kQuadOrder, changes.current()->row);
        bool is_known = true;
        for (std::size_t slot = 0; slot < 4; ++slot) is_known &= terms.has(quad.slot[slot]) || (slot == 3 && !quad.graph().is_defined());
        if (!is_known) problems.add("changes beside the blocks", "a term of " + describe(source, quad) + " is not in the dictionary");
    }
}

void check_open_store(const std::shared_ptr<RocksDatabase>& database, CheckReport& report, Problems& problems) {
    // It opens the files again, by name: one that a writer has replaced by now is gone. What is in it is read below.
    const rocksdb::Status status = database->db().VerifyChecksum({});
    if (!status.IsPathNotFound()) problems.guard("table files", [&] { check(status, "verify checksums"); });
    KnownTerms terms;
    problems.guard("dictionary", [&] { terms = check_dictionary(*database, problems); });
    report.terms = terms.size();
    problems.guard("quads", [&] {
        const RocksSource source(database, QuadVersion::load(*database));
        report.quads = source.statistics().quads;
        report.changes = source.quads().delta.size();
        const std::uint64_t before = problems.count();
        report.blocks = check_orders(source, *database, terms, problems);
        check_changes(source, terms, problems);
        // Counting damaged quads would only say the same again.
        if (problems.count() == before) check_statistics(source, *database, terms.size(), problems);
    });
}

}  // namespace
}  // namespace tercet::storage

namespace tercet {

CheckReport check_store(const std::string& directory, const CheckOptions& options) {
    CheckReport report;
    storage::Problems problems(report, options);
    problems.guard("store", [&] {
        const storage::RocksOptions beside_a_writer{.create_if_missing = false, .read_only = true};
        const auto database = std::make_shared<storage::RocksDatabase>(directory, beside_a_writer);
        storage::check_open_store(database, report, problems);
    });
    return report;
}

}  // namespace tercet
