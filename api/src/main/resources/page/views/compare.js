// Experiments side by side: what they found, which settings differ, their curves over one another.

import {h, put, panel} from '../dom.js';
import {get} from '../server.js';
import {badge, room, scrolling} from '../parts.js';
import {curves, curveKey} from '../charts/curves.js';
import * as words from '../words.js';

const TONES = ['found', 'second', 'third', 'fourth'];
const OFFERED = 200;

export async function show(stage, {query}) {
  const ids = [...new Set(query.getAll('experiment'))];
  document.title = 'Compare · Espalier';
  const comparison = ids.length > 1 ? await get(`/api/comparison?${address(ids)}`) : undefined;
  const others = (await get(`/api/experiments?limit=${OFFERED}`)).filter(each => !ids.includes(each.id));
  put(stage,
    h('div', {class: 'page-head'}, h('div', {}, h('h1', {}, 'Compare'), h('p', {}, comparison ? `${words.count(ids.length, 'experiment')} side by side.` : 'Choose what to put side by side.'))),
    h('div', {class: 'grid'},
      panel('span-12', 'Experiments', null, h('div', {class: 'stack'}, results(ids, comparison), chooser(ids, others))),
      comparison && panel('span-7', 'Settings that differ', null, settings(comparison)),
      comparison && panel('span-5', 'How what they found was trained', null, learning(comparison)),
      comparison && panel('span-12', 'What they found', null, found(comparison))));
}

const address = ids => ids.map(id => `experiment=${encodeURIComponent(id)}`).join('&');
const link = id => h('a', {href: `#/experiments/${encodeURIComponent(id)}`}, id);
const go = ids => { location.hash = `#/compare?${address(ids)}`; };

function results(ids, comparison) {
  if (!comparison) return h('p', {}, ids.length ? link(ids[0]) : 'None yet.');
  return [
    scrolling('What each found', h('table', {id: 'compared'},
      h('thead', {}, h('tr', {}, ['Experiment', 'State', 'Method', 'Data', 'Seed', 'Validation', 'Test', 'Parameters', 'Time', 'Digest', ''].map(each => h('th', {scope: 'col'}, each)))),
      h('tbody', {}, comparison.experiments.map(each => h('tr', {},
        h('th', {scope: 'row'}, link(each.id)),
        h('td', {}, badge(each.state)),
        h('td', {}, words.method(each.method)),
        h('td', {}, each.data),
        h('td', {class: 'num'}, each.seed),
        h('td', {class: 'num'}, words.percent(each.validation, 2)),
        h('td', {class: 'num'}, words.percent(each.test, 2)),
        h('td', {class: 'num'}, (each.parameters ?? '–').toLocaleString('en')),
        h('td', {class: 'num'}, words.duration(each.seconds)),
        h('td', {class: 'mono'}, each.digest?.slice(0, 12) ?? ''),
        h('td', {}, h('button', {type: 'button', class: 'tiny', 'aria-label': `Take ${each.id} out`, onclick: () => go(ids.filter(id => id !== each.id))}, 'Take out'))))))),
    comparison.seeds.map(each => h('p', {}, `Test accuracy over ${words.count(each.experiments.length, 'seed')} (${each.experiments.join(', ')}): ${words.percent(each.mean, 2)}, 95 % ${words.percent(each.low, 2)} to ${words.percent(each.high, 2)}.`))];
}

function chooser(ids, others) {
  if (!others.length) return h('p', {class: 'hint'}, 'There is no other experiment.');
  const select = h('select', {id: 'compare-with'}, others.map(each => h('option', {value: each.id}, `${each.id}: ${words.method(each.method)} on ${each.data}, seed ${each.seed}`)));
  return h('form', {onsubmit: event => { event.preventDefault(); go([...ids, select.value]); }},
    h('label', {for: 'compare-with'}, 'With another'), select,
    h('div', {class: 'actions'}, h('button', {type: 'submit', class: 'primary'}, 'Compare')));
}

function settings({settings: differing, experiments}) {
  if (!differing.length) return h('p', {}, 'None: their settings are the same.');
  return scrolling('Settings that differ', h('table', {id: 'differing'},
    h('thead', {}, h('tr', {}, ['Setting', 'Value', 'Experiments'].map(each => h('th', {scope: 'col'}, each)))),
    h('tbody', {}, differing.flatMap(({setting, values}) => values.map((each, i) => h('tr', {},
      i === 0 && h('th', {scope: 'rowgroup', rowspan: values.length, class: 'mono'}, setting),
      h('td', {class: 'mono'}, words.shortened(each.value ?? '(not set)')),
      h('td', {}, each.experiments.length === experiments.length ? 'all' : each.experiments.join(', '))))))));
}

function learning({experiments}) {
  const trained = experiments.map((each, i) => ({...each, tone: TONES[i] ?? 'faint'})).filter(each => each.curve);
  const plots = ['validation', 'loss'].map(what => {
    const series = trained.filter(each => each.curve[what].length > 1).map(each => ({points: each.curve[what], tone: each.tone}));
    const title = what === 'loss' ? 'Training loss' : 'Validation accuracy';
    return series.length > 0 && h('div', {}, h('h3', {}, title),
      curves(series.reverse(), {title, across: 'epoch', format: what === 'loss' ? value => value.toFixed(1) : value => words.percent(value, 0), floor: 0, width: room(5), height: 190}));
  });
  return plots.some(Boolean)
    ? [curveKey(trained.map(each => [each.tone, each.id])), h('div', {class: 'stack'}, plots)]
    : h('p', {class: 'hint'}, 'Nothing of theirs was trained for more than an epoch.');
}

/** Each architecture once, with those that found it. */
function found({experiments}) {
  const by = new Map();
  for (const each of experiments.filter(one => one.architecture)) {
    const key = `${each.space} ${each.architecture}`;
    by.set(key, [...(by.get(key) ?? []), each]);
  }
  if (!by.size) return h('p', {class: 'hint'}, 'Nothing yet.');
  return h('div', {class: 'grid'}, [...by.values()].map(group => h('figure', {class: 'span-6'},
    h('img', {class: 'genotype', src: `/api/spaces/${encodeURIComponent(group[0].space)}/drawing?architecture=${encodeURIComponent(group[0].architecture)}`, alt: group[0].architecture}),
    h('figcaption', {}, h('span', {class: 'mono'}, words.shortened(group[0].architecture)), h('br'), group.flatMap((each, i) => [i > 0 && ', ', link(each.id)])))));
}
