// A network whose layers sum parallel operations: columns of boxes between sums.

import {s} from '../dom.js';
import * as words from '../words.js';

const ROW = 38;
const WIDE = 84;

/** @param architecture such as skip+sep3|dil5|sep7 */
export function layers(architecture, width) {
  const columns = architecture.split('|').map(layer => layer.split('+'));
  const perBand = Math.max(1, Math.min(columns.length, Math.floor((width - 70) / (WIDE + 56))));
  const bands = [];
  for (let from = 0; from < columns.length; from += perBand) bands.push(columns.slice(from, from + perBand));
  const drawing = s('svg', {class: 'chart layers', role: 'img', 'aria-label': `The winner: ${columns.map((layer, i) => `layer ${i + 1} sums ${layer.map(words.operator).join(', ')}`).join('; ')}`});
  let top = 0;
  let layer = 0;
  bands.forEach((band, b) => {
    const rows = Math.max(...band.map(each => each.length));
    const height = Math.max(2, rows) * ROW + 34;
    const y = top + 28 + Math.max(2, rows) * ROW / 2;
    const step = (width - 60) / perBand;
    const node = i => 30 + i * step;
    band.forEach((operations, i) => {
      const middle = (node(i) + node(i + 1)) / 2;
      drawing.append(s('text', {class: 'caption', x: middle, y: top + 14, 'text-anchor': 'middle'}, `layer ${++layer}`));
      operations.forEach((operation, k) => {
        const oy = y + (k - (operations.length - 1) / 2) * ROW;
        drawing.append(s('g', {'data-operator': operation},
          s('path', {class: 'strand', d: bend(node(i), y, middle - WIDE / 2, oy)}), s('path', {class: 'strand', d: bend(middle + WIDE / 2, oy, node(i + 1), y)}),
          s('rect', {x: middle - WIDE / 2, y: oy - 13, width: WIDE, height: 26, rx: 8}),
          s('path', {class: 'sign', d: words.symbol(operation).d, transform: `translate(${middle - WIDE / 2 + 13} ${oy}) scale(.85) ${words.symbol(operation).transform ?? ''}`}),
          s('text', {x: middle + 8, y: oy, 'text-anchor': 'middle', 'dominant-baseline': 'central'}, words.operator(operation))));
      });
    });
    for (let i = 0; i <= band.length; i++) {
      const first = b === 0 && i === 0;
      const last = b === bands.length - 1 && i === band.length;
      drawing.append(s('g', {class: first || last ? 'node end' : 'node'},
        s('circle', {cx: node(i), cy: y, r: first || last ? 17 : 11}),
        s('text', {x: node(i), y, 'text-anchor': 'middle', 'dominant-baseline': 'central'}, first ? 'in' : last ? 'out' : '+')));
    }
    top += height;
  });
  drawing.setAttribute('viewBox', `0 0 ${width} ${top + 4}`);
  return drawing;
}

/** Leaves and arrives level. */
function bend(x0, y0, x1, y1) {
  const middle = (x0 + x1) / 2;
  return `M${x0.toFixed(1)} ${y0.toFixed(1)}C${middle.toFixed(1)} ${y0.toFixed(1)} ${middle.toFixed(1)} ${y1.toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
}
