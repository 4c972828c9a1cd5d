// Launching an experiment, from nothing or from another one.

import {h, put, panel} from '../dom.js';
import {get, post} from '../server.js';
import {refusal} from '../parts.js';
import {moduleOf} from '../methods.js';
import {seedsOf} from './seeds.js';
import * as words from '../words.js';

/** More than these a person starts from a terminal. */
const MOST_SEEDS = 100;

export async function show(stage, {query}) {
  document.title = 'New experiment · Espalier';
  const [methods, data] = await Promise.all([get('/api/methods'), get('/api/data')]);
  const modules = new Map(await Promise.all(methods.map(async method => [method.name, await moduleOf(method.name)])));
  const images = data.filter(each => each.kind === 'images');
  const from = await origin(query, methods);
  const outcome = h('div', {id: 'outcome', 'aria-live': 'polite'});
  const submit = h('button', {class: 'primary', type: 'submit'}, 'Launch');
  const about = h('p', {class: 'hint', id: 'about'});
  const presets = h('div', {class: 'choices', id: 'presets'});
  const sets = h('textarea', {id: 'sets', name: 'sets', spellcheck: 'false', 'aria-describedby': 'sets-hint'});
  const space = h('select', {id: 'space', name: 'space'});
  const spaceHint = h('p', {class: 'hint', id: 'space-hint'});
  const architecture = h('textarea', {id: 'architecture', name: 'architecture', class: 'low', spellcheck: 'false', 'aria-describedby': 'architecture-hint'});
  const architectureHint = h('p', {class: 'hint', id: 'architecture-hint'});
  const architectureField = h('div', {hidden: true}, h('label', {for: 'architecture'}, 'Architecture'), architecture, architectureHint);
  const begun = from.method ?? methods[0].name;
  const form = h('form', {novalidate: true},
    from.note && h('p', {class: 'care', id: 'from'}, from.note),
    h('fieldset', {}, h('legend', {}, 'Method'),
      h('div', {class: 'choices'}, methods.map(method =>
        h('label', {class: 'choice'}, h('input', {type: 'radio', name: 'method', value: method.name, checked: method.name === begun}), h('b', {}, method.title), h('span', {}, method.paper)))),
      about),
    h('fieldset', {}, h('legend', {}, 'Preset'), presets),
    h('div', {class: 'fields'},
      h('div', {}, h('label', {for: 'space'}, 'Search space'), space, spaceHint),
      h('div', {}, h('label', {for: 'data'}, 'Data set'), dataField(images, methods, from),
        h('p', {class: 'hint'}, images.length
          ? 'Another one: type its name. What is not here yet is fetched, if the name is known.'
          : ['No images imported yet. The one named here is fetched first. Your own: ', h('code', {}, './espalier data import PATH --format folder --name NAME')])),
      h('div', {}, h('label', {for: 'seed'}, 'Seeds'), h('input', {id: 'seed', name: 'seed', type: 'text', inputmode: 'numeric', value: from.seed ?? '0', required: true, autocomplete: 'off', 'aria-describedby': 'seed-hint'}),
        h('p', {class: 'hint', id: 'seed-hint'}, 'One, or several: ', h('code', {}, '0-4'), ', ', h('code', {}, '1, 7'), '. Each is an experiment of its own; the same seed gives the same result, to the bit.'))),
    architectureField,
    h('div', {}, h('label', {for: 'sets'}, 'Overrides'), sets,
      h('p', {class: 'hint', id: 'sets-hint'}, 'One setting a line, ', h('code', {}, 'path=value'), '; what can be set is beside this form.')),
    h('label', {class: 'check'}, h('input', {type: 'checkbox', name: 'fresh', checked: from.fresh}), 'Compute everything again, even what is already known'),
    outcome,
    h('div', {class: 'actions'}, submit, h('a', {class: 'button', href: from.back ?? '#/'}, 'Back')));
  const settings = panel('span-4', 'Settings', 'Of the preset, before overrides.', h('ul', {class: 'settings', id: 'settings'}));
  const chosen = () => methods.find(each => each.name === new FormData(form).get('method'));
  const takesArchitecture = () => words.ofOneArchitecture().includes(chosen().name);
  const choose = () => {
    const method = chosen();
    const mine = method.name === from.method ? from : {};
    put(about, method.summary);
    put(presets, method.presets.map((preset, i) =>
      h('label', {class: 'choice'}, h('input', {type: 'radio', name: 'preset', value: preset.name, checked: mine.preset ? preset.name === mine.preset : i === 0}), h('b', {}, preset.name), h('span', {}, modules.get(method.name).presets[preset.name] ?? ''))));
    sets.placeholder = modules.get(method.name).overrides;
    const spaces = words.spacesOf(method.name);
    const open = takesArchitecture(); // whose notation tells its space
    put(space, open && h('option', {value: ''}, 'That of the architecture'), spaces.map(each => h('option', {value: each.name}, each.title)));
    space.value = mine.space ?? (open ? '' : method.presets[0].specification.space);
    space.disabled = spaces.length === 1 && !open;
    architectureField.hidden = !open;
    describe();
  };
  const describe = () => {
    const preset = chosen().presets.find(each => each.name === new FormData(form).get('preset'));
    put(settings.lastChild, paths(preset.specification).map(([path, value]) => h('li', {}, h('span', {}, path), h('b', {}, value))));
    const shown = words.spacesOf(chosen().name).find(each => each.name === space.value);
    put(spaceHint, shown ? `${count(shown.size)} architectures.` : 'The notation tells which one it is.');
    put(architectureHint, 'For example ', h('code', {}, (shown ?? words.spacesOf(chosen().name)[0]).example));
  };
  form.addEventListener('change', event => (event.target.name === 'method' ? choose() : describe()));
  choose();
  if (from.architecture) architecture.value = from.architecture;
  if (from.sets) sets.value = from.sets;
  const keys = new Map(); // of what was sent before: sent again, it launches nothing twice
  form.addEventListener('submit', async event => {
    event.preventDefault();
    submit.disabled = true;
    put(outcome);
    const launched = [];
    try {
      const requests = requestsOf(new FormData(form), takesArchitecture());
      for (const request of requests) {
        const text = JSON.stringify(request);
        if (!keys.has(text)) keys.set(text, crypto.randomUUID());
        if (requests.length > 1) put(outcome, h('p', {class: 'hint'}, `Launching ${launched.length + 1} of ${requests.length}…`));
        launched.push(await post('/api/experiments', request, keys.get(text)));
      }
      keys.clear();
      location.hash = launched.length === 1 ? `#/experiments/${encodeURIComponent(launched[0].id)}` : '#/';
    } catch (failure) {
      put(outcome, launched.length > 0 && h('p', {class: 'care'}, `${words.count(launched.length, 'experiment')} of them launched: pressing Launch again adds only what is missing.`), refusal(failure));
      outcome.scrollIntoView({block: 'nearest'});
    } finally {
      submit.disabled = false;
    }
  });
  put(stage,
    h('div', {class: 'page-head'}, h('div', {}, h('h1', {}, 'New experiment'), h('p', {}, 'It runs on this machine, and survives whatever happens to it.'))),
    h('div', {class: 'grid'},
      h('section', {class: 'panel launch span-8', 'aria-label': 'New experiment'}, form),
      settings));
}

