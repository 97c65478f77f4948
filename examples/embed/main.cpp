// A program with a knowledge graph inside: loads what it is given and answers a question about it.
//
//     embed STORE QUERY [FILE...]
#include <tercet/tercet.hpp>

#include <iostream>

int main(int argc, char* argv[]) {
    if (argc < 3) {
        std::cerr << "usage: embed STORE QUERY [FILE...]\n";
        return 2;
    }
    try {
        auto db = tercet::Database::open(argv[1]);
        for (int i = 3; i < argc; ++i) {
            std::cout << argv[i] << ": " << db.load(argv[i]).quads_added << " new triples\n";
        }
        auto answer = db.query(argv[2]);
        for (const tercet::Row& row : answer) {
            for (const std::string& variable : answer.variables()) std::cout << variable << " = " << row[variable] << "  ";
            std::cout << '\n';
        }
    } catch (const tercet::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
