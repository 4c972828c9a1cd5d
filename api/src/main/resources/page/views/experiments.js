// All experiments, newest first, live.

import {h, s, put} from '../dom.js';
import {get, follow} from '../server.js';
import {badge, meter} from '../parts.js';
import * as words from '../words.js';

export async function show(stage, {onState}) {
  document.title = 'Experiments · Espalier';
  const body = h('div');
  const total = h('p', {class: 'soft'});
  put(stage,
    h('div', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'Experiments'), total),
      h('span', {class: 'grow'}),
      h('a', {class: 'button primary', href: '#/new'}, 'New experiment')),
    body);
  const draw = list => {
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
  if (each.state === 'NEEDS_ATTENTION') return `${words.stage(each.stage ?? '')} failed`;
  return each.stage ? words.stage(each.stage) : words.STATES[each.state]?.toLowerCase() ?? each.state;
}

function welcome() {
  return h('section', {class: 'panel welcome', id: 'welcome'},
    h('div', {},
      h('h2', {}, 'Let a network find its shape'),
      h('p', {}, 'An espalier is a tree brought to a shape by pruning. Here the tree is a network that holds every candidate at once; round by round the operators that matter least are cut, without training, until one cell is left. That cell is then trained for real, beside random ones.'),
      h('ol', {},
        h('li', {}, 'Start your first search below. With the quick preset it takes a few minutes on two cores.'),
        h('li', {}, 'Watch the pruning live. You may close this page, or the machine may die: the run goes on by itself.'),
        h('li', {}, 'Compare the digest at the end: the same specification gives the same bits.')),
      h('div', {class: 'actions'}, h('a', {class: 'button primary', href: '#/new'}, 'Start a first search')),
      h('p', {class: 'hint'}, 'Or from a terminal: ', h('code', {}, './espalier run te-nas'))),
    h('figure', {}, tree()));
}

/** A drawing for the empty page: branches, some of them cut. */
function tree() {
  const tiers = [250, 185, 120, 60];
  const branches = tiers.flatMap((y, i) => [-1, 1].map(side => {
    const reach = 150 - i * 26;
    const cut = (i + (side > 0 ? 1 : 0)) % 3 === 1;
    return s('path', {
      d: `M200 ${y} H${200 + side * reach * (cut ? .55 : 1)} ${cut ? '' : `q${side * 18} 0 ${side * 18} -18 v-12`}`,
      'stroke-dasharray': cut ? '3 7' : null, stroke: cut ? 'var(--line-strong)' : 'var(--leaf)', 'stroke-width': cut ? 2 : 4 - i * .4,
    });
  }));
  return s('svg', {viewBox: '0 0 400 310', role: 'img', 'aria-label': 'An espaliered tree, some branches cut', fill: 'none', 'stroke-linecap': 'round'},
    s('path', {d: 'M200 300V34', stroke: 'var(--leaf)', 'stroke-width': 5}), branches);
}
