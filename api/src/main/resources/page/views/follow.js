// Following an experiment by another one: a rerun from a stage on, or a fork in another direction.

import {h, put, panel} from '../dom.js';
import {get, post} from '../server.js';
import {refusal, scrolling} from '../parts.js';
import * as words from '../words.js';

const WHAT = {REUSED: 'reused', AWAITED: 'awaited', CHECKED: 'checked again', COMPUTED: 'computed'};

export async function show(stage, {query}) {
  const of = query.get('of') ?? '';
  const view = await get(`/api/experiments/${encodeURIComponent(of)}`);
  document.title = `Follow ${view.id} · Espalier`;
  const back = `#/experiments/${encodeURIComponent(view.id)}`;
  const from = h('select', {id: 'follow-from', name: 'from'},
    h('option', {value: ''}, 'Only what differs'),
    view.stages.map(each => h('option', {value: each.name}, `All from ${words.stage(each.name, view.method)} on`)));
  from.value = query.get('from') ?? '';
  const sets = h('textarea', {id: 'follow-sets', name: 'sets', spellcheck: 'false', placeholder: 'seed=1\nevaluation.epochs=24', 'aria-describedby': 'follow-hint'});
  const outcome = h('div', {id: 'plan', 'aria-live': 'polite'});
  const look = h('button', {class: 'primary', type: 'submit'}, 'See what it would do');
  let key = crypto.randomUUID();
  const form = h('form', {novalidate: true},
    h('p', {class: 'care'}, 'A new experiment, as ', h('a', {href: back}, view.id), ': every stage that is the same is reused.'),
    h('div', {class: 'fields'},
      h('div', {}, h('label', {for: 'follow-from'}, 'Compute anew'), from),
      h('div', {}, h('label', {for: 'follow-sets'}, 'What differs'), sets,
        h('p', {class: 'hint', id: 'follow-hint'}, 'One setting a line, ', h('code', {}, 'path=value'), '; ', h('code', {}, 'seed'), ' and ', h('code', {}, 'data'), ' too.'))),
    outcome,
    h('div', {class: 'actions'}, look, h('a', {class: 'button', href: back}, 'Back')));
  const request = () => ({
    from: from.value, launchedBy: 'the page',
    sets: Object.fromEntries(sets.value.split('\n').map(line => line.trim()).filter(Boolean).map(line => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    })),
  });
  const verb = () => (from.value ? 'rerun' : 'fork');
  const path = `/api/experiments/${encodeURIComponent(view.id)}`;
  form.addEventListener('input', () => put(outcome));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    look.disabled = true;
    const wish = request();
    const as = verb();
    try {
      const plan = await post(`${path}/${as}/plan`, wish);
      key = crypto.randomUUID();
      const launch = h('button', {type: 'button', class: 'primary', id: 'launch-plan', onclick: async () => {
        launch.disabled = true;
        try {
          const launched = await post(`${path}/${as}`, {...wish, plan: plan.token}, key);
          location.hash = `#/experiments/${encodeURIComponent(launched.id)}`;
        } catch (failure) {
          put(outcome, refusal(failure));
        }
      }}, 'Launch exactly this');
      const some = plan.stages.some(each => each.what === 'COMPUTED' || each.what === 'AWAITED');
      put(outcome, scrolling('What it would do', table(plan, view)),
        some
          ? [plan.seconds !== undefined && h('p', {class: 'hint'}, `About ${words.duration(plan.seconds)}, by what these stages took before.`), h('div', {class: 'actions'}, launch)]
          : h('p', {class: 'care'}, 'Nothing would be computed: every stage is there already. Change something, or choose a stage.'));
    } catch (failure) {
      put(outcome, refusal(failure));
    } finally {
      look.disabled = false;
    }
  });
  put(stage,
    h('div', {class: 'page-head'}, h('div', {}, h('h1', {}, 'Rerun or fork'), h('p', {}, `${words.method(view.method)} on ${view.data}, seed ${view.seed}.`))),
    h('div', {class: 'grid'}, panel('span-12 launch', 'What is to be done', 'Nothing is launched before you have seen the plan.', form)));
}

function table(plan, view) {
  return h('table', {id: 'plan-table'},
    h('thead', {}, h('tr', {}, ['Stage', 'What', 'About', 'Why'].map(each => h('th', {scope: 'col'}, each)))),
    h('tbody', {}, plan.stages.map(each => h('tr', {'data-what': each.what},
      h('td', {}, words.stage(each.name, view.method)),
      h('td', {}, WHAT[each.what] ?? each.what, each.by && [' from ', h('a', {href: `#/experiments/${encodeURIComponent(each.by)}`}, each.by)]),
      h('td', {class: 'num'}, each.seconds === undefined ? '' : words.duration(each.seconds)),
      h('td', {}, each.changes.map(change => h('div', {}, `${change.setting} `, h('span', {class: 'mono'}, words.shortened(change.before) || '(none)'), ' → ', h('span', {class: 'mono'}, words.shortened(change.after) || '(none)'))))))));
}
