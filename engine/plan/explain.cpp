#include "engine/plan/explain.hpp"

#include <cstdio>

#include "engine/plan/nodes.hpp"

namespace tercet::plan {
namespace {

/// One node as people read it, with its inputs.
struct Line {
    std::string operation;
    std::string details;
    const Node* node;
    std::vector<const Node*> inputs;
};

class Describer {
public:
    Describer(const Plan& plan, TermPool& pool) : plan_(plan), pool_(pool) {}

    Line operator()(const Node& node) {
        Line line{{}, {}, &node, {}};
        std::visit([&](const auto& operation) { describe(operation, line); }, node.operation);
        for_each_input(node, [&](const NodePtr& input) { line.inputs.push_back(input.get()); });
        return line;
    }

private:
    std::string name(VariableId id) const { return id == kNoVariable ? "_" : "?" + plan_.variables.name(id); }
    std::string names(const std::vector<VariableId>& ids) const {
        std::string text;
        for (const VariableId id : ids) text += (text.empty() ? "" : " ") + name(id);
        return text;
    }
    std::string slot(const Slot& slot) const {
        if (slot.constant.is_any()) return name(slot.variable);
        return slot.constant.is_defined() ? pool_.term(slot.constant).to_string() : "default";
    }
    template <std::size_t N>
    std::string slots(const std::array<Slot, N>& all) const {
        std::string text;
        for (std::size_t i = 0; i < N; ++i) {
            const bool graph = i == 3;
            if (graph && all[i].constant == TermId{}) continue;
            text += (text.empty() ? "" : " ") + slot(all[i]);
        }
        return text;
    }

    void describe(const OuterRow&, Line& l) const { l.operation = "outer row"; }
    void describe(const Scan& o, Line& l) const { l = {"scan " + std::string(o.order->name), slots(o.slots), l.node, {}}; }
    void describe(const LookupJoin& o, Line& l) const { l = {o.optional ? "optional lookup" : "lookup join", slots(o.slots), l.node, {}}; }
    void describe(const Destructure& o, Line& l) const { l = {"destructure", name(o.source) + " = " + slots(o.slots), l.node, {}}; }
    void describe(const MergeJoin& o, Line& l) const { l = {"merge join", name(o.key) + (o.others.empty() ? "" : " and " + names(o.others)), l.node, {}}; }
    void describe(const HashJoin& o, Line& l) const { l = {o.shared.empty() ? "product" : "hash join", names(o.shared), l.node, {}}; }
    void describe(const LeftJoin& o, Line& l) const { l = {"left join", names(o.shared), l.node, {}}; }
    void describe(const Minus& o, Line& l) const { l = {"minus", names(o.shared), l.node, {}}; }
    void describe(const Union&, Line& l) const { l.operation = "union"; }
    void describe(const Filter&, Line& l) const { l.operation = "filter"; }
    void describe(const Extend& o, Line& l) const { l = {"extend", name(o.variable), l.node, {}}; }
    void describe(const Values& o, Line& l) const { l = {"values", names(o.variables), l.node, {}}; }
    void describe(const Project& o, Line& l) const { l = {"project", names(o.variables), l.node, {}}; }
    void describe(const Distinct&, Line& l) const { l.operation = "distinct"; }
    void describe(const OrderBy& o, Line& l) const { l = {o.top ? "top " + std::to_string(*o.top) : "sort", {}, l.node, {}}; }
    void describe(const Slice& o, Line& l) const {
        l = {"slice", "offset " + std::to_string(o.offset) + (o.limit ? " limit " + std::to_string(*o.limit) : ""), l.node, {}};
    }
    void describe(const Group& o, Line& l) const { l = {"group", names(o.keys), l.node, {}}; }
    void describe(const PathScan& o, Line& l) const { l = {"path", slot(o.subject) + " ... " + slot(o.object), l.node, {}}; }
    void describe(const PathSearch& o, Line& l) const { l = {"path search", slot(o.subject) + " ... " + slot(o.object) + " as " + name(o.variable), l.node, {}}; }
    void describe(const GraphNames& o, Line& l) const { l = {"graph names", slot(o.graph), l.node, {}}; }
    void describe(const EachGraph& o, Line& l) const { l = {"each graph", name(o.graph), l.node, {}}; }
    void describe(const Unfold& o, Line& l) const { l = {"unfold", name(o.element), l.node, {}}; }
    void describe(const ServiceCall& o, Line& l) const {
        l = {o.optional ? "optional service" : "service", slot(o.endpoint) + (o.shared.empty() ? "" : " given " + names(o.shared)), l.node, {}};
    }
    void describe(const CallProcedure& o, Line& l) const { l = {"call", o.procedure, l.node, {}}; }

