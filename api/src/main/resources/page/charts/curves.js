// Curves: one line per training or search, the found one's in front.

import {h, s} from '../dom.js';
import {linear, ticks, extent} from './scale.js';
import * as words from '../words.js';

/**
 * @param series [{role, points: [[step, value]], tone}]; the tone is that of the role if it is left out
 * @param format how a value is written
 * @param width in pixels
 */
export function curves(series, {title, across, format, floor, width, height = 230}) {
  const W = width;
  const H = height;
  const BOX = {left: 48, right: W - 10, top: 12, bottom: H - 46};
  const points = series.flatMap(each => each.points);
  const xs = points.map(point => point[0]);
  const domain = [Math.min(...xs), Math.max(...xs)];
  const range = extent(points.map(point => point[1]), .08);
  if (floor !== undefined) range[0] = Math.max(floor, range[0]);
  const x = linear(domain, [BOX.left, BOX.right]);
  const y = linear(range, [BOX.bottom, BOX.top]);
  const ordered = [...series].sort((a, b) => (a.role === 'found') - (b.role === 'found'));
  return h('figure', {},
    s('svg', {class: 'chart', viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': `${title}, ${words.count(series.length, 'line')}`},
      s('g', {class: 'axis'},
        ticks(range, 4).map(t => [s('line', {x1: BOX.left, x2: BOX.right, y1: y(t), y2: y(t)}), s('text', {x: BOX.left - 8, y: y(t) + 4, 'text-anchor': 'end'}, format(t))]),
        ticks(domain, 5).filter(t => Number.isInteger(t)).map(t => s('text', {x: x(t), y: BOX.bottom + 18, 'text-anchor': 'middle'}, t.toLocaleString('en')))),
      ordered.map(each => {
        const tone = each.tone ?? (each.role === 'found' ? 'found' : '');
        const last = each.points.at(-1);
        return s('g', {},
          s('path', {class: `curve ${tone}`, d: line(each.points, x, y)}),
          s('circle', {class: `curve-end ${tone}`, cx: x(last[0]), cy: y(last[1]), r: tone && tone !== 'faint' ? 4 : 3}));
      }),
      s('text', {class: 'axis-title', x: (BOX.left + BOX.right) / 2, y: H - 10, 'text-anchor': 'middle'}, across)),
    h('figcaption', {class: 'visually-hidden'}, title));
}

/** What the tones of the curves mean. */
export function curveKey(entries) {
  return h('ul', {class: 'key'}, entries.map(([tone, label]) => h('li', {}, s('svg', {viewBox: '0 0 22 12', 'aria-hidden': 'true'}, s('line', {class: `curve ${tone}`, x1: 2, x2: 20, y1: 6, y2: 6})), label)));
}

const line = (points, x, y) => points.map(([step, value], i) => `${i ? 'L' : 'M'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join('');
