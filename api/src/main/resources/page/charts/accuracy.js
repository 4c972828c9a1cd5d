// The found cell beside random ones, trained the same way.

import {h, s} from '../dom.js';
import {linear, ticks} from './scale.js';
import {tipped} from '../parts.js';
import * as words from '../words.js';

const ROW = 46;

/**
 * @param trainings [{role, architecture, validationAccuracy, testAccuracy, parameters}]
 * @param W width in pixels
 * @param unfinished what stands in the place of a missing accuracy
 */
export function accuracies(trainings, W, unfinished) {
  const rows = [...trainings].sort((a, b) => (a.role === 'found' ? -1 : b.role === 'found' ? 1 : (b.testAccuracy ?? -1) - (a.testAccuracy ?? -1)));
  const values = rows.flatMap(each => [each.testAccuracy, each.validationAccuracy]).filter(each => each !== null);
  const low = Math.max(0, Math.min(...values) - .06);
  const high = Math.min(1, Math.max(...values) + .04);
  const x = linear([low, high], [104, W - 66]);
  const bottom = rows.length * ROW + 8;
  const others = rows.filter(each => each.role !== 'found' && each.testAccuracy !== null).map(each => each.testAccuracy);
  const mean = others.length ? others.reduce((a, b) => a + b) / others.length : null;
  let random = 0;
  const drawing = s('svg', {class: 'chart', viewBox: `0 0 ${W} ${bottom + 46}`, role: 'group', 'aria-label': 'Accuracy of the found cell and of random cells'},
    s('g', {class: 'axis'}, ticks([low, high], 5).map(t => [s('line', {x1: x(t), x2: x(t), y1: 4, y2: bottom}), s('text', {x: x(t), y: bottom + 17, 'text-anchor': 'middle'}, words.percent(t, 0))])),
    mean !== null && s('g', {}, s('line', {class: 'mean', x1: x(mean), x2: x(mean), y1: 4, y2: bottom})),
    rows.map((each, i) => {
      const found = each.role === 'found';
      const y = i * ROW + ROW / 2 + 4;
      const name = found ? 'Found' : `Random ${++random}`;
      const tone = found ? 'found' : '';
      const ends = [each.testAccuracy, each.validationAccuracy].filter(value => value !== null);
      return tipped(s('g', {tabindex: 0, role: 'img', 'aria-label': `${name}: test ${words.percent(each.testAccuracy)}, validation ${words.percent(each.validationAccuracy)}`},
        s('rect', {x: 0, y: y - ROW / 2, width: W, height: ROW, fill: 'transparent'}),
        s('text', {x: 0, y: y - 1, class: tone}, name),
        s('text', {x: 0, y: y + 14, class: 'axis-title'}, each.parameters ? `${words.number(each.parameters)} par.` : ''),
        s('line', {class: `lane ${tone}`, x1: x(low), x2: x(high), y1: y, y2: y}),
        ends.length === 2 && s('line', {class: `lane ${tone}`, 'stroke-width': 3, x1: x(ends[0]), x2: x(ends[1]), y1: y, y2: y}),
        each.validationAccuracy !== null && s('circle', {class: `lane-dot hollow ${tone}`, cx: x(each.validationAccuracy), cy: y, r: 5}),
        each.testAccuracy !== null && s('circle', {class: `lane-dot ${tone}`, cx: x(each.testAccuracy), cy: y, r: found ? 7 : 6}),
        s('text', {x: W, y: y + 4, 'text-anchor': 'end', class: tone}, ends.length ? words.percent(each.testAccuracy) : unfinished)),
      () => [h('b', {}, name), h('code', {}, each.architecture), h('dl', {}, h('dt', {}, 'Test'), h('dd', {}, words.percent(each.testAccuracy, 2)), h('dt', {}, 'Validation'), h('dd', {}, words.percent(each.validationAccuracy, 2)))]);
    }),
    s('text', {class: 'axis-title', x: W / 2, y: bottom + 38, 'text-anchor': 'middle'}, '● test   ○ validation' + (mean === null ? '' : '   ┆ mean of the random cells')));
  return drawing;
}
