// The list of experiments, live: searched, filtered, sorted and cut into parts by the server.

import {h, s, put, mark} from '../dom.js';
import {getPart, post} from '../server.js';
import {follow} from '../live.js';
import {badge, meter, refusal} from '../parts.js';
import * as words from '../words.js';

const PART = 50;
/** While one types. */
const PAUSE = 200;
const FILTERS = ['RUNNING', 'NEEDS_ATTENTION', 'QUEUED', 'PAUSED', 'COMPLETED', 'CANCELLED'];
const COLUMNS = [
  {head: 'Experiment', sort: 'method'}, {head: 'State', sort: 'state'}, {head: 'Progress'}, {head: 'Accuracy', sort: 'accuracy', first: '-', right: true},
  {head: 'Recoveries', sort: 'recoveries', first: '-', right: true}, {head: 'Time', sort: 'seconds', first: '-', right: true}, {head: 'Launched', sort: 'created', first: '-', right: true},
];

/** What the address says of the list; the address keeps it, so that the way back leads to the same part. */
function wanted(query) {
  const sort = query.get('sort') ?? '';
  return {q: query.get('q') ?? '', state: query.get('state') ?? '', sort: COLUMNS.some(each => each.sort === sort.replace(/^-/, '')) ? sort : '-created', from: Math.max(0, Number.parseInt(query.get('from') ?? '0', 10) || 0)};
}

const kept = ({q, state, sort, from}) => new URLSearchParams(Object.entries({q, state, sort: sort === '-created' ? '' : sort, from: from || ''}).filter(([, value]) => value));

export async function show(stage, {query, onState}) {
  document.title = 'Experiments · Espalier';
  const wish = wanted(query);
  const launch = h('a', {class: 'button primary', href: '#/new'}, 'New experiment');
  const total = h('p', {class: 'soft', id: 'total'});
  const search = h('input', {type: 'search', id: 'search', value: wish.q, placeholder: 'Search: te-nas darts seed 3', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'Search experiments'});
  const filters = h('div', {class: 'filters', role: 'group', 'aria-label': 'State'});
  const sorts = COLUMNS.filter(each => each.sort).flatMap(({head, sort, first = ''}) => [[first + sort, head], [first ? sort : `-${sort}`, `${head}, the other way round`]]);
  const order = h('select', {id: 'order', 'aria-label': 'Sort by', onchange: event => again({sort: event.target.value, from: 0})}, sorts.map(([value, label]) => h('option', {value}, label)));
  const tools = h('div', {class: 'tools', role: 'search'}, search, order, filters);
  const outcomes = h('div', {id: 'retried', 'aria-live': 'polite'});
  const retry = h('button', {type: 'button', id: 'retry-failed', hidden: true, onclick: () => retryFailed(retry, outcomes)});
  const body = h('div', {id: 'list'});
  const foot = h('nav', {class: 'parts', 'aria-label': 'Parts of the list'});
  const said = h('p', {class: 'visually-hidden', role: 'status'});
  put(stage,
    h('div', {class: 'page-head'},
      h('div', {}, h('h1', {}, 'Experiments'), total),
      h('span', {class: 'grow'}),
      retry, launch),
    outcomes, tools, body, foot, said);

  let part = {list: [], total: 0, states: {}};
  let asked = 0;
  let drawn = '';
  const load = async () => {
    const mine = ++asked;
    const parameters = new URLSearchParams({limit: PART, offset: wish.from, sort: wish.sort});
    if (wish.q.trim()) parameters.set('q', wish.q);
    if (wish.state) parameters.set('state', wish.state);
    const news = await getPart(`/api/experiments?${parameters}`);
    if (mine !== asked) return;
    part = news;
    if (!part.list.length && part.total && wish.from) {
      wish.from = Math.floor((part.total - 1) / PART) * PART;
      await load();
      return;
    }
    draw();
  };
  const again = async change => {
    Object.assign(wish, change);
    const parameters = kept(wish).toString();
    history.replaceState(null, '', `#/${parameters ? `?${parameters}` : ''}`);
    await load();
    said.textContent = `${words.count(part.total, 'experiment')} found`;
  };
  const draw = () => {
    const all = Object.values(part.states).reduce((a, b) => a + b, 0);
    const nothing = !all && !wish.q.trim();
    tools.hidden = launch.hidden = nothing; // the welcome has its own
    order.value = wish.sort;
    put(total, nothing ? '' : summary(part, wish, all));
    const waiting = part.states.NEEDS_ATTENTION ?? 0;
    retry.hidden = !waiting || Boolean(wish.q.trim()); // of a search the others are not counted
    put(retry, waiting === 1 ? 'Retry the one that needs you' : `Retry the ${waiting.toLocaleString('en')} that need you`);
    drawFilters(all);
    if (nothing) {
      put(body, welcome());
      put(foot);
      return;
    }
    const now = JSON.stringify([part.list.map(each => ({...each, seconds: null})), wish.sort, Math.floor(Date.now() / 5000)]);
    if (now !== drawn) put(body, part.list.length ? table(part.list, wish, again) : none(again));
    drawn = now;
    drawFoot();
  };
  const drawFilters = all => put(filters, [['', 'All', all], ...FILTERS.filter(state => part.states[state] || state === wish.state).map(state => [state, words.STATES[state], part.states[state] ?? 0])]
    .map(([state, label, count]) => h('button', {type: 'button', class: 'tiny', id: `state-${state || 'ALL'}`, 'aria-pressed': String(state === wish.state), onclick: () => again({state, from: 0})}, label, ' ', h('span', {class: 'num faint'}, count.toLocaleString('en')))));
  const drawFoot = () => {
    const last = Math.min(part.total, wish.from + part.list.length);
    const to = (label, id, from, possible) => h('button', {type: 'button', class: 'tiny', id, disabled: !possible, onclick: () => again({from}).then(() => scrollTo(0, 0))}, label);
    foot.hidden = part.total <= PART;
    put(foot, h('span', {class: 'soft num'}, `${(wish.from + 1).toLocaleString('en')}–${last.toLocaleString('en')} of ${part.total.toLocaleString('en')}`), h('span', {class: 'grow'}),
      to('First', 'part-first', 0, wish.from > 0), to('Previous', 'part-previous', Math.max(0, wish.from - PART), wish.from > 0),
      to('Next', 'part-next', wish.from + PART, last < part.total), to('Last', 'part-last', Math.floor((part.total - 1) / PART) * PART, last < part.total));
  };
  let typing;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => again({q: search.value, from: 0}), PAUSE);
  });
  await load();
  const clock = setInterval(() => document.visibilityState === 'visible' && part.list.some(each => each.started && !each.ended) && draw(), 5000);
  const close = follow({list: true}, {experiments: () => load().catch(() => {})}, onState);
  return () => {
    clearInterval(clock);
    clearTimeout(typing);
    close();
  };
}

