#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "formats.hpp"
#include "progress.hpp"
#include "query_options.hpp"
#include "repl.hpp"
#include "terminal.hpp"
#include "tercet/graph.hpp"

namespace tercet::cli {
namespace {

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> found;
    for (std::string word; in >> word;) found.push_back(word);
    return found;
}

void need(bool present, const char* usage) {
    if (!present) throw Error(ErrorCode::InvalidArgument, std::string("usage: ") + usage);
}

using Prefixes = std::vector<std::pair<std::string, std::string>>;

/// IRIs as people write them.
std::string shortened(const Term& term, const Prefixes& prefixes) {
    for (const auto& [name, iri] : prefixes) {
        if (term.is_iri() && !iri.empty() && term.value.starts_with(iri)) return name + ':' + term.value.substr(iri.size());
    }
    return term.to_string();
}

void print_evidence(std::ostream& out, const Evidence& evidence, std::size_t number, const Prefixes& prefixes) {
    out << number << ". " << shortened(evidence.triple.subject, prefixes) << ' ' << shortened(evidence.triple.predicate, prefixes)
        << ' ' << shortened(evidence.triple.object, prefixes) << '\n';
    if (evidence.sentence.empty()) {
        out << "   stated in the data, without a sentence\n";
        return;
    }
    out << "   " << evidence.sentence << "\n   " << evidence.article;
    if (!evidence.headline.empty()) out << " (" << evidence.headline << ")";
    out << "\n   ";
    if (!evidence.speaker.empty()) out << "said by " << evidence.speaker << ", ";
    out << evidence.polarity << ", " << evidence.modality << ", rule " << evidence.rule << ", confidence "
        << evidence.confidence << '\n';
}

/// Returns the number of rows or triples. Nothing is written if the answer does not fit the format.
std::uint64_t write_to(const std::string& file, Result& result, ResultFormat format, const WriteOptions& options) {
    std::ostringstream text;
    const std::uint64_t count = result.write(text, format, options);
    std::ofstream out(file, std::ios::binary);
    out << text.str();
    out.close();
    if (!out) throw Error(ErrorCode::Io, "cannot write " + file);
    return count;
}

/// Around a node, but not through its types and not through the bookkeeping of sources.
std::string neighbourhood_query(const std::string& node, int depth) {
    const std::string step = "(!(rdf:type|rdf:reifies)|^!(rdf:type|rdf:reifies|kg:attributedTo))";
    return "CONSTRUCT { ?a ?p ?b } WHERE { " + node + " " + step + "{0," + std::to_string(depth - 1) +
           "} ?m . { ?m ?p ?b BIND(?m AS ?a) } UNION { ?a ?p ?m BIND(?m AS ?b) } "
           "FILTER(!isLiteral(?b) && !isTRIPLE(?b) && isIRI(?a) && ?p NOT IN (rdf:type, rdf:reifies, kg:attributedTo, "
           "rdfs:subPropertyOf)) }";
}

}  // namespace

const std::vector<Repl::DotCommand>& Repl::dot_commands() {
    static const std::vector<DotCommand> commands{
        {".help", "[command]", "what can be typed here", &Repl::help},
        {".load", "FILE...", "load articles and RDF files", &Repl::load},
        {".unload", "ARTICLE", "remove an article by its IRI or file name", &Repl::unload},
        {".tables", "", "predicates with their number of triples", &Repl::predicates},
        {".schema", "", "classes and the predicates that their members have", &Repl::schema},
        {".prefix", "", "prefixes that need no declaration", &Repl::prefixes},
        {".mode", "[FORMAT]", "table, json, xml, csv, tsv, md, nt, ttl, dot, svg, html, plot, plot-svg; none: the usual one", &Repl::mode},
        {".explain", "[analyze] QUERY", "how a query is answered", &Repl::explain},
        {".why", "[ROW]", "the sentences behind a row of the last answer", &Repl::why},
        {".draw", "TERM [DEPTH] [FILE]", "picture of a neighbourhood: SVG, or a page if FILE ends with .html", &Repl::draw},
        {".plot", "[bars|lines|histogram] [FILE.svg]", "the last answer's numbers, here or in a file", &Repl::plot},
        {".algorithms", "[NAME]", "graph algorithms: parameters and what they yield", &Repl::algorithms},
        {".projections", "", "graphs that are kept for the next CALL", &Repl::projections},
        {".timer", "on|off", "show how long answers take", &Repl::timer},
        {".warnings", "on|off", "tell what is probably a slip in a query", &Repl::warnings},
        {".read", "FILE", "run the request in a file", &Repl::read_file},
        {".output", "[FILE]", "append answers to a file; none: show them", &Repl::output},
        {".stats", "", "count what is in the store", &Repl::stats},
        {".quit", "", "leave (so does ^D)", &Repl::quit},
    };
    return commands;
}

