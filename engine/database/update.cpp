#include "engine/base/ends_request.hpp"
#include "engine/database/implementation.hpp"
#include "engine/database/network.hpp"
#include "engine/database/rdf_files.hpp"
#include "engine/database/written_request.hpp"
#include "engine/exec/row_table.hpp"
#include "engine/model/index_choice.hpp"
#include "engine/plan/planner.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

constexpr std::size_t kSlots = 4;  ///< of a quad

/// Runs the operations of one request in one transaction. Each operation sees what those before it did.
class UpdateRunner {
public:
    /// `written`, if given, is what warnings are told of.
    UpdateRunner(Transaction& transaction, const QueryOptions& options, const algebra::Parameters& parameters, CancelToken cancel,
                 const NetworkOptions& network, SharedParts shared, const WrittenRequest* written)
        : transaction_(transaction),
          options_(options),
          parameters_(parameters),
          cancel_(std::move(cancel)),
          network_(network),
          shared_(std::move(shared)),
          written_(written) {
        shared_.projections = nullptr;  // what a transaction sees is no version that others see
    }

    void run(const sparql::UpdateOperation& operation) {
        cancel_.check();
        std::visit([this](const auto& o) { run(o); }, operation);
    }
    /// Of the operations so far.
    [[nodiscard]] std::vector<Warning>& warnings() noexcept { return warnings_; }

private:
    // --- SPARQL 1.2 Update, section 3.1: graph update ----------------------------------------------------------------

    void run(const sparql::InsertData& o) { change_data(o.quads, true); }
    void run(const sparql::DeleteData& o) { change_data(o.quads, false); }

    void change_data(const std::vector<sparql::QuadPattern>& quads, bool insert) {
        algebra::Variables variables;
        const auto data = algebra::translate_data(quads, variables);
        if (!insert && written_ != nullptr) look_for_slips({{}, variables, algebra::make_node(algebra::Values{{}, {std::vector<Term>{}}}), false, {}, {}, {}, {}}, data, {});
        TermPool pool(transaction_.view());
        const std::vector<algebra::VariableId> no_columns;
        TemplateFiller filler(pool, no_columns);
        MemoryBudget memory(options_.memory_limit.value_or(MemoryBudget::kUnlimited));
        exec::RowTable changes(kSlots, memory, cancel_, "an update");
        CancelCheck check(cancel_);
        for (const auto& quad : data) {
            check.step();
            fill(quad, filler, TermId{}, changes);
        }
        apply(pool, changes, insert);
    }

    void run(const sparql::Modify& o) {
        algebra::Modification modification = algebra::translate(o, parameters_, shared_.projection_names.get());
        algebra::Query query;
        query.variables = modification.variables;
        query.node = modification.node;
        query.dataset = o.using_clause;
        look_for_slips(query, modification.remove, modification.insert);
        if (o.with && query.dataset.empty()) query.dataset = with_dataset(*o.with);
        RunningQuery running(transaction_.view(), std::move(query), options_, cancel_, shared_);
        const TermId with = o.with ? running.pool.intern(Term::iri(*o.with)) : TermId{};
        TemplateFiller filler(running.pool, running.root->variables());
        exec::RowTable removals(kSlots, running.memory, cancel_, "an update"), insertions(kSlots, running.memory, cancel_, "an update");
        exec::Batch batch(running.root->variables().size());
        while (running.root->next(batch)) {
            cancel_.check();
            for (std::size_t row = 0; row < batch.size; ++row) {
                filler.start_row(batch, row);
                for (const auto& quad : modification.remove) fill(quad, filler, with, removals);
                for (const auto& quad : modification.insert) fill(quad, filler, with, insertions);
            }
        }
        apply(running.pool, removals, false);
        apply(running.pool, insertions, true);
    }

    void look_for_slips(const algebra::Query& query, std::span<const algebra::TemplateQuad> remove, std::span<const algebra::TemplateQuad> insert) {
        if (written_ == nullptr) return;
        const auto view = transaction_.view();
        for (Warning& warning : written_->warnings(query, *view, remove, insert)) warnings_.push_back(std::move(warning));
    }

