// Random search: all that was drawn, the best of it, and what was to be expected.

import {h, put, panel} from '../dom.js';
import {copyButton, room} from '../parts.js';
import {trained, trainedKey} from '../charts/trained.js';
import {curves, curveKey} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: 8 small networks, 1,000 images, 3 epochs.',
  published: 'The network and short schedule of NAS-Bench-201: 100 cells, 12 epochs on all images. Days on a CPU.',
};

/** Settings that one may want to change. */
export const overrides = 'search.architectures=20\nevaluation.epochs=5';

export function findings() {
  const sample = panel('span-7', 'All that was evaluated', 'Accuracy against cost.', h('div'));
  const learning = panel('span-5', 'Learning', 'Validation accuracy, epoch by epoch.', h('div'));
  const best = panel('span-5', 'The best', 'By accuracy on the validation images.', h('div'));
  const expected = panel('span-7', 'Expected best', 'What the best of so many random architectures comes to, in the mean.', h('div'));
  const parts = [
    [sample, (view, plots) => plots.sample, drawSample],
    [learning, (view, plots) => plots.sample.curves, drawLearning],
    [best, (view, plots) => [plots.sample.best?.architecture, plots.result?.weights], drawBest],
    [expected, (view, plots) => plots.result, drawExpected],
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

function tiles(view, {sample, result}) {
  const all = result?.expected.at(-1);
  return [
    result?.accuracy && ['Test accuracy', words.percent(result.accuracy.test), `of the best of ${result.evaluated.toLocaleString('en')}`],
    sample.best && ['Validation accuracy', words.percent(sample.best.validationAccuracy), result ? 'which chose the best' : 'the best so far'],
    all && ['Expected best', words.percent(all.validation), `validation, of ${words.count(all.architectures, 'draw')}`],
    result && ['Mean', words.percent(result.mean), result.deviation === null ? 'of one' : `± ${(100 * result.deviation).toFixed(1)} points`],
    sample.evaluated > 0 && ['Evaluated', sample.evaluated.toLocaleString('en'), sample.failed ? `${sample.failed} failed` : `of ${sample.planned.toLocaleString('en')}`],
  ].filter(Boolean);
}

function drawSample(body, view, {sample}) {
  put(body, sample.architectures.length
    ? [trainedKey({winner: false, front: false, rungs: sample.rungs}), trained(sample, null, [], room(7)),
      sample.architectures.length < sample.evaluated && h('p', {class: 'hint'}, `${sample.architectures.length.toLocaleString('en')} of ${sample.evaluated.toLocaleString('en')} are drawn.`)]
    : empty(`${words.count(sample.planned, 'random architecture')} will be evaluated. Each becomes a point here.`));
}

function drawLearning(body, view, {sample}) {
  const series = sample.curves.filter(each => each.validation.length > 1).map(each => ({points: each.validation, tone: each.architecture === sample.best?.architecture ? 'found' : ''}));
  put(body, series.length
    ? [curveKey([['', 'all'], ['found', 'the best']]), curves(series, {title: 'Validation accuracy', across: 'epoch', format: value => words.percent(value, 0), floor: 0, width: room(5), height: 270})]
    : empty(view.specification.evaluation.table ? 'Accuracies are looked up: nothing is trained.' : 'Every training draws its curve here, epoch by epoch.'));
}

function drawBest(body, view, {sample, result}) {
  const architecture = result?.architecture ?? sample.best?.architecture;
  if (!architecture) {
    put(body, empty('The best architecture so far is drawn here.'));
    return;
  }
  const drawing = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(architecture)}`;
  put(body, h('img', {class: 'drawn', src: drawing, alt: `Drawing of ${architecture}`}),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, architecture)),
    h('p', {class: 'actions'}, copyButton(architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawing, download: `${view.id}.svg`}, 'SVG'),
      result?.weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${result.weights}`, download: true}, 'Trained weights')));
}

function drawExpected(body, view, {result}) {
  if (!result || result.expected.length < 2) {
    put(body, empty('With all evaluations it is drawn here how good the best of 1, 2, 5 ... random architectures is in the mean: what another method has to beat.'));
    return;
  }
  const of = name => result.expected.filter(each => each[name] !== null).map(each => [each.architectures, each[name]]);
  const series = [{role: 'found', points: of('validation')}, ...(of('test').length > 1 ? [{tone: 'second', points: of('test')}] : [])];
  put(body, curveKey([['found', 'validation'], ['second', 'test']].slice(0, series.length)),
    curves(series, {title: 'Expected best by architectures drawn', across: 'architectures drawn', format: value => words.percent(value, 0), width: room(7), height: 270}),
    h('details', {}, h('summary', {}, 'As a table'), h('table', {class: 'plain'},
      h('thead', {}, h('tr', {}, ['Drawn', 'Validation', 'Test'].map(name => h('th', {scope: 'col', class: 'right'}, name)))),
      h('tbody', {}, result.expected.map(each => h('tr', {}, h('td', {class: 'right num'}, each.architectures), h('td', {class: 'right num'}, words.percent(each.validation, 2)), h('td', {class: 'right num'}, words.percent(each.test, 2))))))));
}
