#include "engine/exec/functions.hpp"

namespace tercet::exec {

const FunctionRow* find_function(std::string_view name) {
    for (const auto rows : {operator_functions(), numeric_functions(), string_functions(), date_functions(), term_functions(),
                            hash_functions(), cast_functions(), path_functions()}) {
        for (const FunctionRow& row : rows) {
            if (row.name == name) return &row;
        }
    }
    return nullptr;
}

}  // namespace tercet::exec