    /// WITH <g> without USING: patterns read g as the default graph, and GRAPH still reaches every named graph.
    [[nodiscard]] sparql::DatasetClause with_dataset(const std::string& graph) {
        sparql::DatasetClause dataset;
        dataset.from.push_back(graph);
        const auto view = transaction_.view();
        for (const TermId name : view->graphs()) dataset.from_named.push_back(view->term(name).value);
        return dataset;
    }

    static void fill(const algebra::TemplateQuad& quad, TemplateFiller& filler, TermId default_graph, exec::RowTable& changes) {
        const auto triple = filler.fill(quad.triple);
        const TermId graph = quad.graph ? filler.fill(*quad.graph) : default_graph;
        if (!triple || (quad.graph && graph.tag() != TermTag::Iri)) return;
        changes.add(std::array{(*triple)[0], (*triple)[1], (*triple)[2], graph});
    }

    void apply(TermPool& pool, const exec::RowTable& quads, bool insert) {
        CancelCheck check(cancel_);
        for (std::uint32_t i = 0; i < quads.size(); ++i) {
            check.step();
            const auto row = quads.row(i);
            apply(pool, Quad{{row[0], row[1], row[2], row[3]}}, insert);
        }
    }
    /// Terms that the query made get ids of the store.
    void apply(TermPool& pool, Quad quad, bool insert) {
        for (TermId& id : quad.slot) {
            if (!id.is_local()) continue;
            if (!insert && id.tag() != TermTag::TripleTerm) return;  // not in the store, so there is nothing to remove
            const Term term = pool.term(id);
            const TermViewHolder holder(term);
            id = transaction_.intern(holder.view());
        }
        if (insert) transaction_.add(quad);
        else transaction_.remove(quad);
    }

    // --- section 3.2: graph management; empty graphs are not kept -----------------------------------------------------

    void run(const sparql::Load& o) {
        if (!o.silent) return load(o, transaction_);
        WaitingQuads quads(transaction_);
        try {
            load(o, quads);
        } catch (const Error& error) {
            if (ends_request(error.code())) throw;
            return;  // and what was read of the document so far is forgotten
        }
        quads.add_all(cancel_);
    }

    void load(const sparql::Load& o, QuadSink& target) {
        GraphSink sink(target, o.into);
        RdfInput(o.source, {}, network_limits(network_, AllowedAddresses{network_.loads, "LOAD", "OpenOptions::network.loads does not allow it"}), cancel_)
            .read(sink);
    }

    class GraphSink final : public QuadSink {
    public:
        GraphSink(QuadSink& target, const std::optional<std::string>& graph) : target_(target), graph_(graph) {}
        void add(const QuadView& quad) override {
            QuadView placed = quad;
            if (graph_) placed.graph = TermView::iri(*graph_);
            target_.add(placed);
        }

    private:
        QuadSink& target_;
        const std::optional<std::string>& graph_;
    };

    /// Quads that are added all at once or not at all.
    class WaitingQuads final : public QuadSink {
    public:
        explicit WaitingQuads(Transaction& target) : target_(target) {}
        void add(const QuadView& quad) override {
            const auto id = [&](const TermView& term) { return term.kind == TermKind::Undefined ? TermId{} : target_.intern(term); };
            quads_.push_back({{id(quad.subject), id(quad.predicate), id(quad.object), id(quad.graph)}});
        }
        void add_all(const CancelToken& cancel) {
            CancelCheck check(cancel);
            for (const Quad& quad : quads_) {
                check.step();
                target_.add(quad);
            }
        }

    private:
        Transaction& target_;
        std::vector<Quad> quads_;
    };

    void run(const sparql::Clear& o) { clear(o.target, o.silent); }
    void run(const sparql::Drop& o) { clear(o.target, o.silent); }
    void run(const sparql::Create& o) {
        const auto view = transaction_.view();
        if (!o.silent && find_graph(*view, o.graph)) throw Error(ErrorCode::Query, "the graph <" + o.graph + "> exists already");
    }

