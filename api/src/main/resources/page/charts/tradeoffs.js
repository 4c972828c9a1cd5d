// The trade-offs of a search with several objectives: what nothing beats in all of them.

import {h, s} from '../dom.js';
import {extent} from './scale.js';
import {path, plane} from './plane.js';
import {roving, scrolling, tipped} from '../parts.js';
import * as words from '../words.js';

const COSTS = {
  macs: {name: 'Multiply-adds', title: 'million multiply-adds', of: each => each.macs / 1e6, format: each => words.millions(each.macs)},
  parameters: {name: 'Parameters', title: 'million parameters', of: each => each.parameters / 1e6, format: each => words.number(each.parameters)},
  latency: {name: 'Latency', title: 'latency in ms', of: each => each.latency, format: each => words.milliseconds(each.latency)},
};

/** @param front [{architecture, predicted, macs, parameters, latency}], cheapest by the first of the costs first */
export function tradeOffs(front, costs, width) {
  const across = COSTS[costs[0]];
  const up = extent(front.map(each => each.predicted), .08);
  const {drawing, x, y} = plane({
    across: {domain: extent(front.map(across.of)), title: across.title, format: t => t.toLocaleString('en')},
    up: {domain: [Math.max(0, up[0]), Math.min(1, up[1])], title: 'predicted accuracy', format: words.percentOn(up)},
    width, height: Math.round(Math.min(380, Math.max(280, width * .4))), label: `Trade-offs: predicted accuracy against ${across.name.toLowerCase()}`,
  });
  const at = each => [x(across.of(each)), y(each.predicted)];
  if (costs.length === 1) drawing.append(s('path', {class: 'front predicted', d: path(front.map(at))}));
  drawing.append(...roving(drawing, front.map(each => tipped(
    s('g', {class: 'point', 'data-trade-off': true, transform: `translate(${at(each).map(place => place.toFixed(1)).join(' ')})`, role: 'img', 'aria-label': `${each.architecture}: predicted ${words.percent(each.predicted)}, ${costs.map(cost => COSTS[cost].format(each)).join(', ')}`},
      s('circle', {r: 10, fill: 'transparent'}), s('circle', {class: 'mark', r: 4.6})),
    () => [h('b', {}, words.percent(each.predicted, 2)), h('code', {}, each.architecture), h('dl', {}, costs.map(cost => [h('dt', {}, COSTS[cost].name), h('dd', {}, COSTS[cost].format(each))]))]))));
  return drawing;
}

/** The same as a table, to choose from. */
export function tradeOffTable(front, costs) {
  return scrolling('Trade-offs', h('table', {},
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Predicted'), costs.map(cost => h('th', {scope: 'col'}, COSTS[cost].name)), h('th', {scope: 'col'}, 'Architecture'))),
    h('tbody', {}, front.map(each => h('tr', {}, h('td', {class: 'num'}, words.percent(each.predicted, 2)), costs.map(cost => h('td', {class: 'num'}, COSTS[cost].format(each))), h('td', {}, h('code', {}, each.architecture)))))));
}
