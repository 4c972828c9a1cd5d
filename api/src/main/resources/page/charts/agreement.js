// What the predictor said of architectures that it had not seen, against what training them came to.

import {h, s} from '../dom.js';
import {extent} from './scale.js';
import {plane} from './plane.js';
import {roving, tipped} from '../parts.js';
import * as words from '../words.js';

/** @param heldOut [{architecture, predicted, measured}] */
export function agreement(heldOut, width) {
  const both = extent(heldOut.flatMap(each => [each.predicted, each.measured]));
  const format = words.percentOn(both);
  const {drawing, x, y} = plane({
    across: {domain: both, title: 'measured', format}, up: {domain: both, title: 'predicted', format},
    width, height: Math.round(Math.min(380, Math.max(290, width * .8))), label: 'Predicted against measured validation accuracy of held-out architectures',
  });
  drawing.append(s('line', {class: 'mean', x1: x(both[0]), y1: y(both[0]), x2: x(both[1]), y2: y(both[1])}));
  const points = [...heldOut].sort((a, b) => a.measured - b.measured).map(each => tipped(
    s('g', {class: 'point', 'data-winner': true, transform: `translate(${x(each.measured).toFixed(1)} ${y(each.predicted).toFixed(1)})`, role: 'img', 'aria-label': `${each.architecture}: measured ${words.percent(each.measured)}, predicted ${words.percent(each.predicted)}`},
      s('circle', {r: 10, fill: 'transparent'}), s('circle', {class: 'mark', r: heldOut.length > 200 ? 2.6 : 4.6})),
    () => [h('code', {}, each.architecture), h('dl', {}, h('dt', {}, 'Measured'), h('dd', {}, words.percent(each.measured, 2)), h('dt', {}, 'Predicted'), h('dd', {}, words.percent(each.predicted, 2)))]));
  drawing.append(...roving(drawing, points));
  return drawing;
}