void Repl::help(const std::string& argument) {
    for (const DotCommand& command : dot_commands()) {
        if (!argument.empty() && argument != command.name && '.' + argument != command.name) continue;
        const std::string left = std::string(command.name) + ' ' + command.arguments;
        std::cout << "  " << left << std::string(left.size() < 30 ? 30 - left.size() : 1, ' ') << command.help << '\n';
    }
    if (!argument.empty()) return;
    std::cout << "\n  Queries and updates are SPARQL; one goes on over lines while a brace is open or a line ends with \\.\n"
                 "  ^C stops a running query. Tab completes keywords, prefixes and names in the data.\n"
                 "  SELECT ?what { :Miller :supports ?what }\n";
}

void Repl::load(const std::string& argument) {
    need(!argument.empty(), ".load FILE...");
    LoadReport report;
    {
        Progress progress;
        LoadOptions options;
        options.progress = [&](const LoadProgress& now) { progress.show(now); };
        report = database_.load(words(argument), options);
    }
    std::cout << grouped(report.quads_added) << " new triples";
    if (report.articles != 0) std::cout << ", " << report.statements << " statements from " << report.articles << " articles";
    std::cout << " (" << duration(report.seconds) << ")\n";
    for (const std::string& skipped : report.skipped) std::cerr << "skipped " << skipped << '\n';
    for (const std::string& part : report.incomplete) std::cerr << part << '\n';
}

void Repl::unload(const std::string& argument) {
    need(!argument.empty(), ".unload ARTICLE");
    if (!database_.unload(argument)) throw Error(ErrorCode::NotFound, "no article " + argument + " in this store");
}

void Repl::predicates(const std::string&) {
    run_and_show("SELECT ?predicate (COUNT(*) AS ?triples) { ?s ?predicate ?o } GROUP BY ?predicate "
                 "ORDER BY DESC(?triples) ?predicate");
}

void Repl::schema(const std::string&) {
    run_and_show("SELECT ?class ?predicate (COUNT(*) AS ?triples) { ?s a ?class ; ?predicate ?o } "
                 "GROUP BY ?class ?predicate ORDER BY ?class DESC(?triples)");
}

void Repl::prefixes(const std::string&) {
    for (const auto& [name, iri] : database_.prefixes()) std::cout << "  " << name << ": <" << iri << ">\n";
}

void Repl::mode(const std::string& argument) {
    if (argument.empty()) {
        mode_.reset();
        return;
    }
    const auto found = kResultFormats.find(argument);
    if (found == kResultFormats.end()) {
        std::string names;
        for (const auto& [name, format] : kResultFormats) names += ' ' + name;
        throw Error(ErrorCode::InvalidArgument, "there is no mode " + argument + "; choose one of" + names);
    }
    mode_ = found->second;
}

void Repl::explain(const std::string& argument) {
    need(!argument.empty(), ".explain [analyze] QUERY");
    ExplainOptions how;
    std::string text = argument;
    if (text.starts_with("analyze ")) {
        how.analyze = true;
        text = text.substr(8);
    }
    const InterruptGuard guard(database_);
    emit(database_.explain(text, {}, how) + '\n');
}

void Repl::why(const std::string& argument) {
    if (last_query_.empty()) throw Error(ErrorCode::InvalidArgument, "there is no answer yet to ask about");
    std::size_t row = 1;
    std::istringstream number(argument);
    if (!argument.empty() && !(number >> row && number.eof() && row > 0)) need(false, ".why [ROW], rows count from 1");
    const InterruptGuard guard(database_);
    const auto evidence = database_.why(last_query_, row);
    const Prefixes prefixes = database_.prefixes();
    std::ostringstream out;
    for (std::size_t i = 0; i < evidence.size(); ++i) print_evidence(out, evidence[i], i + 1, prefixes);
    emit(evidence.empty() ? "nothing in the store stands behind that row\n" : out.str());
}

void Repl::draw(const std::string& argument) {
    const auto parts = words(argument);
    need(!parts.empty(), ".draw TERM [DEPTH] [FILE]");
    const int depth = parts.size() > 1 ? std::atoi(parts[1].c_str()) : 1;
    need(depth >= 1 && depth <= 5, ".draw TERM [DEPTH] [FILE], with a depth of 1 to 5");
    const std::string file = parts.size() > 2 ? parts[2] : "graph.svg";
    const InterruptGuard guard(database_);
    Result result = database_.query(neighbourhood_query(parts[0], depth));
    WriteOptions options;
    options.prefixes = database_.prefixes();
    const std::uint64_t triples = write_to(file, result, file.ends_with(".html") ? ResultFormat::Html : ResultFormat::Svg, options);
    std::cout << file << ": " << grouped(triples) << " edges\n";
}

