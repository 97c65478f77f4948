#include <ostream>

#include "engine/results/picture.hpp"

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
.node { cursor: pointer }
.faded { opacity: .15 }
.found rect, .chosen rect { stroke: #b3261e; stroke-width: 2.5 }
</style></head><body>
<div id="sheet">
)";

constexpr std::string_view kFoot = R"(</div>
<div id="bar"><input id="search" type="search" placeholder="search" aria-label="search"> <span id="count"></span></div>
<div id="list"></div>
<script>
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
function choose(chosen) {
  list.replaceChildren();
  list.style.display = chosen < 0 ? 'none' : 'block';
  const near = new Set([chosen]);
  for (const edge of edges) {
    const from = +edge.dataset.from, to = +edge.dataset.to;
    if (from === chosen) near.add(to);
    if (to === chosen) near.add(from);
  }
  nodes.forEach((node, i) => {
    node.classList.toggle('chosen', i === chosen);
    node.classList.toggle('faded', chosen >= 0 && !near.has(i));
  });
  edges.forEach((edge, i) => {
    const mine = chosen < 0 || +edge.dataset.from === chosen || +edge.dataset.to === chosen;
    edge.classList.toggle('faded', !mine);
    if (labels[i]) labels[i].classList.toggle('faded', !mine);
  });
  if (chosen < 0) return;
  const title = document.createElement('h2');
  title.textContent = name(nodes[chosen]);
  list.append(title);
  line(nodes[chosen].querySelector('title').textContent);
  for (const edge of edges) {
    if (+edge.dataset.from === chosen || +edge.dataset.to === chosen)
      line(name(nodes[edge.dataset.from]) + ' — ' + edge.dataset.label + ' → ' + name(nodes[edge.dataset.to]));
  }
}
svg.addEventListener('click', event => {
  if (!dragged) choose(nodes.indexOf(event.target.closest('.node')));
});
window.addEventListener('keydown', event => { if (event.key === 'Escape') choose(-1); });
</script></body></html>
)";

}  // namespace

void write_html(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options) {
    out << kHead;
    write_svg(out, triples, options);
    out << kFoot;
}

}  // namespace tercet::results
