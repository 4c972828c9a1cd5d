// Launching an experiment.

import {h, put, panel} from '../dom.js';
import {get, post} from '../server.js';
import {refusal} from '../parts.js';
import {moduleOf} from '../methods.js';

export async function show(stage) {
  document.title = 'New experiment · Espalier';
  const [methods, data] = await Promise.all([get('/api/methods'), get('/api/data')]);
  const modules = new Map(await Promise.all(methods.map(async method => [method.name, await moduleOf(method.name)])));
  const images = data.filter(each => each.kind === 'images');
  const outcome = h('div', {id: 'outcome', 'aria-live': 'polite'});
  const submit = h('button', {class: 'primary', type: 'submit'}, 'Launch');
  const about = h('p', {class: 'hint', id: 'about'});
  const presets = h('div', {class: 'choices', id: 'presets'});
  const sets = h('textarea', {id: 'sets', name: 'sets', spellcheck: 'false', 'aria-describedby': 'sets-hint'});
  const form = h('form', {novalidate: true},
    h('fieldset', {}, h('legend', {}, 'Method'),
      h('div', {class: 'choices'}, methods.map((method, i) =>
        h('label', {class: 'choice'}, h('input', {type: 'radio', name: 'method', value: method.name, checked: i === 0}), h('b', {}, method.title), h('span', {}, method.paper)))),
      about),
    h('fieldset', {}, h('legend', {}, 'Preset'), presets),
    h('div', {class: 'fields'},
      h('div', {}, h('label', {for: 'data'}, 'Data set'), dataField(images, methods),
        h('p', {class: 'hint'}, images.length
          ? 'Another one: type its name. What is not here yet is fetched, if the name is known.'
          : ['No images imported yet. The one named here is fetched first. Your own: ', h('code', {}, './espalier data import PATH --format folder --name NAME')])),
      h('div', {}, h('label', {for: 'seed'}, 'Seed'), h('input', {id: 'seed', name: 'seed', type: 'number', min: 0, step: 1, value: '0', required: true}),
        h('p', {class: 'hint'}, 'The same seed gives the same result, to the bit.'))),
    h('div', {}, h('label', {for: 'sets'}, 'Overrides'), sets,
      h('p', {class: 'hint', id: 'sets-hint'}, 'One setting a line, ', h('code', {}, 'path=value'), '; what can be set is beside this form.')),
    h('label', {class: 'check'}, h('input', {type: 'checkbox', name: 'fresh'}), 'Compute everything again, even what is already known'),
    outcome,
    h('div', {class: 'actions'}, submit, h('a', {class: 'button', href: '#/'}, 'Back')));
  const settings = panel('span-4', 'Settings', 'Of the preset, before overrides.', h('ul', {class: 'settings', id: 'settings'}));
  const chosen = () => methods.find(each => each.name === new FormData(form).get('method'));
  const choose = () => {
    const method = chosen();
    put(about, method.summary);
    put(presets, method.presets.map((preset, i) =>
      h('label', {class: 'choice'}, h('input', {type: 'radio', name: 'preset', value: preset.name, checked: i === 0}), h('b', {}, preset.name), h('span', {}, modules.get(method.name).presets[preset.name] ?? ''))));
    sets.placeholder = modules.get(method.name).overrides;
    describe();
  };
  const describe = () => {
    const preset = chosen().presets.find(each => each.name === new FormData(form).get('preset'));
    put(settings.lastChild, paths(preset.specification).map(([path, value]) => h('li', {}, h('span', {}, path), h('b', {}, value))));
  };
  form.addEventListener('change', event => (event.target.name === 'method' ? choose() : describe()));
  choose();
  form.addEventListener('submit', async event => {
    event.preventDefault();
    submit.disabled = true;
    put(outcome);
    try {
      const experiment = await post('/api/experiments', request(new FormData(form)));
      location.hash = `#/experiments/${encodeURIComponent(experiment.id)}`;
    } catch (failure) {
      put(outcome, refusal(failure));
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

function dataField(images, methods) {
  const known = [...new Set([...images.map(each => each.name), ...methods.flatMap(method => method.presets.map(preset => preset.specification.data))])];
  return [
    h('input', {id: 'data', name: 'data', type: 'text', list: 'known-data', value: images[0]?.name ?? methods[0].presets[0].specification.data, required: true, autocomplete: 'off', spellcheck: 'false'}),
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

function request(form) {
  const sets = {};
  const bad = [];
  for (const line of form.get('sets').split('\n').map(each => each.trim()).filter(Boolean)) {
    const at = line.indexOf('=');
    if (at < 1) bad.push(`“${line}” is no override: write path=value, for example search.repeats=5.`);
    else sets[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  const seed = form.get('seed').trim();
  if (!/^\d+$/.test(seed)) bad.push(`The seed is “${seed}”: give a whole number from 0 on.`);
  if (!form.get('data').trim()) bad.push('The data set has no name: choose one of the list, or type a name.');
  if (bad.length) throw Object.assign(new Error(bad.join('\n')), {problems: bad});
  return {
    specification: {method: form.get('method'), preset: form.get('preset'), data: form.get('data').trim(), seed: Number(seed)},
    sets, fresh: form.get('fresh') !== null, launchedBy: 'the page',
  };
}
