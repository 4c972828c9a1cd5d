// The winner beside random networks of equal cost: one lane a network, one dot a seed.

import {h, s} from '../dom.js';
import {extent, linear, ticks} from './scale.js';
import {tipped} from '../parts.js';
import * as words from '../words.js';

const ROW = 46;
const mean = values => values.reduce((a, b) => a + b, 0) / values.length;

/** The trainings of every network: [{role, architecture, macs, tests, trainings}], the winner first. */
export function networks(trainings) {
  const byArchitecture = new Map();
  for (const each of trainings) {
    const network = byArchitecture.get(each.architecture) ?? {role: each.role, architecture: each.architecture, macs: each.macs, trainings: []};
    network.trainings.push(each);
    byArchitecture.set(each.architecture, network);
  }
  return [...byArchitecture.values()].map(network => ({...network, tests: network.trainings.map(each => each.testAccuracy).filter(each => each !== null)}));
}

/**
 * @param all as networks() gives them
 * @param unfinished what stands in the place of a missing accuracy
 */
export function finals(all, width, unfinished) {
  const rows = [...all].sort((a, b) => (b.role === 'found') - (a.role === 'found') || mean(b.tests) - mean(a.tests));
  const values = rows.flatMap(each => each.tests);
  const domain = extent(values, .12);
  const x = linear(domain, [104, width - 66]);
  const bottom = rows.length * ROW + 8;
  const others = rows.filter(each => each.role !== 'found').flatMap(each => each.tests);
  let random = 0;
  return s('svg', {class: 'chart', viewBox: `0 0 ${width} ${bottom + 46}`, role: 'group', 'aria-label': 'Test accuracy of the winner and of random networks of equal cost'},
    s('g', {class: 'axis'}, ticks(domain, 5).map(t => [s('line', {x1: x(t), x2: x(t), y1: 4, y2: bottom}), s('text', {x: x(t), y: bottom + 17, 'text-anchor': 'middle'}, words.percentOn(domain)(t))])),
    others.length > 0 && s('line', {class: 'mean', x1: x(mean(others)), x2: x(mean(others)), y1: 4, y2: bottom}),
    rows.map((each, i) => {
      const found = each.role === 'found';
      const y = i * ROW + ROW / 2 + 4;
      const name = found ? 'Winner' : `Random ${++random}`;
      const tone = found ? 'found' : '';
      const center = each.tests.length ? mean(each.tests) : null;
      return tipped(s('g', {tabindex: 0, role: 'img', 'data-final': each.role, 'aria-label': `${name}: ${center === null ? unfinished : `test ${words.percent(center)} over ${words.count(each.tests.length, 'seed')}`}`},
        s('rect', {x: 0, y: y - ROW / 2, width, height: ROW, fill: 'transparent'}),
        s('text', {x: 0, y: y - 1, class: tone}, name),
        s('text', {x: 0, y: y + 14, class: 'axis-title'}, `${words.millions(each.macs)} MACs`),
        s('line', {class: `lane ${tone}`, x1: x(domain[0]), x2: x(domain[1]), y1: y, y2: y}),
        each.tests.map(test => s('circle', {class: `lane-dot ${tone}`, cx: x(test), cy: y, r: 5.5, 'fill-opacity': .55})),
        center !== null && s('line', {class: `lane-mean ${tone}`, x1: x(center), x2: x(center), y1: y - 11, y2: y + 11}),
        s('text', {x: width, y: y + 4, 'text-anchor': 'end', class: tone}, center === null ? unfinished : words.percent(center))),
      () => [h('b', {}, name), h('code', {}, each.architecture), h('dl', {}, each.trainings.map((training, k) => [h('dt', {}, `Seed ${training.seed ?? k + 1}`), h('dd', {}, `${words.percent(training.testAccuracy, 2)} test`)]))]);
    }),
    s('text', {class: 'axis-title', x: width / 2, y: bottom + 38, 'text-anchor': 'middle'}, '● test, one seed   ┃ mean' + (others.length ? '   ┆ mean of the random networks' : '')));
}

/** The difference of the means with its confidence, beside zero. */
export function difference({mean: center, low, high}, width) {
  const domain = extent([low, high, 0], .16);
  const x = linear(domain, [10, width - 10]);
  const y = 26;
  return s('svg', {class: 'chart', viewBox: `0 0 ${width} 70`, role: 'img', 'aria-label': `Difference ${words.points(center)}, with 95 % confidence ${words.signed(low)} to ${words.signed(high)}`},
    s('g', {class: 'axis'}, ticks(domain, 5).map(t => [s('line', {class: t === 0 ? 'zero' : '', x1: x(t), x2: x(t), y1: 6, y2: 46}), s('text', {x: x(t), y: 62, 'text-anchor': 'middle'}, t === 0 ? 'equal' : words.signed(t).replace(/\.?0+$/, ''))])),
    s('line', {class: 'lane bar found', x1: x(low), x2: x(high), y1: y, y2: y}),
    [low, high].map(end => s('line', {class: 'lane-mean found', x1: x(end), x2: x(end), y1: y - 7, y2: y + 7})),
    s('circle', {class: 'lane-dot found', cx: x(center), cy: y, r: 6.5}));
}
