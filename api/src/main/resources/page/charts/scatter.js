// One round: what the removal of each candidate does to the condition number and to the linear regions.

import {h, s} from '../dom.js';
import {linear, ticks, extent} from './scale.js';
import {roving, scrolling, tipped} from '../parts.js';
import * as words from '../words.js';

/** All candidates of a round, in a drawing of that width. */
export function scatter(candidates, edges, width) {
  const W = width;
  const H = Math.round(Math.min(360, Math.max(290, width * .76)));
  const BOX = {left: 58, right: W - 10, top: 10, bottom: H - 52};
  const finite = candidates.filter(each => each.conditionDelta !== null);
  const singular = candidates.filter(each => each.conditionDelta === null);
  const left = BOX.left + (singular.length ? 64 : 0);
  // Far outliers would press all others into a corner: the axis is bent (asinh) where the range is wide.
  const deltas = finite.map(each => each.conditionDelta);
  const bent = Math.min(...deltas, 0) < -1.5;
  const warp = bent ? value => Math.asinh(value * 4) : value => value;
  const unwarp = bent ? value => Math.sinh(value) / 4 : value => value;
  const across = extent([...deltas.map(warp), 0]);
  const up = extent([...candidates.map(each => each.regionDelta), 0]);
  const x = linear(across, [left, BOX.right]);
  const y = linear(up, [BOX.bottom, BOX.top]);
  const xTicks = bent ? [-100, -30, -10, -3, -1, -.3, 0, .3, .6, .9].filter(t => warp(t) >= across[0] && warp(t) <= across[1]) : ticks(across, 6);

  const drawing = s('svg', {class: 'chart', viewBox: `0 0 ${W} ${H}`, role: 'group', 'aria-label': 'Candidates of the round: change of the NTK condition number against change of the linear regions'});
  drawing.append(
    singular.length ? s('g', {}, s('rect', {class: 'band', x: BOX.left, y: BOX.top, width: 50, height: BOX.bottom - BOX.top, rx: 6}),
      s('text', {x: BOX.left + 25, y: BOX.bottom + 18, 'text-anchor': 'middle'}, 'singular')) : '',
    s('g', {class: 'axis'},
      spaced(xTicks, t => x(warp(t)), 34).map(t => [s('line', {x1: x(warp(t)), x2: x(warp(t)), y1: BOX.top, y2: BOX.bottom, class: t === 0 ? 'zero' : ''}),
        s('text', {x: x(warp(t)), y: BOX.bottom + 18, 'text-anchor': 'middle'}, tick(t))]),
      ticks(up, 5).map(t => [s('line', {x1: left, x2: BOX.right, y1: y(t), y2: y(t), class: t === 0 ? 'zero' : ''}),
        s('text', {x: BOX.left - 8, y: y(t) + 4, 'text-anchor': 'end'}, tick(t))])),
    s('text', {class: 'axis-title', x: (left + BOX.right) / 2, y: H - 10, 'text-anchor': 'middle'}, 'fall of the NTK condition number →'),
    s('text', {class: 'axis-title', transform: `translate(13 ${(BOX.top + BOX.bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle'}, 'loss of linear regions →'));

  const ordered = [...candidates].sort((a, b) => a.removed - b.removed);
  const points = ordered.map(each => {
    const px = each.conditionDelta === null ? BOX.left + 25 : x(warp(each.conditionDelta));
    const point = s('g', {class: 'point', transform: `translate(${px.toFixed(1)} ${y(each.regionDelta).toFixed(1)})`, role: 'img', 'data-operator': each.operator, 'data-removed': each.removed, 'aria-label': spoken(each, edges)},
      s('circle', {r: 12, fill: 'transparent'}),
      each.removed && s('circle', {class: 'ring', r: 10}),
      s('path', {class: 'mark', ...words.symbol(each.operator)}));
    return tipped(point, () => details(each, edges));
  });
  drawing.append(...roving(drawing, points));
  return drawing;
}

const tick = ratio => `${ratio < 0 ? '−' : ''}${Number(Math.abs(100 * ratio).toPrecision(3)).toLocaleString('en')} %`;

function spaced(values, place, gap) {
  let last = -Infinity;
  return values.filter(value => {
    if (value !== 0 && place(value) - last < gap) return false;
    last = place(value);
    return true;
  });
}

function spoken(each, edges) {
  return `${words.operator(each.operator)} on edge ${words.edge(edges[each.edge])}: condition ${words.change(each.conditionDelta)}, regions ${words.change(each.regionDelta)}${each.removed ? ', removed' : ''}`;
}

function details(each, edges) {
  return [
    h('b', {}, `${words.operator(each.operator)} on ${words.edge(edges[each.edge])}`),
    h('dl', {},
      h('dt', {}, 'Condition falls by'), h('dd', {}, words.change(each.conditionDelta)),
      h('dt', {}, 'Regions lost'), h('dd', {}, words.change(each.regionDelta)),
      h('dt', {}, 'Ranks'), h('dd', {}, `${each.conditionRank} + ${each.regionRank} = ${each.conditionRank + each.regionRank}`)),
    each.removed && 'Removed in this round',
  ];
}

/** The same numbers as a table. */
export function candidateTable(candidates, edges) {
  const byRank = [...candidates].sort((a, b) => a.conditionRank + a.regionRank - b.conditionRank - b.regionRank);
  return scrolling('Candidates of this round', h('table', {},
    h('thead', {}, h('tr', {}, ['Edge', 'Operator', 'Condition falls', 'Regions lost', 'Rank sum', ''].map(head => h('th', {scope: 'col'}, head)))),
    h('tbody', {}, byRank.map(each => h('tr', {},
      h('td', {class: 'mono'}, words.edge(edges[each.edge])), h('td', {}, words.operator(each.operator)),
      h('td', {}, words.change(each.conditionDelta)), h('td', {}, words.change(each.regionDelta)),
      h('td', {}, each.conditionRank + each.regionRank), h('td', {}, each.removed ? 'removed' : ''))))));
}

/** What the marks mean. */
export function scatterKey(operators) {
  return h('ul', {class: 'key'},
    operators.map(operator => h('li', {'data-operator': operator}, s('svg', {class: 'dot', viewBox: '-7 -7 14 14', 'aria-hidden': 'true'}, s('path', words.symbol(operator))), words.operator(operator))),
    h('li', {}, s('svg', {class: 'dot', viewBox: '-8 -8 16 16', 'aria-hidden': 'true'}, s('circle', {class: 'ring', r: 6.5})), 'removed'));
}
