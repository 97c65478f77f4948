#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.hpp"
#include "tercet/extract.hpp"
#include "tercet/result.hpp"
#include "tercet/term.hpp"

namespace tercet {

/// What requests may fetch from the network, and how long and how much.
struct NetworkOptions {
    /// URL prefixes of the endpoints that SERVICE may ask; none unless they are named. "http://" and "https://" allow all of them.
    /// A prefix ends at a boundary: "http://example.org" allows neither http://example.org.other.net nor another port.
    std::vector<std::string> services;
    /// Those of the documents that LOAD in an update may read; everything, unless said otherwise.
    std::vector<std::string> loads{"http://", "https://"};
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds silence_timeout{60'000};      ///< longest wait for a server's next byte
    std::size_t largest_answer = std::size_t{1} << 30U;     ///< bytes, unpacked
    std::size_t redirects = 5;
    std::size_t solutions_per_request = 200;                ///< sent along with one request of SERVICE
};

struct OpenOptions {
    bool create_if_missing = true;
    bool read_only = false;        ///< beside a process that writes: sees what was committed when it was opened, or refreshed
    std::size_t cache = 0;         ///< bytes of the store to keep in memory for reading; 0: a quarter of the machine's
    std::string language_model;    ///< file of the English model; empty: where the installation keeps it
    NetworkOptions network;
    /// Bytes that projections of `CALL algo:...` may take while they wait to be used again; those used longest ago go first.
    std::size_t projection_memory = std::size_t{256} << 20U;
};

/// How a query may run. Copy it freely; the cancel handle is shared by the copies.
struct QueryOptions {
    std::string base;                                    ///< for relative IRIs
    std::vector<std::pair<std::string, Term>> parameters;  ///< values of $name, without the sign
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::size_t> memory_limit;             ///< bytes
    std::string temporary_directory;                     ///< for what memory_limit leaves no room for; empty: $TMPDIR, or the system's
    std::string source;                                  ///< name of the query's file, for messages
    bool resolve_names = true;                           ///< `:Miller` may stand for `:Matthew_Miller`
    bool update_warnings = false;                        ///< look for slips in an update; those of a query are there for the asking
    std::vector<std::string> without_passes;             ///< steps of planning to leave out, by name; answers stay the same
};

enum class LoadFormat { Auto, NTriples, NQuads, Turtle, TriG, RdfXml, Article, Statements };

enum class LoadStage { Reading, Writing };

struct LoadProgress {
    LoadStage stage = LoadStage::Reading;
    std::string file;
    std::uint64_t bytes_read = 0;   ///< of all files
    std::uint64_t bytes_total = 0;  ///< of all files; 0: not known
    std::uint64_t quads = 0;
    std::uint64_t articles = 0;
};

/// A line of N-Triples or N-Quads that cannot be read.
struct BadLine {
    std::string file;
    std::size_t line = 0;
    std::size_t column = 0;
    std::string message;
    std::string text;  ///< the line from the mistaken statement on, with its end
};

struct LoadOptions {
    LoadFormat format = LoadFormat::Auto;
    std::string base;                 ///< of relative IRIs; empty: the file's own IRI
    std::string graph;                ///< IRI of the graph that triples go to; empty: the default graph
    ArticleFields fields;             ///< of JSON lines of articles
    std::size_t threads = 0;          ///< that parse RDF and read articles; 0: as many as there are cores
    std::size_t memory = 0;           ///< bytes that a load may take, about; 0: a gigabyte
    std::function<void(const LoadProgress&)> progress;
    /// If it is set, bad lines of N-Triples and N-Quads are given to it, and the load goes on without them.
    std::function<void(const BadLine&)> bad_line;
};

struct LoadReport {
    std::uint64_t files = 0;
    std::uint64_t quads_read = 0;
    std::uint64_t quads_added = 0;
    std::uint64_t articles = 0;
    std::uint64_t statements = 0;
    std::uint64_t bad_lines = 0;
    double seconds = 0;
    /// Articles that could not be read; the load went on. Other files fail the whole load, articles included.
    std::vector<std::string> skipped;
    /// Articles of which only a part could be read, and why.
    std::vector<std::string> incomplete;
};

struct UpdateReport {
    std::uint64_t inserted = 0;
    std::uint64_t deleted = 0;
    std::vector<Warning> warnings = {};  ///< if QueryOptions::update_warnings asks for them
};

struct DatabaseStatistics {
    std::uint64_t quads = 0;
    std::uint64_t default_graph_quads = 0;
    std::uint64_t named_graphs = 0;
    std::uint64_t predicates = 0;
    std::uint64_t terms = 0;
};

enum class DumpFormat { NTriples, NQuads, Turtle, TriG, RdfXml };

struct ExplainOptions {
    bool analyze = false;  ///< runs the query too, and shows actual rows and times
    bool json = false;
};

/// One name that was merged into another, as IRIs, and why.
struct Merge {
    std::string name;
    std::string into;
    std::string because;
};

/// A name that may be the same as another: its label is another name of each of `into`. Several: it is ambiguous.
struct MergeCandidate {
    std::string name;
    std::vector<std::string> into;
    std::string label;
};

/// A projection that `CALL algo:project` gave a name, or one that is kept to be used again.
struct ProjectionInfo {
    std::string name;          ///< empty: none was given
    std::string pattern;       ///< source, target and so on, and the pattern; empty: every triple of the default graph
    bool kept = false;         ///< it is in memory, made of the store as it is; else the next use makes it
    std::uint64_t nodes = 0;   ///< of what is kept, as are the others
    std::uint64_t edges = 0;
    std::uint64_t bytes = 0;
    std::uint64_t uses = 0;    ///< since it was made
};

/// A knowledge graph: in a directory, or in memory.
///
/// Move-only. Many threads may query one Database at once, also while one of them loads or updates; a second
/// writer waits. Results hold their own snapshot and may outlive later changes, not the process's copy of the store.
class Database {
public:
    /// Opens or creates a store. Throws Error: Locked (another process writes), Version, Damaged, NotFound, Io.
    [[nodiscard]] static Database open(const std::string& directory, const OpenOptions& options = {});
    [[nodiscard]] static Database in_memory(const OpenOptions& options = {});

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Loads files as one unit: all of it is in the store afterwards, or, after an error, nothing. Only where all of them are
    /// articles, what was read is committed now and then, so that any number of them fits into memory; each article is there as a
    /// whole or not at all, and loading the files again passes over those that are there. "-" is standard input. A directory stands
    /// for all files below it that can be read, a pattern such as `news/*.html` for what it matches. RDF may also come from a URL
    /// (http:, https:, file:).
    LoadReport load(const std::string& file, const LoadOptions& options = {});
    LoadReport load(const std::vector<std::string>& files, const LoadOptions& options = {});
    /// Removes an article by its IRI or the path of its file, or all articles of a file of many, with everything that no
    /// other article supports.
    /// Returns whether it was there.
    bool unload(std::string_view article);