/**
 * What another experiment gives: all of it where it is to be run again, its architecture and the network around it where
 * that is to be trained by a method that takes one.
 */
async function origin(query, methods) {
  const again = query.get('again');
  const of = query.get('of');
  if (!again && !of) return {method: methods.find(each => each.name === query.get('method'))?.name};
  const view = await get(`/api/experiments/${encodeURIComponent(again ?? of)}`);
  const back = `#/experiments/${encodeURIComponent(view.id)}`;
  if (of) {
    const network = view.specification.network ? paths({network: view.specification.network}).map(([path, value]) => `${path}=${value}`).join('\n') : '';
    return {method: query.get('method'), space: view.space, data: view.data, architecture: view.result?.architecture, sets: network, back, note: ['The architecture that ', h('a', {href: back}, view.id), ' found.']};
  }
  const preset = methods.find(each => each.name === view.method)?.presets.find(each => each.name === view.preset);
  const usual = new Map(preset ? paths(preset.specification) : []);
  const changed = paths(view.specification).filter(([path, value]) => usual.get(path) !== value);
  return {
    method: view.method, preset: view.preset, space: view.space, data: view.data, seed: String(view.seed), architecture: view.specification.architecture, back,
    sets: changed.map(([path, value]) => `${path}=${value}`).join('\n'),
    note: ['As ', h('a', {href: back}, view.id), ': what is known already is not computed again. Another seed makes another run.'],
  };
}

/** A whole number; of those too large to be exact, the first digits. */
function count(number) {
  return Number.isSafeInteger(number) ? number.toLocaleString('en') : `About ${number.toPrecision(3).replace('e+', ' × 10^')}`;
}

function dataField(images, methods, from) {
  const known = [...new Set([...images.map(each => each.name), ...methods.flatMap(method => method.presets.map(preset => preset.specification.data))])];
  return [
    h('input', {id: 'data', name: 'data', type: 'text', list: 'known-data', value: from.data ?? images[0]?.name ?? methods[0].presets[0].specification.data, required: true, autocomplete: 'off', spellcheck: 'false'}),
    h('datalist', {id: 'known-data'}, known.map(name => h('option', {value: name}))),
  ];
}

/** All settings in groups, such as search and evaluation, by their dotted paths. */
function paths(node, prefix = '') {
  return Object.entries(node).flatMap(([key, value]) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return paths(value, `${prefix}${key}.`);
    return prefix ? [[prefix + key, typeof value === 'string' ? value || '“”' : JSON.stringify(value)]] : [];
  });
}

/** One launch for each seed. */
function requestsOf(form, takesArchitecture) {
  const sets = {};
  const bad = [];
  for (const line of form.get('sets').split('\n').map(each => each.trim()).filter(Boolean)) {
    const at = line.indexOf('=');
    if (at < 1) bad.push(`“${line}” is no override: write path=value, for example search.repeats=5.`);
    else sets[line.slice(0, at).trim()] = line.slice(at + 1).trim().replace(/^“”$/, '');
  }
  const seeds = seedsOf(form.get('seed'), MOST_SEEDS, bad);
  if (!form.get('data').trim()) bad.push('The data set has no name: choose one of the list, or type a name.');
  const architecture = form.get('architecture').trim();
  if (takesArchitecture && !architecture) bad.push('Which architecture is to be trained? Write it in its notation, or press “Train this” on an experiment that has found one.');
  if (bad.length) throw Object.assign(new Error(bad.join('\n')), {problems: bad});
  return seeds.map(seed => ({
    specification: {
      method: form.get('method'), preset: form.get('preset'), data: form.get('data').trim(), seed,
      ...(form.get('space') ? {space: form.get('space')} : {}),
      ...(takesArchitecture ? {architecture} : {}),
    },
    sets, fresh: form.get('fresh') !== null, launchedBy: 'the page',
  }));
}