    void clear(const sparql::GraphTarget& target, bool silent) {
        const auto view = transaction_.view();
        if (target.kind == sparql::GraphTarget::Kind::Graph && !find_graph(*view, target.iri)) {
            if (silent) return;
            throw Error(ErrorCode::Query, "there is no graph <" + target.iri + "> to clear; SILENT passes over it");
        }
        for (const TermId graph : graphs_of(*view, target)) remove_all(*view, graph);
    }

    void run(const sparql::Transfer& o) {
        const auto view = transaction_.view();
        if (o.from.kind == sparql::GraphTarget::Kind::Graph && !find_graph(*view, o.from.iri)) {
            if (o.silent) return;
            throw Error(ErrorCode::Query, "there is no graph <" + o.from.iri + "> to take from; SILENT passes over it");
        }
        const TermId from = target_graph(*view, o.from);
        TermId to;
        if (o.to.kind == sparql::GraphTarget::Kind::Graph) to = transaction_.intern(TermView::iri(o.to.iri));
        if (from == to) return;
        if (o.kind != sparql::Transfer::Kind::Add) remove_all(*view, to);
        for_each(*view, from, [&](Quad quad) {
            quad.slot[3] = to;
            transaction_.add(quad);
        });
        if (o.kind == sparql::Transfer::Kind::Move) remove_all(*view, from);
    }

    static std::optional<TermId> find_graph(const QuadSource& view, const std::string& iri) {
        const auto id = view.find(TermView::iri(iri));
        if (!id) return std::nullopt;
        const auto names = view.graphs();
        return std::find(names.begin(), names.end(), *id) == names.end() ? std::nullopt : id;
    }
    static TermId target_graph(const QuadSource& view, const sparql::GraphTarget& target) {
        return target.kind == sparql::GraphTarget::Kind::Graph ? view.find(TermView::iri(target.iri)).value_or(TermId::any()) : TermId{};
    }
    static std::vector<TermId> graphs_of(const QuadSource& view, const sparql::GraphTarget& target) {
        using Kind = sparql::GraphTarget::Kind;
        if (target.kind == Kind::Default) return {TermId{}};
        if (target.kind == Kind::Graph) return {target_graph(view, target)};
        std::vector<TermId> all = view.graphs();
        if (target.kind == Kind::All) all.push_back(TermId{});
        return all;
    }

    template <typename Each>
    void for_each(const QuadSource& view, TermId graph, Each each) {
        const QuadPattern pattern{{TermId::any(), TermId::any(), TermId::any(), graph}};
        const auto cursor = view.scan(best_order(pattern), pattern);
        const auto batch = std::make_unique<QuadBatch>();
        while (cursor->next(*batch)) {
            cancel_.check();
            for (std::size_t i = 0; i < batch->size; ++i) {
                each(batch->quad(i));
            }
        }
    }
    void remove_all(const QuadSource& view, TermId graph) {
        for_each(view, graph, [&](const Quad& quad) { transaction_.remove(quad); });
    }

    Transaction& transaction_;
    const QueryOptions& options_;
    const algebra::Parameters& parameters_;
    CancelToken cancel_;
    const NetworkOptions& network_;
    SharedParts shared_;
    const WrittenRequest* written_;
    std::vector<Warning> warnings_;
};

}  // namespace

UpdateReport Database::update(std::string_view text, const QueryOptions& options) {
    const CancelToken cancel = implementation_->start_call(options);
    const auto transaction = implementation_->store->begin(cancel);
    const auto before = transaction->view();
    const sparql::ParseOptions parse = implementation_->parse_options(options, *before, cancel);
    sparql::Prologue prologue;
    const sparql::Update parsed = sparql::parse_update(text, parse, prologue);
    const algebra::Parameters parameters = implementation_->parameters(options, *before);
    std::optional<WrittenRequest> written;
    if (options.update_warnings) written.emplace(text, options, prologue, parse.prefixes);
    UpdateRunner runner(*transaction, options, parameters, cancel, implementation_->options.network, implementation_->shared, written ? &*written : nullptr);
    for (const auto& operation : parsed.operations) runner.run(operation);
    UpdateReport report{transaction->added(), transaction->removed(), std::move(runner.warnings())};
    transaction->commit();
    return report;
}

}  // namespace tercet
