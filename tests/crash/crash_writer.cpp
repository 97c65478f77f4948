// Commits one transaction after the other, so many as it is told, and waits to be killed; after each it prints the
// store's version. Or makes one backup of a store after the other, and prints the number of each.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "crash/history.hpp"
#include "tercet/maintenance.hpp"

namespace {

using namespace tercet;
using namespace tercet::test;

Quad to_quad(Transaction& transaction, const NamedQuad& names) {
    Quad quad;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string iri = name_iri(names[i]);
        if (!names[i].empty()) quad.slot[i] = transaction.intern(TermView::iri(iri));
    }
    return quad;
}

void make_backups(const std::string& directory, const std::string& place) {
    for (int number = 1;; ++number) {
        backup_store(directory, place + std::to_string(number));
        std::cout << number << std::endl;
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    if (arguments[2] == std::string("backup")) {
        make_backups(arguments[1], arguments[3]);
        return 0;
    }
    const auto& modes = crash_modes();
    const auto mode =
        std::find_if(modes.begin(), modes.end(), [&](const CrashMode& m) { return m.name == arguments[2]; });
    if (mode == modes.end()) return 2;
    try {
        const auto store = storage::open_rocks_store(arguments[1], mode->options);
        for (int left = std::stoi(arguments[3]); left > 0; --left) {
            const std::uint64_t number = store->snapshot()->version() + 1;
            const auto transaction = store->begin();
            for (const NamedQuad& quad : removals(*mode, number)) transaction->remove(to_quad(*transaction, quad));
            for (const NamedQuad& quad : additions(*mode, number)) transaction->add(to_quad(*transaction, quad));
            transaction->commit();
            std::cout << number << std::endl;
        }
        for (;;) ::pause();
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