    const Plan& plan_;
    TermPool& pool_;
};

void write_text(const Node& node, Describer& describe, const std::vector<Actual>& actual, std::size_t depth, std::string& out) {
    const Line line = describe(node);
    std::string text = std::string(2 * depth, ' ') + line.operation + (line.details.empty() ? "" : "  " + line.details);
    if (text.size() < 72) text.append(72 - text.size(), ' ');
    char numbers[128];
    std::snprintf(numbers, sizeof numbers, "  ~%.0f rows, cost %.0f", node.estimated_rows, node.cost);
    out += text + numbers;
    if (node.id < actual.size()) {
        const auto& [rows, milliseconds, bytes] = actual[node.id];
        std::snprintf(numbers, sizeof numbers, "; %llu rows, %.2f ms, %llu KiB", static_cast<unsigned long long>(rows), milliseconds,
                      static_cast<unsigned long long>((bytes + 1023) / 1024));
        out += numbers;
    }
    out += '\n';
    for (const Node* input : line.inputs) write_text(*input, describe, actual, depth + 1, out);
}

void write_passes(const Plan& plan, std::string& out) {
    char text[128];
    for (const PassTime& pass : plan.passes) {
        std::snprintf(text, sizeof text, "%s %s %.2f ms", &pass == &plan.passes.front() ? "planned:" : ",", pass.name.c_str(), pass.milliseconds);
        out += text;
    }
    out += '\n';
}

std::string json_string(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + '"';
}

void write_json(const Node& node, Describer& describe, const std::vector<Actual>& actual, std::string& out) {
    const Line line = describe(node);
    out += "{\"operation\":" + json_string(line.operation) + ",\"details\":" + json_string(line.details) +
           ",\"estimated_rows\":" + std::to_string(node.estimated_rows) + ",\"cost\":" + std::to_string(node.cost);
    if (node.id < actual.size()) {
        out += ",\"rows\":" + std::to_string(actual[node.id].rows) + ",\"milliseconds\":" + std::to_string(actual[node.id].milliseconds) +
               ",\"bytes\":" + std::to_string(actual[node.id].bytes);
    }
    out += ",\"inputs\":[";
    for (std::size_t i = 0; i < line.inputs.size(); ++i) {
        if (i != 0) out += ',';
        write_json(*line.inputs[i], describe, actual, out);
    }
    out += "]}";
}

}  // namespace

std::string explain_text(const Plan& plan, TermPool& pool, const std::vector<Actual>& actual) {
    Describer describe(plan, pool);
    std::string out;
    for (const std::string& note : plan.notes) out += "note: " + note + '\n';
    write_text(*plan.root, describe, actual, 0, out);
    write_passes(plan, out);
    for (const auto& [pattern, inner] : plan.exists) {
        out += plan.correlated.count(pattern) != 0 ? "exists, for every row\n" : "exists\n";
        write_text(*inner, describe, {}, 1, out);
    }
    return out;
}

std::string explain_json(const Plan& plan, TermPool& pool, const std::vector<Actual>& actual) {
    Describer describe(plan, pool);
    std::string out;
    write_json(*plan.root, describe, actual, out);
    return out;
}

}  // namespace tercet::plan
