// MetaD2A's meta-training: what is learned from, and how both models learn.

import {h, put, panel} from '../dom.js';
import {room} from '../parts.js';
import {curves, curveKey} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: narrow models, 150 epochs of the generator and 60 of the predictor.',
  published: 'As in the paper: 400 epochs, batches of 32 rows, 20 images of each class. Hours to days on a CPU.',
};

/** Settings that one may want to change. */
export const overrides = 'search.seeds=3\npredictor.epochs=200';

const MODELS = [['generator', 'The generator'], ['predictor', 'The predictor']];

export function findings() {
  const tasks = panel('span-12', 'Tasks', 'What is learned from.', h('div'));
  const fits = MODELS.flatMap(([name, title]) => [
    [panel('span-6', `${title}: loss`, 'Of the steps of each epoch.', h('div')), name, 'loss'],
    [panel('span-6', `${title}: validation`, name === 'generator' ? 'The loss of the validation rows: the epoch with the least is kept.' : "Pearson's correlation on the validation rows: the epoch with the highest is kept.", h('div')), name, 'validation'],
  ]);
  const unseen = panel('span-12', 'Unseen tasks', 'How far the predictor\'s first is below the best of those that were trained on the task.', h('div'));
  const drawn = (view, plots, once) => {
    once(tasks, [plots.tasks, plots.result], () => drawTasks(tasks.lastChild, plots));
    once(unseen, [plots.result?.heldOut], () => drawUnseen(unseen.lastChild, plots));
    for (const [part, name, what] of fits) once(part, [plots[name]], () => drawFit(part.lastChild, plots[name], what, what === 'validation' ? sign(name) : 1));
  };
  return {
    panels: [tasks, ...fits.map(([part]) => part), unseen],
    draw: drawn,
    redraw: (view, plots) => drawn(view, plots, (part, state, draw) => draw()),
    tiles,
    inWords: text => text,
  };
}

const empty = text => h('p', {class: 'empty'}, text);
const figure = value => value.toFixed(Math.abs(value) < 10 ? 3 : 1).replace('-', '−');

/** What is chosen by a loss has it as a negative number in results and series: people read the loss. */
const NEGATIVE = ' (negative)';
const sign = name => name === 'generator' ? -1 : 1;
const signOf = metric => metric.endsWith(NEGATIVE) ? -1 : 1;
const metric = text => text.replace(NEGATIVE, '');

function tiles(view, plots) {
  const {tasks} = plots;
  return [
    ...MODELS.map(([name]) => {
      const result = plots[name].result;
      const kept = result?.runs[result.best];
      return kept && [name === 'generator' ? 'Generator' : 'Predictor', figure(signOf(result.metric) * kept.value), `${metric(result.metric)}, epoch ${kept.bestEpoch}`];
    }),
    tasks && ['Tasks', tasks.tasks.toLocaleString('en'), words.count(tasks.predictorRows, 'row')],
    tasks && ['Features', tasks.width.toLocaleString('en'), 'numbers an image'],
  ].filter(Boolean);
}

function drawTasks(body, {tasks, result}) {
  put(body, tasks
    ? h('p', {class: 'hint'}, `${words.count(tasks.tasks, 'task')}, ${tasks.collection}: ${words.count(tasks.generatorRows, 'row')} for the generator, ${tasks.predictorRows.toLocaleString('en')} for the predictor. Features by ${words.shortened(tasks.encoder)}.`)
    : empty('The meta-databases and the features of the images are looked up first.'),
  result && h('p', {class: 'hint'}, 'Both models stand in the catalogue: ', h('code', {}, 'espalier model list'), '. They are used by ', h('code', {}, 'espalier run metad2a'), '.'));
}

function drawFit(body, fit, what, by) {
  const kept = fit.result?.runs[fit.result.best].seed;
  const series = fit.trainings.filter(each => each[what].length > 1)
    .map(each => ({points: each[what].map(([x, y]) => [x, by * y]), ...(kept === undefined || each.seed === kept ? {role: 'found'} : {})}));
  const keys = fit.trainings.length > 1 ? [['', 'other seeds'], ['found', kept === undefined ? 'training' : 'kept']] : [];
  put(body, series.length
    ? [keys.length > 0 && curveKey(keys), curves(series, {title: what === 'loss' ? 'Loss by epoch' : 'Validation by epoch', across: 'epoch', format: figure, width: room(6), height: 250})]
    : empty(fit.result && what === 'validation'
      ? 'No rows were kept for validation: the epoch with the least training loss is kept.'
      : `${words.count(fit.epochs, 'epoch')}: each becomes a point here.`));
}

function drawUnseen(body, {result}) {
  const right = text => h('td', {class: 'right num'}, text);
  put(body, result?.heldOut.length
    ? h('table', {class: 'plain'},
      h('thead', {}, h('tr', {}, [['Task', ''], ['Nearest task', ''], ['Architectures', 'right'], ["Kendall's tau", 'right'], ['Regret', 'right'], ['Of a random one', 'right'], ['Of the transferred', 'right']].map(([name, side]) => h('th', {scope: 'col', class: side}, name)))),
      h('tbody', {}, result.heldOut.map(each => h('tr', {}, h('td', {}, each.task), h('td', {}, each.nearest), right(each.architectures), right(each.kendall === null ? '–' : each.kendall.toFixed(3)), right(words.percent(each.regret, 2)), right(words.percent(each.ofRandom, 2)), right(words.percent(each.ofTransfer, 2))))))
    : empty(result ? 'No task was kept for tests.' : 'Both models are judged on the tasks that were kept for tests.'));
}
