// Commits one transaction after the other, so many as it is told, and waits to be killed; after each it prints the
// store's version. Or makes one backup of a store after the other, and prints the number of each.
#include <unistd.h>

#include <iostream>

#include "crash/history.hpp"
#include "tercet/maintenance.hpp"

namespace {

using namespace tercet;
using namespace tercet::test;

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
    const CrashMode* const mode = find_mode(arguments[2]);
    if (mode == nullptr) return 2;
    try {
        const auto store = storage::open_rocks_store(arguments[1], mode->options);
        for (int left = std::stoi(arguments[3]); left > 0; --left) {
            const std::uint64_t number = store->snapshot()->version() + 1;
            commit(*store, *mode, number);
            std::cout << number << std::endl;
        }
        for (;;) ::pause();
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
