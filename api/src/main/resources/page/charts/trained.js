// All trained networks: accuracy against cost, with the winner among them.

import {h, s} from '../dom.js';
import {extent} from './scale.js';
import {plane, steps} from './plane.js';
import {roving, tipped} from '../parts.js';
import * as words from '../words.js';

const STAR = 'M0-10.500 3-3.600 10.500-3.200 4.700 1.500 6.500 8.900 0 4.700-6.500 8.900-4.700 1.500-10.500-3.200-3-3.600z';
const MANY = 400;

/**
 * @param sample {architectures, best, rungs}
 * @param winner {architecture, macs, accuracy, predicted}; null while there is none
 * @param front [{architecture, macs, predicted}], cheapest first
 */
export function trained(sample, winner, front, width) {
  const {architectures: rows, best} = sample;
  const height = Math.round(Math.min(440, Math.max(300, width * .68)));
  const measured = winner?.accuracy != null ? [winner] : [];
  const across = extent([...rows, ...front, ...measured].map(each => each.macs / 1e6));
  const up = extent([...rows.map(each => each.validationAccuracy), ...front.map(each => each.predicted), ...measured.map(each => each.accuracy)], .08);
  const {drawing, x, y, box} = plane({
    across: {domain: across, title: 'million multiply-adds', format: t => t.toLocaleString('en')},
    up: {domain: [Math.max(0, up[0]), Math.min(1, up[1])], title: 'validation accuracy', format: words.percentOn(up)},
    width, height, label: 'All trained networks: validation accuracy against multiply-adds',
  });
  const at = each => [x(each.macs / 1e6), y(each.validationAccuracy)];
  const last = sample.rungs - 1;
  const reached = rows.filter(each => each.rung === last);
  const unbeaten = nonDominated(reached);
  if (unbeaten.length) drawing.append(s('path', {class: 'front', d: `${steps(unbeaten.map(at))}H${box.right}`}));
  if (front.length) drawing.append(s('path', {class: 'front predicted', d: steps(front.map(each => [x(each.macs / 1e6), y(each.predicted)]))}),
    ...front.map(each => s('circle', {class: 'front-dot', r: 2.5, cx: x(each.macs / 1e6), cy: y(each.predicted)})));

  const ordered = [...rows].sort((a, b) => a.macs - b.macs);
  const points = ordered.map(each => {
    const [px, py] = at(each);
    const top = each.architecture === best?.architecture;
    return tipped(s('g', {class: 'point', transform: `translate(${px.toFixed(1)} ${py.toFixed(1)})`, role: 'img', 'data-best': top, 'data-short': each.rung < last, 'aria-label': `${each.architecture}: ${words.percent(each.validationAccuracy)}, ${words.millions(each.macs)} multiply-adds${top ? ', the best of the sample' : ''}`},
      s('circle', {r: 10, fill: 'transparent'}),
      top && s('circle', {class: 'ring', r: 8.5}),
      s('circle', {class: 'mark', r: rows.length > MANY ? 2.6 : 4.6})), () => details(each, last));
  });
  if (measured.length) {
    points.push(tipped(s('g', {class: 'point', transform: `translate(${x(winner.macs / 1e6).toFixed(1)} ${y(winner.accuracy).toFixed(1)})`, role: 'img', 'data-winner': true, 'aria-label': `The winner: ${words.percent(winner.accuracy)}, ${words.millions(winner.macs)} multiply-adds`},
      s('circle', {r: 12, fill: 'transparent'}), s('path', {class: 'mark', d: STAR})), () => [
      h('b', {}, 'The winner'), h('code', {}, winner.architecture), h('dl', {},
        h('dt', {}, 'Measured'), h('dd', {}, words.percent(winner.accuracy, 2)), h('dt', {}, 'Predicted'), h('dd', {}, words.percent(winner.predicted, 2)), h('dt', {}, 'Multiply-adds'), h('dd', {}, words.millions(winner.macs)))]));
  }
  drawing.append(...roving(drawing, points));
  return drawing;
}

/** Those that nothing beats in both accuracy and cost, cheapest first. */
function nonDominated(rows) {
  let most = -Infinity;
  return [...rows].sort((a, b) => a.macs - b.macs || b.validationAccuracy - a.validationAccuracy).filter(each => {
    if (each.validationAccuracy <= most) return false;
    most = each.validationAccuracy;
    return true;
  });
}

function details(each, last) {
  return [h('b', {}, words.percent(each.validationAccuracy, 2)), h('code', {}, each.architecture), h('dl', {},
    h('dt', {}, 'Multiply-adds'), h('dd', {}, words.millions(each.macs)),
    h('dt', {}, 'Parameters'), h('dd', {}, words.number(each.parameters)),
    last > 0 && [h('dt', {}, 'Trained to rung'), h('dd', {}, `${each.rung + 1} of ${last + 1}`)])];
}

/** What the marks mean. */
export function trainedKey({winner, front, rungs}) {
  const mark = (classes, ...inner) => s('svg', {class: `dot ${classes}`, viewBox: '-11 -11 22 22', 'aria-hidden': 'true'}, inner);
  const line = classes => s('svg', {viewBox: '0 0 22 12', 'aria-hidden': 'true'}, s('path', {class: classes, d: 'M2 9H10V3H20'}));
  return h('ul', {class: 'key'},
    h('li', {}, mark('point', s('circle', {class: 'mark', r: 5})), 'trained'),
    rungs > 1 && h('li', {}, h('span', {class: 'point', 'data-short': true}, mark('', s('circle', {class: 'mark', r: 5}))), 'stopped at an earlier rung'),
    h('li', {}, h('span', {class: 'point', 'data-best': true}, mark('', s('circle', {class: 'ring', r: 8.5}), s('circle', {class: 'mark', r: 4.6}))), 'best of the sample'),
    winner && h('li', {}, h('span', {class: 'point', 'data-winner': true}, mark('', s('path', {class: 'mark', d: STAR}))), 'winner'),
    h('li', {}, line('front'), 'best measured at its cost'),
    front && h('li', {}, line('front predicted'), 'best predicted at its cost'));
}