    /// Says of one name what is said of another, in every graph, and keeps a record of each changed quad; articles that are
    /// loaded later follow. Throws Error (InvalidArgument) if either is part of another merge in a way that would make a chain.
    void merge(const Merge& merge);
    /// Takes a merge back by the record, so that the store is what it would be without; false if there was none.
    bool split(std::string_view name);
    [[nodiscard]] std::vector<Merge> merges() const;
    /// Names of people, organisations and places that are other names of others, in the order of their IRIs.
    [[nodiscard]] std::vector<MergeCandidate> merge_candidates() const;

    /// Throws Error: Syntax or Query with the place, Unsupported for what is not evaluated yet.
    [[nodiscard]] Result query(std::string_view text, const QueryOptions& options = {}) const;
    /// All operations of the request, or none.
    UpdateReport update(std::string_view text, const QueryOptions& options = {});
    [[nodiscard]] std::string explain(std::string_view text, const QueryOptions& options = {},
                                      const ExplainOptions& how = {}) const;
    /// The triples and sentences behind solution number `row` (from 1) of a query.
    [[nodiscard]] std::vector<Evidence> why(std::string_view query, std::size_t row,
                                            const QueryOptions& options = {}) const;

    /// Shows later queries what another process has committed since this was opened read-only, or last refreshed. Returns
    /// whether there is anything new; costs next to nothing if not. May be called beside queries, which keep what they see.
    bool refresh();

    /// Stops every query, update and load that now runs in this Database, within a tenth of a second or so; safe from any thread
    /// and from a signal handler. A query runs until its result is read to the end or destroyed. Calls that begin later run.
    void cancel() const noexcept;

    /// Reads a term as a query would write it: `:Miller`, `"text"@en`, 42.
    [[nodiscard]] Term parse_term(std::string_view text) const;
    /// Prefixes that queries may use without declaring them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const;
    /// Names of the store that start with `start`, for completion: predicates and entities as prefixed names.
    [[nodiscard]] std::vector<std::string> complete(std::string_view start, std::size_t limit = 50) const;

    /// Writes everything, or one graph (`graph` an IRI; empty: all graphs).
    void dump(std::ostream& out, DumpFormat format, std::string_view graph = {}) const;
    [[nodiscard]] DatabaseStatistics statistics() const;
    /// Those with names by their names, then the others, the last used first.
    [[nodiscard]] std::vector<ProjectionInfo> projections() const;

private:
    struct Implementation;
    explicit Database(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

/// True if `text` is a request with an open brace, bracket or string, so that more lines are to come. For prompts.
[[nodiscard]] bool is_incomplete_query(std::string_view text);
/// Whether the text is an update request rather than a query, by its first keyword.
[[nodiscard]] bool is_update_request(std::string_view text);

}  // namespace tercet