/** Each by itself; what came of each is shown. */
async function retryFailed(button, outcomes) {
  button.disabled = true;
  try {
    const list = await post('/api/experiments/retry', {});
    put(outcomes, h('section', {class: 'attention calm'}, h('h2', {}, words.count(list.length, 'experiment')),
      h('ul', {}, list.map(each => h('li', {'data-what': each.what}, h('span', {class: 'mono'}, each.id), `: ${each.words}`)))));
  } catch (failure) {
    put(outcomes, refusal(failure));
  } finally {
    button.disabled = false;
  }
}

function summary({total, states}, wish, all) {
  if (wish.q.trim() || wish.state) return `${words.count(total, 'experiment')} found`;
  const parts = [words.count(all, 'experiment')];
  if (states.RUNNING) parts.push(`${states.RUNNING.toLocaleString('en')} running`);
  if (states.NEEDS_ATTENTION) parts.push(`${states.NEEDS_ATTENTION.toLocaleString('en')} waiting for you`);
  return parts.join(', ');
}

function none(again) {
  return h('section', {class: 'panel'}, h('p', {class: 'empty'}, 'No experiment is like that. ',
    h('button', {type: 'button', class: 'tiny', onclick: () => {
      document.getElementById('search').value = '';
      again({q: '', state: '', from: 0});
    }}, 'Show all')));
}

function table(list, wish, again) {
  return h('section', {class: 'panel flush', 'aria-label': 'Experiments'},
    h('table', {class: 'experiments'},
      h('thead', {}, h('tr', {}, COLUMNS.map(each => heading(each, wish, again)))),
      h('tbody', {}, list.map(row))));
}

/** A heading sorts by its column, and turns the order when it is pressed again. */
function heading({head, sort, first = '', right}, wish, again) {
  const here = sort && wish.sort.replace(/^-/, '') === sort;
  const down = wish.sort.startsWith('-');
  const cell = h('th', {scope: 'col', class: right && 'right'}, sort
    ? h('button', {type: 'button', class: 'sort', id: `sort-${sort}`, onclick: () => again({sort: here ? (down ? sort : `-${sort}`) : first + sort, from: 0})}, head, h('span', {'aria-hidden': 'true', class: 'arrow'}, here ? (down ? '↓' : '↑') : ''))
    : head);
  mark(cell, 'aria-sort', here && (down ? 'descending' : 'ascending'));
  return cell;
}

function row(each) {
  const seconds = each.started ? words.since(each.started, each.ended) : null;
  return h('tr', {},
    h('td', {},
      h('a', {class: 'name', href: `#/experiments/${encodeURIComponent(each.id)}`}, `${words.method(each.method)} on ${each.data}`),
      h('div', {class: 'where'}, `${words.space(each.space)}, ${each.preset}, seed ${each.seed} · `, h('span', {class: 'mono'}, each.id)),
      words.called(each.labels) && h('div', {class: 'where labels'}, words.called(each.labels))),
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