void Repl::plot(const std::string& argument) {
    if (last_query_.empty()) throw Error(ErrorCode::InvalidArgument, "there is no answer yet to plot");
    WriteOptions options;
    std::string file;
    for (const std::string& word : words(argument)) {
        const auto kind = kPlotKinds.find(word);
        need(kind != kPlotKinds.end() || (file.empty() && word.ends_with(".svg")), ".plot [bars|lines|histogram] [FILE.svg]");
        if (kind != kPlotKinds.end()) options.plot = kind->second;
        else file = word;
    }
    options.prefixes = database_.prefixes();
    const InterruptGuard guard(database_);
    Result result = database_.query(last_query_);
    if (!file.empty()) {
        write_to(file, result, ResultFormat::PlotSvg, options);
        std::cout << file << '\n';
        return;
    }
    options.width = output_file_.empty() ? terminal_width() : 0;
    options.colour = output_file_.empty() && wants_colour(STDOUT_FILENO);
    std::ostringstream text;
    result.write(text, ResultFormat::Plot, options);
    emit(text.str());
}

void Repl::timer(const std::string& argument) {
    need(argument == "on" || argument == "off", ".timer on|off");
    timer_ = argument == "on";
}

void Repl::warnings(const std::string& argument) {
    need(argument == "on" || argument == "off", ".warnings on|off");
    warnings_ = argument == "on";
}

void Repl::read_file(const std::string& argument) {
    need(!argument.empty(), ".read FILE");
    const SavedQuery query = SavedQuery::read(argument);
    if (is_update_request(query.text)) {
        execute_request(query.text);
        return;
    }
    const InterruptGuard guard(database_);
    QueryOptions options;
    options.source = argument;
    options.parameters = query.bind(database_, {});
    Result result = database_.query(query.text, options);
    print_remarks(result, warnings_, {});
    show(result);
    if (reader_.interactive()) std::cout << '\n';
}

void Repl::output(const std::string& argument) { output_file_ = argument; }

/// By any part of their names; one that is meant alone is told with its work and source.
void Repl::algorithms(const std::string& argument) {
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    const std::string wanted = lower(argument);
    std::vector<AlgorithmInfo> found = graph_algorithms();
    std::erase_if(found, [&](const AlgorithmInfo& row) { return ("algo:" + lower(row.name)).find(wanted) == std::string::npos; });
    if (found.empty()) throw Error(ErrorCode::NotFound, "there is no algorithm " + argument + "; .algorithms lists them");
    std::ostringstream out;
    for (const AlgorithmInfo& row : found) {
        out << "algo:" << row.name << "(" << (row.parameters.empty() ? "" : "; ") << row.parameters << ") YIELD (" << row.outputs
            << ")\n    " << row.meaning << "\n";
        const bool is_meant = found.size() == 1 || lower(row.name) == wanted || "algo:" + lower(row.name) == wanted;
        if (is_meant) out << "    work: " << row.complexity << (row.source.empty() ? "" : "; ") << row.source << '\n';
    }
    emit(out.str());
}

void Repl::projections(const std::string&) {
    std::ostringstream out;
    for (const ProjectionInfo& row : database_.projections()) {
        out << (row.name.empty() ? "(unnamed)" : row.name) << "  " << (row.pattern.empty() ? "every triple of the default graph" : row.pattern) << "\n    ";
        if (row.kept) out << grouped(row.nodes) << " nodes, " << grouped(row.edges) << " edges, " << grouped(row.bytes) << " bytes, used again " << grouped(row.uses) << " times\n";
        else out << "made anew by the next CALL\n";
    }
    emit(out.str().empty() ? "no projection yet; CALL algo:project(?s ?o { ?s ?p ?o } ; name \"all\") YIELD (?nodes ?edges) keeps one\n" : out.str());
}

void Repl::stats(const std::string&) {
    const DatabaseStatistics statistics = database_.statistics();
    std::cout << grouped(statistics.quads) << " triples, " << grouped(statistics.default_graph_quads)
              << " of them in the default graph; " << grouped(statistics.named_graphs) << " named graphs, "
              << grouped(statistics.predicates) << " predicates, " << grouped(statistics.terms) << " terms\n";
}

void Repl::quit(const std::string&) { done_ = true; }

}  // namespace tercet::cli
