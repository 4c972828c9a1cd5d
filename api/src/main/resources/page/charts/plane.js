// A plane of two linear axes for points and lines.

import {s} from '../dom.js';
import {linear, ticks} from './scale.js';

/**
 * @param across {domain, title, format, values}: values stand in the place of round ticks
 * @param up {domain, title, format}
 * @param width in pixels; height likewise
 * @returns the drawing, and x and y from values to places in it
 */
export function plane({across, up, width, height, label}) {
  const BOX = {left: 58, right: width - 10, top: 10, bottom: height - 48};
  const x = linear(across.domain, [BOX.left, BOX.right]);
  const y = linear(up.domain, [BOX.bottom, BOX.top]);
  const drawing = s('svg', {class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': label},
    s('g', {class: 'axis'},
      (across.values ?? ticks(across.domain, width < 420 ? 4 : 6)).map(t => [
        s('line', {x1: x(t), x2: x(t), y1: BOX.top, y2: BOX.bottom}),
        s('text', {x: x(t), y: BOX.bottom + 18, 'text-anchor': 'middle'}, across.format(t))]),
      ticks(up.domain, 5).map(t => [
        s('line', {x1: BOX.left, x2: BOX.right, y1: y(t), y2: y(t)}),
        s('text', {x: BOX.left - 8, y: y(t) + 4, 'text-anchor': 'end'}, up.format(t))])),
    s('text', {class: 'axis-title', x: (BOX.left + BOX.right) / 2, y: height - 10, 'text-anchor': 'middle'}, across.title),
    s('text', {class: 'axis-title', transform: `translate(13 ${(BOX.top + BOX.bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle'}, up.title));
  return {drawing, x, y, box: BOX};
}

/** A line through points [x, y] of the plane. */
export const path = points => points.map(([px, py], i) => `${i ? 'L' : 'M'}${px.toFixed(1)} ${py.toFixed(1)}`).join('');

/** The same in steps: each height holds until the next point. */
export const steps = points => points.map(([px, py], i) => (i ? `H${px.toFixed(1)}V${py.toFixed(1)}` : `M${px.toFixed(1)} ${py.toFixed(1)}`)).join('');
