// An algorithm of Boost.Graph on the answer of a query: puts what the answer's rows say of pairs (?before ?after) into
// one order.
//
//     graph_view STORE 'SELECT ?before ?after { ?before :leads_to ?after }'
#include <tercet/graph_bgl.hpp>
#include <tercet/tercet.hpp>

#include <boost/graph/topological_sort.hpp>
#include <iostream>
#include <iterator>
#include <vector>

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "usage: graph_view STORE QUERY\n";
        return 2;
    }
    try {
        const auto db = tercet::Database::open(argv[1]);
        const tercet::Graph graph(db.query(argv[2]));
        std::vector<tercet::Graph::Vertex> last_first;
        boost::topological_sort(graph, std::back_inserter(last_first));
        for (auto vertex = last_first.rbegin(); vertex != last_first.rend(); ++vertex)
            std::cout << graph.term(*vertex) << '\n';
    } catch (const boost::not_a_dag&) {
        std::cerr << "they go round in a circle\n";
        return 1;
    } catch (const tercet::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
