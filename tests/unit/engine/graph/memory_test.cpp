#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <random>

#include "engine/graph/algorithms.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace {

std::atomic<std::size_t> in_use{0}, peak{0};

void* counted(std::size_t bytes) noexcept {
    void* const memory = std::malloc(bytes == 0 ? 1 : bytes);
    if (memory == nullptr) return nullptr;
    const std::size_t now = in_use += ::malloc_usable_size(memory);
    if (now > peak) peak = now;
    return memory;
}
/// Not inlined, lest the compiler take this for a mistake: it knows what belongs to new, and does not look into ours.
[[gnu::noinline]] void uncounted(void* memory) noexcept {
    if (memory != nullptr) in_use -= ::malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return counted(bytes); }
void* operator new(std::size_t bytes) {
    if (void* const memory = counted(bytes); memory != nullptr) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { uncounted(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { uncounted(memory); }
void operator delete(void* memory, std::size_t) noexcept { uncounted(memory); }

namespace {

using namespace tercet;
using namespace tercet::graph;

TermId node(std::uint64_t number) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, number); }

std::vector<Projection::Row> random_rows(std::size_t nodes, std::size_t edges) {
    std::mt19937 random(7);
    std::vector<Projection::Row> rows;
    // Each to a later one, so that they have an order, too.
    for (std::size_t i = 0; i < edges; ++i) {
        const std::uint64_t from = random() % (nodes - 1);
        rows.push_back({node(from), node(from + 1 + random() % (nodes - 1 - from)), 1});
    }
    return rows;
}

ParameterValues values_for(const AlgorithmRow& row, const Projection& projection) {
    ParameterValues values;
    for (const auto& parameter : row.parameters) {
        const TermId first = projection.term(0), last = projection.term(static_cast<std::uint32_t>(projection.size() - 1));
        const bool is_node = parameter.kind == ParameterRow::Kind::Node;
        values[std::string(parameter.name)] = {parameter.default_number, is_node ? (parameter.name == "target" ? last : first) : TermId{}, {first, last}, "a b, b c"};
    }
    return values;
}

}  // namespace

TEST_CASE("algorithms: hold about as much as their rows say, besides what they answer", "[graph]") {
    const Projection projection(random_rows(20'000, 60'000));
    for (const AlgorithmRow& row : algorithms()) {
        // For small graphs only, or with an answer that is far larger than all else.
        if (row.name == "allPairs" || row.name == "layout" || row.name == "closeness" || row.name == "harmonic" || row.name == "transitiveClosure") continue;
        ParameterValues values = values_for(row, projection);
        if (values.contains("pivots")) values["pivots"].number = 10;
        MemoryBudget answer;
        const CancelToken cancel;
        const std::size_t before = in_use;
        peak = before;
        static_cast<void>(row.run(projection, values, {cancel, answer}));
        const std::size_t held = peak - before;
        CAPTURE(std::string(row.name), held, answer.peak(), row.bytes_for(projection));
        CHECK(held <= answer.peak() + row.bytes_for(projection) * 5 / 4 + 65'536);
        CHECK(row.bytes_for(projection) <= 3 * held + 65'536);
    }
}

TEST_CASE("projections: what making one takes is counted", "[graph]") {
    for (const auto& [nodes, edges] : {std::pair{100'000, 60'000}, std::pair{2'000, 200'000}}) {
        MemoryBudget memory;
        MemoryShare share(memory, "a projection");
        auto rows = random_rows(static_cast<std::size_t>(nodes), static_cast<std::size_t>(edges));
        const std::size_t before = in_use - rows.capacity() * sizeof rows[0];
        peak = in_use.load();
        const Projection made(std::move(rows), {}, &share);
        const std::size_t held = peak - before;
        CAPTURE(nodes, edges, held, memory.peak());
        CHECK(held <= memory.peak() + 65'536);
        CHECK(memory.peak() <= 2 * held);
        CHECK(memory.used() == made.bytes());
    }
}

TEST_CASE("algorithms: an answer past the limit ends with an error", "[graph]") {
    const Projection projection(random_rows(2'000, 20'000));
    const AlgorithmRow& row = find_algorithm("transitiveClosure");
    MemoryBudget memory(std::size_t{1} << 20U);
    const CancelToken cancel;
    try {
        static_cast<void>(row.run(projection, {{"most", {1e9, {}}}}, {cancel, memory}));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Memory);
        CHECK_THAT(error.message(), Catch::Contains("the answer of an algorithm"));
    }
    CHECK(memory.used() == 0);
}
