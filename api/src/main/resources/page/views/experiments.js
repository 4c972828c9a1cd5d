// All experiments, newest first, live.

import {h, s, put} from '../dom.js';
import {get, follow} from '../server.js';
import {badge, meter} from '../parts.js';
import * as words from '../words.js';

export async function show(stage, {onState}) {
  document.title = 'Experiments · Espalier';
  const body = h('div');
  const launch = h('a', {class: 'button primary', href: '#/new'}, 'New experiment');
  const total = h('p', {class: 'soft'});
  put(stage,
    h('div', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'Experiments'), total),
      h('span', {class: 'grow'}),
      launch),
    body);
  const draw = list => {
    launch.hidden = !list.length; // the welcome has its own
    put(total, list.length ? summary(list) : '');
    put(body, list.length ? table(list) : welcome());
  };
  let list = await get('/api/experiments');
  draw(list);
  const clock = setInterval(() => list.some(each => each.started && !each.ended) && draw(list), 5000);
  const close = follow('/api/events', {experiments: news => draw(list = news)}, onState);
  return () => {
    clearInterval(clock);
    close();
  };
}

function summary(list) {
  const running = list.filter(each => each.state === 'RUNNING').length;
  const stuck = list.filter(each => each.state === 'NEEDS_ATTENTION').length;
  return [words.count(list.length, 'experiment'), running && `, ${running} running`, stuck && `, ${stuck} waiting for you`];
}

function table(list) {
  const heads = ['Experiment', 'State', 'Progress', 'Accuracy', 'Recoveries', 'Time', 'Launched'];
  return h('section', {class: 'panel flush', 'aria-label': 'Experiments'},
    h('table', {class: 'experiments'},
      h('thead', {}, h('tr', {}, heads.map((head, i) => h('th', {scope: 'col', class: i >= 3 && 'right'}, head)))),
      h('tbody', {}, list.map(row))));
}

function row(each) {
  const seconds = each.started ? words.since(each.started, each.ended) : null;
  return h('tr', {},
    h('td', {},
      h('a', {class: 'name', href: `#/experiments/${encodeURIComponent(each.id)}`}, `${words.method(each.method)} on ${each.data}`),
      h('div', {class: 'where'}, `${words.space(each.space)}, ${each.preset}, seed ${each.seed} · `, h('span', {class: 'mono'}, each.id))),
    h('td', {}, badge(each.state)),
    h('td', {}, meter(each.progress, each.state, `Progress of ${each.id}`), h('div', {class: 'where'}, doing(each))),
    h('td', {class: 'right num', 'data-label': 'Accuracy'}, words.percent(each.accuracy)),
    h('td', {class: 'right num', 'data-label': 'Recoveries'}, each.recoveries || '–'),
    h('td', {class: 'right num', 'data-label': 'Time'}, words.duration(seconds)),
    h('td', {class: 'right', 'data-label': 'Launched'}, h('time', {datetime: each.created, title: words.moment(each.created)}, words.ago(each.created))));
}

function doing(each) {
  if (each.state === 'COMPLETED') return 'done';
  if (each.state === 'NEEDS_ATTENTION') return `${words.stage(each.stage ?? '', each.method)} failed`;
  return each.stage ? words.stage(each.stage, each.method) : words.STATES[each.state]?.toLowerCase() ?? each.state;
}

function welcome() {
  return h('section', {class: 'panel welcome', id: 'welcome'},
    h('div', {},
      h('h2', {}, 'Let a network find its shape'),
      h('p', {}, 'An espalier is a tree brought to a shape by pruning. Here the tree is a network that holds every candidate at once; round by round the operators that matter least are cut, without training, until one cell is left. That cell is then trained for real, beside random ones. The other method trains a sample and evolves what a graph network learned from it.'),
      h('ol', {},
        h('li', {}, 'Start your first search below. It takes a minute or two on two cores.'),
        h('li', {}, 'Watch the pruning live. You may close this page, or the machine may die: the run goes on by itself.'),
        h('li', {}, 'Compare the digest at the end: the same specification gives the same bits.')),
      h('div', {class: 'actions'}, h('a', {class: 'button primary', href: '#/new'}, 'Start a first search')),
      h('p', {class: 'hint'}, 'Or from a terminal: ', h('code', {}, './espalier run te-nas'))),
    h('figure', {}, tree()));
}

/** A drawing for the empty page: four tiers tied to their wires, and the shoots that were cut. */
function tree() {
  const tiers = [[262, 150], [200, 126], [138, 100], [80, 72]];
  const branches = tiers.map(([y, reach], i) => s('path', {
    d: `M200 ${y} H${200 + reach} q16 0 16 -16 v-14 M200 ${y} H${200 - reach} q-16 0 -16 -16 v-14`, stroke: 'var(--leaf)', 'stroke-width': 4.4 - i * .5,
  }));
  const shoots = tiers.flatMap(([y, reach]) => [-.72, -.4, .34, .66].map((part, i) =>
    s('path', {d: `M${200 + part * reach} ${y - 4} v-${16 + (i * 7 + y) % 11}`, stroke: 'var(--cut)', 'stroke-width': 1.6, 'stroke-dasharray': '3 4', opacity: .75})));
  const wires = tiers.map(([y]) => s('path', {d: `M24 ${y} H376`, stroke: 'var(--line)', 'stroke-width': 1.2}));
  return s('svg', {viewBox: '0 0 400 316', role: 'img', 'aria-label': 'An espaliered tree, its superfluous shoots cut', fill: 'none', 'stroke-linecap': 'round'},
    wires, shoots, s('path', {d: 'M200 306V44', stroke: 'var(--leaf)', 'stroke-width': 5.5}), branches);
}
