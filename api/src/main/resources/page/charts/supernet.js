// The supernet being pruned: nodes in a row, one bundle of strands per edge, one strand per operator.

import {h, s, put, mark} from '../dom.js';
import {roving, tipped} from '../parts.js';
import * as words from '../words.js';

/** Where the nodes are, as parts of the width; and how high the middle of an edge's bundle arches, by source and target. */
const NODES = [.09, .36, .64, .91];
const ARCH = {'0-1': 0, '1-2': 0, '2-3': 0, '0-2': 96, '1-3': -96, '0-3': 178};
const SPREAD = 24;

/**
 * A drawing that steps through the rounds.
 *
 * @param edges [{target, source}]
 * @param operators names, in order
 * @param width in pixels
 */
export function supernet(edges, operators, width) {
  const X = NODES.map(part => Math.round(part * width));
  const small = width < 440;
  const tall = Math.min(1, Math.max(.62, width / 640));
  const Y = 190 * tall + 6;
  const strands = [];
  const tags = [];
  const drawing = s('svg', {class: 'chart supernet', viewBox: `0 0 ${width} ${Math.round(Y + 118 * tall + 10)}`, role: 'img'});
  edges.forEach((edge, e) => {
    const middle = (ARCH[`${edge.source}-${edge.target}`] ?? 0) * tall;
    operators.forEach((operator, o) => {
      const arch = middle + ((operators.length - 1) / 2 - o) * SPREAD * tall;
      const d = path(X[edge.source], X[edge.target], Y, arch);
      const strand = s('path', {class: 'strand', d, 'data-operator': operator});
      const entry = {e, operator, strand, arch, state: 'active', note: ''};
      const hit = tipped(s('path', {class: 'hit', d, role: 'img'}), () => [h('b', {}, words.operator(operator)), `edge ${words.edge(edge)}`, h('br'), entry.note]);
      entry.hit = hit;
      strands.push(entry);
      drawing.append(strand, hit);
    });
    const text = s('text', {});
    const sign = s('path', {class: 'sign'});
    const box = s('rect', {rx: 9, height: 22, y: -11});
    const tag = s('g', {class: 'tag', 'data-off': ''}, box, sign, text);
    tags.push({tag, x: (X[edge.source] + X[edge.target]) / 2, middle});
  });
  drawing.append(...tags.map(each => each.tag), ...X.map((x, node) => s('g', {class: `node ${node === 0 || node === 3 ? 'end' : ''}`, transform: `translate(${x} ${Y})`},
    s('circle', {r: small ? 13 : 17}), s('text', {y: 5}, node),
    (node === 0 || node === 3) && s('text', {class: 'caption', y: 38, fill: 'currentColor'}, node === 0 ? 'input' : 'output'))));
  roving(drawing, strands.map(each => each.hit));
  const chips = h('ul', {class: 'chips'});

  /** @param active operators per edge; cut: [{edge, operator}] of this very step; gone: "edge/operator" → round */
  function step(active, cut, gone) {
    const now = new Set(cut.map(each => `${each.edge}/${each.operator}`));
    for (const entry of strands) {
      const key = `${entry.e}/${entry.operator}`;
      const alive = active[entry.e].includes(entry.operator);
      entry.state = alive ? (active[entry.e].length === 1 ? 'last' : 'active') : now.has(key) ? 'cut' : 'gone';
      entry.note = alive ? (active[entry.e].length === 1 ? 'the one that is left' : 'still a candidate') : gone.has(key) ? `cut in round ${gone.get(key) + 1}` : 'not in the search';
      entry.strand.dataset.state = entry.state;
      entry.hit.setAttribute('aria-label', `${words.operator(entry.operator)} on edge ${words.edge(edges[entry.e])}: ${entry.note}`);
    }
    tags.forEach(({tag, x, middle}, e) => {
      const single = active[e].length === 1;
      mark(tag, 'data-off', !single);
      if (!single) return;
      const left = strands.find(each => each.e === e && each.state === 'last');
      if (left.operator) name(tag, left.operator, small);
      tag.setAttribute('transform', `translate(${x} ${Y - (left.arch ?? middle) * .75})`);
    });
    const left = active.reduce((sum, each) => sum + each.length, 0);
    drawing.setAttribute('aria-label', `Supernet with ${left} operators left on ${edges.length} edges`);
    put(chips, edges.map((edge, e) => h('li', {}, h('span', {class: 'edge'}, words.edge(edge)),
      h('ul', {}, strands.filter(each => each.e === e).map(each => h('li', {class: 'chip', 'data-operator': each.operator, 'data-state': each.state}, symbolOf(each.operator), (small ? words.operatorShort : words.operator)(each.operator),
        (each.state === 'cut' || each.state === 'gone') && h('span', {class: 'visually-hidden'}, ' (cut)')))))));
  }

  return {drawing, chips, step};
}

/** Writes an operator into the tag of its edge. */
function name(tag, operator, small) {
  const label = (small ? words.operatorShort : words.operator)(operator);
  const wide = label.length * 6.9 + 34;
  tag.dataset.operator = operator;
  tag.querySelector('text').textContent = label;
  tag.querySelector('text').setAttribute('x', 9);
  tag.querySelector('rect').setAttribute('width', wide);
  tag.querySelector('rect').setAttribute('x', -wide / 2);
  const {d, transform} = words.symbol(operator);
  mark(tag.querySelector('.sign'), 'd', d);
  mark(tag.querySelector('.sign'), 'transform', `translate(${14 - wide / 2} 0) scale(.85) ${transform ?? ''}`);
}

function path(x0, x1, y, arch) {
  const bend = (x1 - x0) * .3;
  return `M${x0} ${y} C${x0 + bend} ${y - arch} ${x1 - bend} ${y - arch} ${x1} ${y}`;
}

/** A cell: the one operator of each edge. */
export function foundCell(edges, operators, width) {
  const {drawing, step} = supernet(edges, [''], width);
  const strands = drawing.querySelectorAll('.strand');
  for (const hit of drawing.querySelectorAll('.hit')) hit.remove();
  step(edges.map(() => ['']), [], new Map());
  drawing.querySelectorAll('.tag').forEach((tag, e) => {
    strands[e].dataset.operator = operators[e];
    name(tag, operators[e], width < 500);
  });
  drawing.setAttribute('aria-label', `The found cell: ${edges.map((edge, e) => `${words.operator(operators[e])} on ${words.edge(edge)}`).join(', ')}`);
  return drawing;
}

/** An operator's symbol in its colour, beside words. */
export const symbolOf = operator => s('svg', {class: 'symbol', viewBox: '-7.5 -7.5 15 15', 'aria-hidden': 'true'}, s('path', words.symbol(operator)));

/** The colours and symbols of the operators, in words. */
export function operatorKey(operators, extra) {
  return h('ul', {class: 'key'}, operators.map(operator => h('li', {'data-operator': operator}, symbolOf(operator), words.operator(operator))), extra);
}
