// The supernet being pruned where its edges are many: a row an edge, a column an operator, the types of cells side by side.

import {h, s} from '../dom.js';
import {roving, tipped} from '../parts.js';
import * as words from '../words.js';

const ROW = 21;
const TOP = 108;
const BETWEEN = 9;

/**
 * A drawing that steps through the rounds, as charts/supernet.js has one.
 *
 * @param edges [{cell, target, source}]
 * @param operators names, in order
 * @param width in pixels
 */
export function matrix(edges, operators, width) {
  const cells = [...new Set(edges.map(each => each.cell))];
  const beside = width >= 480;
  const wide = beside ? width / cells.length : width;
  const left = 52;
  const column = Math.min(30, (wide - left - 8) / operators.length);
  const places = placed(edges);
  const tall = Math.max(...places) + ROW;
  const drawing = s('svg', {class: 'chart supernet', viewBox: `0 0 ${width} ${beside ? tall : tall * cells.length}`, role: 'img'});
  const dots = [];
  cells.forEach((cell, c) => drawing.append(s('text', {x: beside ? c * wide : 0, y: (beside ? 0 : c * tall) + 14}, cell === 'reduce' ? 'reduction cell' : `${cell} cell`)));
  cells.forEach((cell, c) => operators.forEach((operator, o) => {
    const x = (beside ? c * wide : 0) + left + column * (o + .5);
    const y = beside ? 0 : c * tall;
    drawing.append(s('g', {class: 'heading', 'data-operator': operator}, s('path', {...words.symbol(operator), transform: `translate(${x} ${y + TOP - 22}) ${words.symbol(operator).transform ?? ''}`}),
      s('text', {transform: `translate(${x + 3} ${y + TOP - 34}) rotate(-50)`}, words.operator(operator))));
  }));
  edges.forEach((edge, e) => {
    const c = cells.indexOf(edge.cell);
    const x = beside ? c * wide : 0;
    const y = (beside ? 0 : c * tall) + places[e];
    drawing.append(s('text', {x, y: y + 4}, words.edge({...edge, cell: null})));
    operators.forEach((operator, o) => {
      const mark = s('g', {class: 'dot', transform: `translate(${x + left + column * (o + .5)} ${y})`, 'data-operator': operator, role: 'img'},
        s('circle', {class: 'ground', r: ROW / 2}), s('path', words.symbol(operator)));
      const entry = {e, operator, mark, note: ''};
      dots.push(entry);
      drawing.append(tipped(mark, () => [h('b', {}, words.operator(operator)), `edge ${words.edge(edge)}`, h('br'), entry.note]));
    });
  });

  roving(drawing, dots.map(each => each.mark));

  /** @param active operators per edge; cut: [{edge, operator}] of this very step; gone: "edge/operator" → round */
  function step(active, cut, gone) {
    const now = new Set(cut.map(each => `${each.edge}/${each.operator}`));
    for (const entry of dots) {
      const key = `${entry.e}/${entry.operator}`;
      const alive = active[entry.e].includes(entry.operator);
      entry.mark.dataset.state = alive ? (active[entry.e].length === 1 ? 'last' : 'active') : now.has(key) ? 'cut' : 'gone';
      entry.note = alive ? (active[entry.e].length === 1 ? 'the one that is left' : 'still a candidate') : gone.has(key) ? `cut in round ${gone.get(key) + 1}` : 'not in the search';
      entry.mark.setAttribute('aria-label', `${words.operator(entry.operator)} on edge ${words.edge(edges[entry.e])}: ${entry.note}`);
    }
    const operatorsLeft = active.reduce((sum, each) => sum + each.length, 0);
    const edgesLeft = active.filter(each => each.length > 0).length;
    drawing.setAttribute('aria-label', `Supernet with ${operatorsLeft} operators left on ${edgesLeft} of ${edges.length} edges`);
  }

  return {drawing, chips: '', step};
}

/** How far down the row of each edge lies in its cell; nodes stand a little apart. */
function placed(edges) {
  let y = TOP - ROW;
  let before = null;
  return edges.map(edge => {
    if (before && before.cell !== edge.cell) y = TOP - ROW;
    else if (before && before.target !== edge.target) y += BETWEEN;
    before = edge;
    y += ROW;
    return y;
  });
}
