// A meta-database: its tasks with their accuracies, the encoder of the images, and what was made.

import {h, put, panel} from '../dom.js';
import {room} from '../parts.js';
import {curves} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: 8 small networks on each of 6 tasks of 4 classes.',
  published: 'The sizes of the paper: 5,000 tasks of 20 classes. Weeks of trainings.',
};

/** Settings that one may want to change. */
export const overrides = 'search.tasks=8\nsearch.architectures=12';

export function findings() {
  const tasks = panel('span-7', 'Tasks', 'Every architecture is trained on its task: a point each.', h('div'));
  const encoder = panel('span-5', 'The encoder', 'Validation accuracy of the classifier on its features.', h('div'));
  const made = panel('span-5', 'What was made', 'In the catalogue of data, by these names.', h('div'));
  const spread = panel('span-7', 'Distribution', 'How many evaluations lie in each tenth of the accuracy.', h('div'));
  const parts = [
    [tasks, (view, plots) => plots.shown, drawTasks],
    [encoder, (view, plots) => plots.encoder, drawEncoder],
    [spread, (view, plots) => plots.result, drawSpread],
    [made, (view, plots) => plots.result, drawMade],
  ];
  return {
    panels: parts.map(([part]) => part),
    draw(view, plots, once) {
      for (const [part, state, drawPart] of parts) once(part, [state(view, plots)], () => drawPart(part.lastChild, view, plots));
    },
    redraw(view, plots) {
      for (const [part, , drawPart] of parts) drawPart(part.lastChild, view, plots);
    },
    tiles,
    inWords: text => text,
  };
}

const empty = text => h('p', {class: 'empty'}, text);

function tiles(view, {tasks, planned, evaluated, result}) {
  const databases = result?.databases;
  return [
    ['Tasks', tasks.toLocaleString('en'), `${view.specification.search.classes} classes each`],
    ['Evaluated', evaluated.toLocaleString('en'), result?.failed ? `${result.failed} failed` : `of ${planned.toLocaleString('en')}`],
    databases && ['Mean accuracy', words.percent(databases.mean), `± ${(100 * databases.deviation).toFixed(1)} points`],
    databases && ['The best', words.percent(databases.best.accuracy), databases.best.name],
    result && ['Features', result.features.width.toLocaleString('en'), `numbers of each of ${result.features.images.toLocaleString('en')} images`],
  ].filter(Boolean);
}

function drawTasks(body, view, {shown, tasks}) {
  if (!shown.some(task => task.accuracies.length)) {
    put(body, empty(`${words.count(tasks, 'task')} will be drawn, and the architectures of each trained.`));
    return;
  }
  put(body, h('table', {class: 'plain'},
    h('thead', {}, h('tr', {}, ['Task', 'For', 'Classes', 'Done', 'Worst', 'Mean', 'Best'].map((name, i) => h('th', {scope: 'col', class: i > 2 ? 'right' : ''}, name)))),
    h('tbody', {}, shown.map(task => {
      const known = task.accuracies;
      const mean = known.length ? known.reduce((sum, each) => sum + each, 0) / known.length : null;
      return h('tr', {}, h('th', {scope: 'row'}, task.name), h('td', {}, task.split), h('td', {}, task.classes.join(', ')),
        h('td', {class: 'right num'}, `${known.length} of ${task.planned}`),
        [known.length ? Math.min(...known) : null, mean, task.best].map(value => h('td', {class: 'right num'}, value === null ? '' : words.percent(value, 1))));
    }))),
  shown.length < tasks && h('p', {class: 'hint'}, `${shown.length.toLocaleString('en')} of ${tasks.toLocaleString('en')} tasks are shown.`));
}

function drawEncoder(body, view, {encoder}) {
  put(body, encoder.length > 1
    ? curves([{role: 'found', points: encoder}], {title: 'Validation accuracy', across: 'epoch', format: value => words.percent(value, 0), floor: 0, width: room(5), height: 270})
    : empty(view.specification.features.encoder === 'trained' ? 'The encoder\'s curve is drawn here, epoch by epoch.' : 'The features were imported: no encoder is trained.'));
}

function drawSpread(body, view, {result}) {
  put(body, result
    ? curves([{role: 'found', points: result.databases.histogram.map((count, i) => [10 * i + 5, count])}], {title: 'Evaluations by accuracy', across: 'accuracy (%)', format: value => value.toFixed(0), floor: 0, width: room(7), height: 270})
    : empty('With all evaluations it is drawn here how their accuracies are spread.'));
}

function drawMade(body, view, {result}) {
  if (!result) {
    put(body, empty('The databases of generator and predictor, and the features of the images.'));
    return;
  }
  const {generator, predictor} = result.databases;
  const rows = [['Generator', generator.name, generator.count], ['Predictor', predictor.name, predictor.count], ['Features', result.features.name, result.features.images]];
  put(body, h('table', {class: 'plain'},
    h('thead', {}, h('tr', {}, ['Of the', 'Name', 'Rows'].map((name, i) => h('th', {scope: 'col', class: i > 1 ? 'right' : ''}, name)))),
    h('tbody', {}, rows.map(([what, name, count]) => h('tr', {}, h('th', {scope: 'row'}, what), h('td', {}, h('code', {}, name)), h('td', {class: 'right num'}, count.toLocaleString('en')))))),
  h('p', {class: 'hint'}, {trained: `Features by an encoder trained on the data (${result.encoder.network}).`, weights: `Features by the imported weights ${result.encoder.network}.`}[result.encoder.source] ?? 'The features were imported.'));
}
