// Evolution guided by a predictor: the trained sample, the predictor, the searches, and the winner.

import {h, put, panel} from '../dom.js';
import {copyButton, room} from '../parts.js';
import {trained, trainedKey} from '../charts/trained.js';
import {agreement} from '../charts/agreement.js';
import {bySize, byKind, qualityTable, interval} from '../charts/quality.js';
import {curves, curveKey} from '../charts/curves.js';
import {networks, finals, difference} from '../charts/finals.js';
import {layers} from '../charts/layers.js';
import {tradeOffs, tradeOffTable} from '../charts/tradeoffs.js';
import * as words from '../words.js';

const mean = values => (values.length ? values.reduce((a, b) => a + b, 0) / values.length : null);
const known = (trainings, role, name) => trainings.filter(each => each.role === role && each[name] !== null).map(each => each[name]);
const half = span => (innerWidth > 700 ? Math.floor((room(span) - 23) / 2) : room(span));
const empty = text => h('p', {class: 'empty'}, text);

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: 24 networks on 1,000 images for 3 epochs.',
  published: 'The published setting: 300 networks on CIFAR-100 for 60 epochs. Days on a CPU.',
};

/** Settings that one may want to change. */
export const overrides = 'budget.macs=12e6\nsample.architectures=60';

export function findings() {
  const sample = panel('span-7', 'All trained networks', 'Accuracy against cost.', h('div'));
  const learning = panel('span-5', 'Learning', null, h('div'));
  const ranking = panel('span-7', 'How well the predictor ranks', 'Held-out architectures, over random splits.', h('div'));
  const held = panel('span-5', 'Predicted and measured', 'Architectures held out in the first split.', h('div'));
  const fitness = fitnessPanel();
  const compared = panel('span-5', 'Strategies', 'At the same budget.', h('div'));
  const choice = panel('span-12', 'Trade-offs', 'What the search scored that nothing beats in all objectives. The most accurate is the winner.', h('div'));
  const drawing = panel('span-12', 'The winner', null, h('div'));
  const beside = panel('span-12', 'Beside random networks', 'Of equal cost, trained the same way, on the same images.', h('div'));
  const parts = [
    [sample, (view, plots) => [plots.sample, plots.front, plots.winner, plots.trainings.map(each => each.validationAccuracy)], drawSample],
    [learning, (view, plots) => [plots.sample.curves, plots.trainings], drawLearning],
    [ranking, (view, plots) => plots.predictor, drawRanking],
    [held, (view, plots) => plots.predictor?.heldOut, drawHeldOut],
    [fitness.panel, (view, plots) => plots.searches, fitness.draw],
    [compared, (view, plots) => plots.searches, drawCompared],
    [choice, (view, plots) => plots.front, drawTradeOffs],
    [drawing, (view, plots) => [plots.winner, plots.trainings.map(each => each.weights)], drawWinner],
    [beside, (view, plots) => [plots.trainings, plots.difference, view.state], drawFinals],
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

/** The guiding predictor's quality, fitted to as much as there was. */
const guiding = predictor => predictor?.quality.filter(each => each.kind === predictor.kind).sort((a, b) => b.rows - a.rows)[0];

/** The costs among the objectives. */
const costs = view => view.specification.search.objectives.filter(each => each !== 'accuracy');

/** What is predicted under successive halving: not the accuracy of a whole training. */
const afterFirstRung = ({rungs, epochs}) => rungs > 1 ? ` after ${words.count(epochs[0], 'epoch')}` : '';

const atMost = (limit, text) => limit > 0 ? `at most ${text(limit)}` : 'no limit';

function tiles(view, {sample, predictor, winner, trainings, difference: apart}) {
  const mine = mean(known(trainings, 'found', 'testAccuracy'));
  const others = mean(known(trainings, 'random', 'testAccuracy'));
  const tau = guiding(predictor);
  return [
    mine !== null && ['Test accuracy', words.percent(mine), others === null ? 'of the winner' : `random, equal cost ${words.percent(others)}`],
    apart && ['Difference in points', words.signed(apart.mean), `95 %: ${words.signed(apart.low, 1)} to ${words.signed(apart.high, 1)}`],
    winner && ['Predicted', words.percent(winner.predicted), winner.warning ? 'an extrapolation' : `validation accuracy${afterFirstRung(sample)}`],
    winner && ['Multiply-adds', words.millions(winner.macs), `${words.number(winner.parameters)} parameters`],
    winner?.latency != null && ['Latency', words.milliseconds(winner.latency), atMost(view.specification.budget.latency, words.milliseconds)],
    tau && ["Kendall's tau", tau.tau.toFixed(3), interval(tau)],
    sample.evaluated > 0 && ['Trained', sample.evaluated.toLocaleString('en'), sample.failed ? `${sample.failed} failed` : view.stages.some(each => each.name === 'evaluate' && words.DONE.includes(each.state)) ? 'to learn from' : `of ${sample.planned.toLocaleString('en')} to learn from`],
  ].filter(Boolean);
}

function drawSample(body, view, {sample, winner, front, trainings}) {
  if (!sample.architectures.length) {
    put(body, empty(`${sample.planned.toLocaleString('en')} random architectures within the budget are trained for real. Each becomes a point here.`));
    return;
  }
  // Comparable with what is drawn: a whole training's accuracy, against multiply-adds.
  const predicted = sample.rungs === 1 && costs(view).every(each => each === 'macs') ? front : [];
  const measured = winner && {...winner, accuracy: mean(known(trainings, 'found', 'validationAccuracy'))};
  put(body, trainedKey({winner: measured?.accuracy != null, front: predicted.length > 0, rungs: sample.rungs}), trained(sample, measured, predicted, room(7)),
    sample.rungs > 1 && h('p', {class: 'hint', id: 'halving'}, `Successive halving: trained for ${sample.epochs.slice(0, -1).join(', ')} and, the best, ${words.count(sample.epochs.at(-1), 'epoch')}. The predictor learned the accuracy after ${words.count(sample.epochs[0], 'epoch')}, which all reached.`),
    sample.architectures.length < sample.evaluated && h('p', {class: 'hint'}, `${sample.architectures.length.toLocaleString('en')} of ${sample.evaluated.toLocaleString('en')} are drawn.`));
}

function drawLearning(body, view, {sample, trainings}) {
  const series = name => [
    ...sample.curves.filter(each => each[name].length > 1).map(each => ({points: each[name], tone: trainings.length ? 'faint' : ''})),
    ...trainings.filter(each => each[name].length > 1).map(each => ({role: each.role, points: each[name]})),
  ];
  const loss = series('loss');
  const validation = series('validation');
  if (!loss.length && !validation.length) {
    put(body, empty(view.specification.evaluation.epochs === 1 ? 'Trainings of one epoch have no curve.' : 'Every training draws its curve here, epoch by epoch.'));
    return;
  }
  const tones = [[trainings.length ? 'faint' : '', 'the sample'], trainings.length > 0 && ['', 'random, equal cost'], trainings.length > 0 && ['found', 'the winner']].filter(Boolean);
  put(body, curveKey(tones), h('div', {class: 'stack'},
    validation.length > 0 && h('div', {}, h('h3', {}, 'Validation accuracy'), curves(validation, {title: 'Validation accuracy', across: 'epoch', format: value => words.percent(value, 0), floor: 0, width: room(5), height: 190})),
    loss.length > 0 && h('div', {}, h('h3', {}, 'Training loss'), curves(loss, {title: 'Training loss', across: 'epoch', format: value => value.toFixed(1), floor: 0, width: room(5), height: 190}))));
}

function drawRanking(body, view, {predictor}) {
  if (!predictor) {
    put(body, empty('When the sample is trained, predictors are fitted to parts of it and asked for the rest: tau tells how well they put architectures in order.'));
    return;
  }
  if (!predictor.quality.length) {
    put(body, empty(`${words.predictor(predictor.kind)} was fitted to ${predictor.rows} architectures: too few to hold some out and to measure how well it ranks.`));
    return;
  }
  const own = predictor.quality.filter(each => each.kind === predictor.kind);
  const most = Math.max(...predictor.quality.map(each => each.rows));
  put(body, h('div', {class: 'two-up'},
    h('div', {}, h('h3', {}, `Predictors, fitted to ${most}`), byKind(predictor.quality.filter(each => each.rows === most), predictor.kind, half(7))),
    h('div', {}, h('h3', {}, `${words.predictor(predictor.kind)} by training size`), bySize(own, half(7)))),
  h('p', {class: 'hint'}, `Means over ${words.count(own.at(-1)?.splits ?? 0, 'random split')}; bars are their 95 % confidence.`),
  h('details', {}, h('summary', {}, 'As a table'), qualityTable(predictor.quality)));
}

function drawHeldOut(body, view, {predictor}) {
  const tau = guiding(predictor);
  put(body, predictor?.heldOut.length
    ? [h('p', {class: 'hint'}, `${words.predictor(predictor.kind)}, tau ${tau ? tau.tau.toFixed(3) : '–'} over all splits. The line is where both are equal.`), agreement(predictor.heldOut, room(5))]
    : empty('Predicted accuracy is drawn against the measured one, for architectures that the predictor has not seen.'));
}

/** Best and mean prediction by generation, of the strategy that is chosen here. */
function fitnessPanel() {
  let shown = null;
  const part = panel('span-7', 'Fitness by generation', 'Predicted validation accuracy: best so far and mean.', h('div'));
  const draw = (body, view, {searches}) => {
    if (!searches.length) {
      put(body, empty('Architectures are evolved on the predictions, generation by generation; random, local and regularised search get the same budget.'));
      return;
    }
    const search = searches.find(each => each.strategy === shown) ?? searches[0];
    const buttons = searches.map(each => h('button', {type: 'button', class: 'tiny', 'aria-pressed': String(each === search), 'data-strategy': each.strategy, onclick: () => {
      shown = each.strategy;
      draw(body, view, {searches});
      body.querySelector(`[data-strategy="${CSS.escape(shown)}"]`).focus();
    }}, words.strategy(each.strategy)));
    const of = name => search.history.map(each => [each.generation, each[name]]);
    put(body, h('div', {class: 'actions', role: 'group', 'aria-label': 'Strategy'}, buttons), curveKey([['found', 'best'], ['', 'mean']]),
      curves([{role: 'mean', points: of('mean')}, {role: 'found', points: of('best')}], {title: `Best and mean fitness by generation, ${words.strategy(search.strategy)}`, across: 'generation', format: value => words.percent(value, 1), width: room(7), height: 270}));
  };
  return {panel: part, draw};
}

const TONES = ['found', 'second', 'third', 'fourth'];

function drawCompared(body, view, {searches}) {
  if (!searches.length) {
    put(body, empty('The best prediction of every strategy, by how many architectures it has scored.'));
    return;
  }
  const best = [...searches].sort((a, b) => b.predicted - a.predicted);
  put(body, curveKey(searches.map((each, i) => [TONES[i % 4], words.strategy(each.strategy)])),
    curves(searches.map((each, i) => ({tone: TONES[i % 4], points: each.history.map(point => [point.evaluations, point.best])})).reverse(), {title: 'Best prediction by architectures scored', across: 'architectures scored', format: value => words.percent(value, 1), width: room(5), height: 230}),
    h('table', {class: 'plain'}, h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Strategy'), h('th', {scope: 'col', class: 'right'}, 'Best predicted'), h('th', {scope: 'col', class: 'right'}, 'Multiply-adds'))),
      h('tbody', {}, best.map(each => h('tr', {}, h('td', {}, words.strategy(each.strategy)), h('td', {class: 'right num'}, words.percent(each.predicted, 2)), h('td', {class: 'right num'}, words.millions(each.macs)))))));
}

function drawTradeOffs(body, view, {front}) {
  const several = costs(view);
  body.parentElement.hidden = several.length === 0;
  if (several.length === 0) return;
  put(body, front.length
    ? [tradeOffs(front, several, room(12)), h('details', {}, h('summary', {}, 'As a table'), tradeOffTable(front, several))]
    : empty('With several objectives there is no single best architecture: those that nothing beats in all of them are drawn here.'));
}

function drawWinner(body, view, {winner, trainings}) {
  if (!winner) {
    put(body, empty('The architecture with the best prediction within the budget is drawn here.'));
    return;
  }
  const weights = trainings.find(each => each.role === 'found' && each.weights)?.weights;
  const drawings = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(winner.architecture)}`;
  put(body,
    winner.warning && h('p', {class: 'care', role: 'note', id: 'extrapolation'}, h('b', {}, 'Extrapolation: '), `${winner.warning}.`),
    layers(winner.architecture, room(12)),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, winner.architecture)),
    h('p', {class: 'actions'}, copyButton(winner.architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawings, download: `${view.id}.svg`}, 'SVG'),
      weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${weights}`, download: true}, 'Trained weights')));
}

function drawFinals(body, view, {trainings, difference: apart}) {
  const all = networks(trainings);
  if (!all.some(each => each.tests.length)) {
    put(body, empty('The winner is trained for real, and random networks of equal cost with it, with several seeds: only then one knows whether the search was worth it.'));
    return;
  }
  const stage = view.stages.find(each => each.name === 'train-final');
  const missing = words.DONE.includes(stage?.state) ? 'diverged' : stage?.state === 'RUNNING' ? 'training…' : '–';
  put(body, h('div', {class: 'beside'}, finals(all, innerWidth > 980 ? Math.round(room(12) * .62) : room(12), missing),
    apart && h('div', {id: 'difference'}, h('h3', {}, "The winner's mean less that of the random networks"),
      h('p', {class: 'figure'}, words.points(apart.mean)),
      difference(apart, innerWidth > 980 ? Math.round(room(12) * .34) : room(12)),
      h('p', {class: 'hint'}, `With 95 % confidence ${words.signed(apart.low)} to ${words.signed(apart.high)} points: ${verdict(apart)}`))));
}

function verdict({low, high}) {
  if (low > 0) return 'the winner is better.';
  if (high < 0) return 'the winner is worse.';
  return 'that does not tell them apart.';
}
