// How well predictors rank: Kendall's tau with its confidence.

import {h, s} from '../dom.js';
import {extent, linear, ticks} from './scale.js';
import {path, plane} from './plane.js';
import {scrolling, tipped} from '../parts.js';
import * as words from '../words.js';

const ROW = 42;
const figure = tau => tau === null ? '–' : tau.toFixed(3).replace('-', '−');

/** The interval of a quality in words. */
export const interval = each => each.low === null ? 'one split' : `95 %: ${figure(each.low)} to ${figure(each.high)}`;

/** One predictor by the number of architectures it was fitted to. */
export function bySize(quality, width) {
  const rows = [...quality].sort((a, b) => a.rows - b.rows);
  const {drawing, x, y} = plane({
    across: {domain: extent(rows.map(each => each.rows), .1), values: rows.map(each => each.rows), title: 'architectures to learn from', format: t => t.toLocaleString('en')},
    up: {domain: extent(rows.flatMap(each => [each.tau, each.low ?? each.tau, each.high ?? each.tau]), .08), title: "Kendall's tau", format: t => t.toFixed(2).replace('-', '−')},
    width, height: 280, label: "Kendall's tau by the number of architectures to learn from",
  });
  drawing.append(s('path', {class: 'curve found', d: path(rows.map(each => [x(each.rows), y(each.tau)]))}),
    ...rows.map(each => tipped(whisker(each, x(each.rows), y), () => details(each))));
  return drawing;
}

function whisker(each, px, y) {
  return s('g', {class: 'whisker', tabindex: 0, role: 'img', 'aria-label': spoken(each)},
    s('rect', {x: px - 12, y: y(each.high ?? each.tau) - 10, width: 24, height: y(each.low ?? each.tau) - y(each.high ?? each.tau) + 20, fill: 'transparent'}),
    each.low !== null && [s('line', {x1: px, x2: px, y1: y(each.low), y2: y(each.high)}),
      [each.low, each.high].map(end => s('line', {x1: px - 6, x2: px + 6, y1: y(end), y2: y(end)}))],
    s('circle', {cx: px, cy: y(each.tau), r: 5}));
}

/** Every predictor, fitted to as much as there was; the one that guided the search first. */
export function byKind(quality, guiding, width) {
  const rows = [...quality].sort((a, b) => (b.kind === guiding) - (a.kind === guiding) || b.tau - a.tau);
  const domain = extent([...rows.flatMap(each => [each.tau, each.low ?? each.tau, each.high ?? each.tau])], .08);
  const x = linear(domain, [112, width - 54]);
  const bottom = rows.length * ROW + 8;
  return s('svg', {class: 'chart', viewBox: `0 0 ${width} ${bottom + 44}`, role: 'group', 'aria-label': "Kendall's tau of every predictor"},
    s('g', {class: 'axis'}, ticks(domain, 4).map(t => [s('line', {x1: x(t), x2: x(t), y1: 4, y2: bottom}), s('text', {x: x(t), y: bottom + 17, 'text-anchor': 'middle'}, t.toFixed(2).replace('-', '−'))])),
    rows.map((each, i) => {
      const y = i * ROW + ROW / 2 + 4;
      const tone = each.kind === guiding ? 'found' : '';
      return tipped(s('g', {class: `lanes ${tone}`, tabindex: 0, role: 'img', 'aria-label': spoken(each)},
        s('rect', {x: 0, y: y - ROW / 2, width, height: ROW, fill: 'transparent'}),
        s('text', {x: 0, y: tone ? y - 1 : y + 4, class: tone}, words.predictor(each.kind)),
        tone && s('text', {x: 0, y: y + 14, class: 'axis-title'}, 'guided the search'),
        s('line', {class: `lane ${tone}`, x1: x(domain[0]), x2: x(domain[1]), y1: y, y2: y}),
        each.low !== null && s('line', {class: `lane bar ${tone}`, x1: x(each.low), x2: x(each.high), y1: y, y2: y}),
        s('circle', {class: `lane-dot ${tone}`, cx: x(each.tau), cy: y, r: 6}),
        s('text', {x: width, y: y + 4, 'text-anchor': 'end', class: tone}, figure(each.tau))), () => details(each));
    }),
    s('text', {class: 'axis-title', x: (112 + width - 54) / 2, y: bottom + 38, 'text-anchor': 'middle'}, "Kendall's tau"));
}

const spoken = each => `${words.predictor(each.kind)}, fitted to ${each.rows}: tau ${figure(each.tau)}, ${interval(each)}`;

function details(each) {
  return [h('b', {}, `${words.predictor(each.kind)}, fitted to ${each.rows}`), h('dl', {},
    h('dt', {}, 'Tau'), h('dd', {}, figure(each.tau)), h('dt', {}, 'Confidence'), h('dd', {}, interval(each)),
    h('dt', {}, 'Splits'), h('dd', {}, each.splits), h('dt', {}, 'Error'), h('dd', {}, words.percent(each.error, 2)))];
}

/** The same numbers as a table. */
export function qualityTable(quality) {
  return scrolling('Quality of the predictor', h('table', {},
    h('thead', {}, h('tr', {}, ['Predictor', 'Fitted to', 'Splits', 'Tau', 'Confidence', 'Error'].map(head => h('th', {scope: 'col'}, head)))),
    h('tbody', {}, quality.map(each => h('tr', {}, h('td', {}, words.predictor(each.kind)), h('td', {}, each.rows), h('td', {}, each.splits),
      h('td', {}, figure(each.tau)), h('td', {}, interval(each)), h('td', {}, words.percent(each.error, 2)))))));
}
