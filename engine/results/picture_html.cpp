#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "engine/results/picture_model.hpp"

namespace tercet::results {
namespace {

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Tercet</title>
<style>
html, body { margin: 0; height: 100%; font: 14px "DejaVu Sans", Verdana, Helvetica, sans-serif; color: #14212e }
#sheet svg { width: 100vw; height: 100vh; display: block; cursor: grab }
#bar { position: fixed; top: 10px; left: 10px; background: #fff; border: 1px solid #c4ced8; border-radius: 8px; padding: 8px }
#bar input { width: 220px; font: inherit; border: 1px solid #c4ced8; border-radius: 4px; padding: 3px 6px }
#list { position: fixed; top: 10px; right: 10px; width: 340px; max-height: 80vh; overflow: auto; background: #fff;
        border: 1px solid #c4ced8; border-radius: 8px; padding: 10px; display: none; overflow-wrap: anywhere }
#list h2 { font-size: 15px; margin: 0 0 6px }
#list p { margin: 4px 0 }
#list blockquote { margin: 8px 0 2px; padding-left: 8px; border-left: 3px solid #c4ced8 }
#list small { color: #5b7083 }
.node, .edge[data-from], .edge text { cursor: pointer }
.edge.chosen path:not(.near) { stroke: #b3261e }
.faded { opacity: .15 }
.found rect, .chosen rect { stroke: #b3261e; stroke-width: 2.5 }
</style></head><body>
<div id="sheet">
)";

constexpr std::string_view kFoot = R"(</div>
<div id="bar"><input id="search" type="search" placeholder="search" aria-label="search"> <span id="count"></span></div>
<div id="list"></div>
)";

constexpr std::string_view kScript = R"(<script>
'use strict';
const svg = document.querySelector('#sheet svg');
const box = svg.viewBox.baseVal;
const nodes = [...svg.querySelectorAll('.node')];
const edges = [...svg.querySelectorAll('.edge[data-from]')];
const labels = [...svg.querySelectorAll('.edge:not([data-from])')];
const name = n => n.querySelector('text').textContent;
const list = document.getElementById('list');
svg.removeAttribute('width');
svg.removeAttribute('height');

const scale = () => Math.max(box.width / svg.clientWidth, box.height / svg.clientHeight);
svg.addEventListener('wheel', event => {
  event.preventDefault();
  const factor = event.deltaY < 0 ? 1 / 1.15 : 1.15;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  box.x = at.x - (at.x - box.x) * factor;
  box.y = at.y - (at.y - box.y) * factor;
  box.width *= factor;
  box.height *= factor;
}, { passive: false });

let drag = null, dragged = false;
svg.addEventListener('pointerdown', event => { drag = [event.clientX, event.clientY]; dragged = false; });
window.addEventListener('pointermove', event => {
  if (!drag) return;
  const [x, y] = drag;
  if (!dragged && Math.hypot(event.clientX - x, event.clientY - y) < 4) return;
  dragged = true;
  box.x -= (event.clientX - x) * scale();
  box.y -= (event.clientY - y) * scale();
  drag = [event.clientX, event.clientY];
});
window.addEventListener('pointerup', () => { drag = null; });

document.getElementById('search').addEventListener('input', event => {
  const wanted = event.target.value.trim().toLowerCase();
  let found = 0;
  for (const node of nodes) {
    const fits = wanted !== '' && (name(node) + ' ' + node.querySelector('title').textContent).toLowerCase().includes(wanted);
    node.classList.toggle('found', fits);
    node.classList.toggle('faded', wanted !== '' && !fits);
    found += fits;
  }
  document.getElementById('count').textContent = wanted === '' ? '' : found + ' found';
});

function line(text) {
  const p = document.createElement('p');
  p.textContent = text;
  list.append(p);
}
function heading(text) {
  const title = document.createElement('h2');
  title.textContent = text;
  list.append(title);
}
const told = edge => name(nodes[edge.dataset.from]) + ' — ' + edge.dataset.label + ' → ' + name(nodes[edge.dataset.to]);

/* Lights up some nodes and edges, given by their numbers, and fades the others; null: everything as it was. */
function show(chosenNodes, chosenEdges, nearNodes) {
  list.replaceChildren();
  list.style.display = nearNodes ? 'block' : 'none';
  nodes.forEach((node, i) => {
    node.classList.toggle('chosen', chosenNodes.has(i));
    node.classList.toggle('faded', nearNodes !== null && !nearNodes.has(i));
  });
  edges.forEach((edge, i) => {
    edge.classList.toggle('chosen', chosenEdges.has(i) && chosenNodes.size === 0);
    for (const part of [edge, labels[i]]) part.classList.toggle('faded', nearNodes !== null && !chosenEdges.has(i));
  });
}
function chooseNothing() { show(new Set(), new Set(), null); }
function chooseNode(chosen) {
  const near = new Set([chosen]), mine = new Set();
  edges.forEach((edge, i) => {
    const from = +edge.dataset.from, to = +edge.dataset.to;
    if (from !== chosen && to !== chosen) return;
    near.add(from).add(to);
    mine.add(i);
  });
  show(new Set([chosen]), mine, near);
  heading(name(nodes[chosen]));
  line(nodes[chosen].querySelector('title').textContent);
  for (const i of mine) line(told(edges[i]));
}
function chooseEdge(chosen) {
  const edge = edges[chosen];
  show(new Set(), new Set([chosen]), new Set([+edge.dataset.from, +edge.dataset.to]));
  heading(told(edge));
  const sentences = evidence[chosen] || [];
  if (sentences.length === 0) line('No sentence stands behind this edge.');
  for (const each of sentences) {
    const quote = document.createElement('blockquote');
    quote.textContent = each.sentence;
    const from = document.createElement('small');
    from.textContent = each.from;
    list.append(quote, from);
  }
}
svg.addEventListener('click', event => {
  if (dragged) return;
  const node = nodes.indexOf(event.target.closest('.node'));
  const part = event.target.closest('.edge');
  const edge = Math.max(edges.indexOf(part), labels.indexOf(part));
  if (node >= 0) chooseNode(node);
  else if (edge >= 0) chooseEdge(edge);
  else chooseNothing();
});
window.addEventListener('keydown', event => { if (event.key === 'Escape') chooseNothing(); });
</script></body></html>
)";

/// Who says a sentence, where, and how sure it is that it says so.
std::string origin(const Evidence& evidence) {
    std::string text = evidence.speaker.empty() ? "" : evidence.speaker + ", in ";
    text += evidence.headline.empty() ? evidence.article : evidence.headline;
    for (const std::string& part : {evidence.polarity, evidence.modality}) {
        if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
    }
    return text;
}

/// The sentences of the edges, in the order of the picture, each once for an edge.
nlohmann::json evidence_of(const std::vector<Triple>& triples, const PictureOptions& options) {
    nlohmann::json all = nlohmann::json::array();
    for (const PictureEdge& edge : Picture(triples, options).edges) {
        nlohmann::json sentences = nlohmann::json::array();
        for (const std::size_t place : edge.triples) {
            if (!options.evidence) break;
            for (const Evidence& each : options.evidence(triples[place])) {
                nlohmann::json sentence{{"sentence", each.sentence}, {"from", origin(each)}};
                if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end()) sentences.push_back(std::move(sentence));
            }
        }
        all.push_back(std::move(sentences));
    }
    return all;
}

/// JSON that may stand in a script: no text in it ends the script.
std::string script_text(const nlohmann::json& value) {
    std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), safe;
    for (const char c : text) {
        if (c == '<') safe += "\\u003c";
        else safe += c;
    }
    return safe;
}

}  // namespace

void write_html(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options) {
    out << kHead;
    write_svg(out, triples, options);
    out << kFoot << "<script>const evidence = " << script_text(evidence_of(triples, options)) << ";</script>\n" << kScript;
}

}  // namespace tercet::results
