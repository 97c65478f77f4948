#include "engine/algebra/translate.hpp"

#include "engine/algebra/scope.hpp"
#include "engine/algebra/translator.hpp"

namespace tercet::algebra {
namespace {

template <typename Form>
NodePtr where_of(const Form& form, Translator& translator) {
    return translator.before_projection(form.where ? translator.group(*form.where) : unit(), form.modifier, form.values, {});
}

void translate_form(const sparql::SelectQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Select;
    query.selects_all = form.all;
    query.node = translator.select(form, &query.projection);
}

void translate_form(const sparql::AskQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Ask;
    query.node = Translator::projected(where_of(form, translator), form.modifier, {});
}

void translate_form(const sparql::ConstructQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Construct;
    NodePtr node = where_of(form, translator);
    for (const auto& triple : form.construct_template) query.construct_template.push_back(translator.template_triple(triple));
    query.projection = in_scope(*node);
    query.node = Translator::projected(std::move(node), form.modifier, query.projection);
}

void translate_form(const sparql::DescribeQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Describe;
    NodePtr node = where_of(form, translator);
    if (form.all) query.projection = in_scope(*node);
    for (const auto& resource : form.resources) {
        if (const auto* v = std::get_if<sparql::Variable>(&resource)) query.projection.push_back(translator.variable(*v).id);
        else query.resources.push_back(std::get<sparql::Constant>(resource).term);
    }
    query.node = Translator::projected(std::move(node), form.modifier, query.projection, true);
}

}  // namespace

Query translate(const sparql::Query& source, const Parameters& parameters, const NamedProjections* named) {
    Query query;
    query.dataset = source.dataset;
    Translator translator(query.variables, parameters, named);
    std::visit([&](const auto& form) { translate_form(form, translator, query); }, source.form);
    return query;
}

Modification translate(const sparql::Modify& update, const Parameters& parameters, const NamedProjections* named) {
    Modification made;
    Translator translator(made.variables, parameters, named);
    NodePtr node = translator.group(*update.where);
    for (const auto& quad : update.remove) made.remove.push_back(translator.template_quad(quad));
    for (const auto& quad : update.insert) made.insert.push_back(translator.template_quad(quad));
    std::vector<VariableId> columns = in_scope(*node);
    made.node = make_node(Project{std::move(node), std::move(columns)});
    return made;
}

std::vector<TemplateQuad> translate_data(const std::vector<sparql::QuadPattern>& quads, Variables& variables) {
    const Parameters none;
    Translator translator(variables, none);
    std::vector<TemplateQuad> made;
    for (const auto& quad : quads) made.push_back(translator.template_quad(quad));
    return made;
}

}  // namespace tercet::algebra
