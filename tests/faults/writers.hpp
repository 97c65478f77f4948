#pragma once

#include <string>

#include "crash/history.hpp"

/// Several writers at once: each commits one transaction after the other, of two triples with a subject of its own.
namespace tercet::test {

inline constexpr int kWriters = 4;

inline std::string writer_subject(int writer, int number) { return name_iri("w" + std::to_string(writer) + "_" + std::to_string(number)); }

inline void commit_as(Store& store, int writer, int number) {
    const auto transaction = store.begin();
    const auto id = [&](const std::string& iri) { return transaction->intern(TermView::iri(iri)); };
    const TermId subject = id(writer_subject(writer, number));
    for (const char* const object : {"o1", "o2"}) transaction->add(Quad{{subject, id(name_iri("p")), id(name_iri(object)), TermId{}}});
    transaction->commit();
}

}  // namespace tercet::test
