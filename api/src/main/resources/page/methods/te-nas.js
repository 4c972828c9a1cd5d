// TE-NAS: the supernet being pruned, and the found cell beside random ones.

import {h, put, panel} from '../dom.js';
import {copyButton, room} from '../parts.js';
import {supernet, foundCell, operatorKey} from '../charts/supernet.js';
import {matrix} from '../charts/matrix.js';
import {scatter, candidateTable, scatterKey} from '../charts/scatter.js';
import {accuracies} from '../charts/accuracy.js';
import {curves} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  recommended: 'About a minute on two cores: 64 images of 8×8, which a study found best, a short training.',
  quick: 'A minute or two on two cores: batch 32, images at 16×16, a short training.',
  published: "The paper's setting: batch 72, 32×32 images. Hours on a CPU.",
};

/** Settings that one may want to change. */
export const overrides = 'search.repeats=5\nevaluation.epochs=12';

export function findings() {
  const rounds = roundsPanels();
  const training = trainingPanels();
  return {
    panels: [rounds.panels, training.panels],
    draw(view, plots, once) {
      once(rounds.panels[0], plots.rounds.concat(plots.current ?? []), () => rounds.draw(view, plots));
      once(training.panels[0], [plots.trainings, view.state], () => training.draw(view, plots));
    },
    redraw(view, plots) {
      rounds.draw(view, plots);
      training.draw(view, plots);
    },
    tiles,
    inWords,
  };
}

const EDGES = ['1 ← 0', '2 ← 0', '2 ← 1', '3 ← 0', '3 ← 1', '3 ← 2'];

/** Operators and edges as this page writes them: "4:skip_connect" is skip on 3 ← 1. */
const inWords = text => text.replaceAll(/\b([0-5]):(none|skip_connect|nor_conv_1x1|nor_conv_3x3|avg_pool_3x3)\b/g, (_, edge, operator) => `${words.operator(operator)} on ${EDGES[edge]}`);

function tiles(view, plots) {
  const found = plots.found;
  const others = plots.trainings.filter(each => each.role !== 'found' && each.testAccuracy !== null).map(each => each.testAccuracy);
  const mean = others.length ? others.reduce((a, b) => a + b) / others.length : null;
  const mine = plots.trainings.find(each => each.role === 'found');
  const last = plots.rounds.at(-1);
  return [
    mine?.testAccuracy != null && ['Test accuracy', words.percent(mine.testAccuracy), mean === null ? 'trained on the data for real' : `random cells ${words.percent(mean)}`],
    found?.table?.length && ['In the table', words.percent(found.table[0].accuracy), found.table[0].column],
    found?.parameters && ['Parameters', words.number(found.parameters), `${words.number(found.macs)} multiply-adds`],
    (found?.condition ?? last?.condition) != null && ['NTK condition', words.number(found?.condition ?? last.condition), found?.condition != null ? 'of the found cell, lower is better' : `of the supernet before round ${last.round + 1}`],
    (found?.regions ?? last?.regions) != null && ['Linear regions', words.number(found?.regions ?? last.regions), found?.regions != null ? 'of the found cell, more is better' : `of the supernet before round ${last.round + 1}`],
  ].filter(Boolean);
}

/** The supernet with its slider, and the scatter of the same round. */
function roundsPanels() {
  let at = null; // null follows the newest round
  let net = null;
  let drawn = '';
  const body = h('div');
  const slider = h('input', {type: 'range', min: 0, step: 1, value: 0, id: 'round', 'aria-label': 'Round'});
  const output = h('output', {for: 'round'});
  const play = h('button', {type: 'button', class: 'tiny'}, 'Play');
  const controls = h('div', {class: 'rounds', hidden: true}, play, slider, output);
  const dots = h('div');
  const net_ = panel('span-7', 'The supernet', 'Each strand is an operator that could be the one.', body, controls);
  const plot = panel('span-5', 'Candidates', 'On each edge, the one furthest right and down is cut.', dots);
  let state = {plots: null, view: null};

  const steps = () => state.plots.rounds.length;
  const step = () => {
    const {plots} = state;
    const k = Math.min(at ?? steps(), steps());
    const gone = new Map(plots.rounds.slice(0, k).flatMap(round => round.candidates.filter(each => each.removed).map(each => [`${each.edge}/${each.operator}`, round.round])));
    const active = k === 0 ? plots.start : plots.rounds[k - 1].after;
    const cut = k === 0 || (k === steps() && finished(plots)) ? [] : plots.rounds[k - 1].candidates.filter(each => each.removed);
    net.step(active, cut, gone);
    slider.max = steps();
    slider.value = k;
    output.textContent = k === 0 ? 'Before the first cut' : `After round ${k} of ${Math.max(plots.totalRounds, steps())}`;
    candidates(k);
  };
  const candidates = k => {
    const {plots, view} = state;
    const round = k === 0 ? plots.rounds[0] : plots.rounds[k - 1];
    const live = plots.current && (at === null || k === steps()) ? plots.current : null;
    const waiting = live && h('p', {class: 'hint'}, `Round ${live.round + 1}: ${live.done} of ${live.total} measurements are in.`);
    if (!round) {
      put(dots, waiting ?? h('p', {class: 'empty'}, words.DONE.includes(view.state) ? 'No round was recorded.' : 'The first round is being measured: each candidate is taken out, and the network without it is scored three times.'));
      return;
    }
    put(dots, scatterKey(plots.operators), scatter(round.candidates, plots.edges, room(5)), waiting,
      h('details', {}, h('summary', {}, `Round ${round.round + 1} as a table`), candidateTable(round.candidates, plots.edges)),
      traces(plots));
  };
  slider.addEventListener('input', () => {
    at = Number(slider.value) === steps() ? null : Number(slider.value);
    step();
  });
  let timer = null;
  play.addEventListener('click', () => {
    clearInterval(timer);
    at = 0;
    step();
    timer = setInterval(() => {
      if (!play.isConnected || at === null) {
        clearInterval(timer);
        return;
      }
      at = at + 1 >= steps() ? null : at + 1;
      step();
    }, 1300);
  });

  return {
    panels: [net_, plot],
    draw(view, plots) {
      state = {view, plots};
      if (!plots.edges.length) {
        put(body, h('p', {class: 'empty'}, 'The supernet is drawn here as soon as pruning begins.'));
        put(dots, h('p', {class: 'empty'}, 'Each candidate becomes a point here, once its round is measured.'));
        return;
      }
      const shape = JSON.stringify([plots.edges, plots.operators, room(7)]);
      if (shape !== drawn) {
        drawn = shape;
        net = (twoCells(plots.edges) ? matrix : supernet)(plots.edges, plots.operators, room(7));
        put(body, operatorKey(plots.operators), net.drawing, net.chips);
      }
      controls.hidden = !plots.rounds.length;
      step();
    },
  };
}

/** The two indicators of the supernet itself, before each round. */
function traces(plots) {
  const of = name => plots.rounds.filter(each => each[name] !== null).map(each => [each.round + 1, each[name]]);
  const drawn = [['NTK condition', of('condition')], ['Linear regions', of('regions')]].filter(([, points]) => points.length > 1);
  if (!drawn.length) return null;
  const width = Math.floor((room(5) - 23) / 2);
  return h('div', {class: 'two-up tight'}, drawn.map(([title, points]) => h('div', {}, h('h3', {}, `${title} of the supernet`),
    curves([{role: 'found', points}], {title, across: 'before round', format: words.number, width, height: 150}))));
}

/** Whether the edges belong to several types of cells, as those of DARTS do. */
const twoCells = edges => edges.some(each => each.cell);

const finished = plots => plots.rounds.length > 0 && plots.rounds.at(-1).after.every(each => each.length <= 1) && (plots.found !== null || !twoCells(plots.edges));

/** The found cell, accuracies, and learning curves. */
function trainingPanels() {
  const cell = panel('span-5', 'The found cell', null, h('div'));
  const dots = panel('span-7', 'Beside random cells', 'Trained the same way, on the same images.', h('div'));
  const lines = panel('span-12', 'Learning', 'Green: the found cell. Grey: random cells.', h('div'));
  return {
    panels: [cell, dots, lines],
    draw(view, plots) {
      put(cell.lastChild, found(view, plots));
      const measured = plots.trainings.filter(each => each.testAccuracy !== null || each.validationAccuracy !== null);
      put(dots.lastChild, measured.length ? accuracies(plots.trainings, room(7), unfinished(view))
        : h('p', {class: 'empty'}, 'When pruning is done, the found cell is trained for real, and random cells with it: only then one knows whether the search was worth it.'));
      const half = innerWidth > 700 ? Math.round((room(12) - 23) / 2) : room(12);
      const loss = series(plots, 'loss');
      const validation = series(plots, 'validation');
      lines.hidden = !loss.length && !validation.length;
      put(lines.lastChild, h('div', {class: 'two-up'},
        loss.length > 0 && h('div', {}, h('h3', {}, 'Training loss'), curves(loss, {title: 'Training loss', across: 'epoch', format: value => value.toFixed(1), floor: 0, width: half})),
        validation.length > 0 && h('div', {}, h('h3', {}, 'Validation accuracy'), curves(validation, {title: 'Validation accuracy', across: 'epoch', format: value => words.percent(value, 0), floor: 0, width: half}))));
    },
  };
}

/** What a training without an accuracy is doing. */
function unfinished(view) {
  const evaluate = view.stages.find(each => each.name === 'evaluate');
  if (words.DONE.includes(evaluate?.state)) return 'diverged';
  return evaluate?.state === 'RUNNING' ? 'training…' : '–';
}

const series = (plots, name) => plots.trainings.filter(each => each[name].length > 1).map(each => ({role: each.role, points: each[name]}));

function found(view, plots) {
  if (!plots.found) return h('p', {class: 'empty'}, 'Every edge keeps one operator in the end. The cell that is left is drawn here.');
  const {architecture, edges, operators} = plots.found;
  const weights = plots.trainings.find(each => each.role === 'found')?.weights;
  const drawings = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(architecture)}`;
  return [twoCells(edges) ? h('img', {class: 'genotype', src: drawings, alt: `Both cells of ${architecture}`}) : foundCell(edges, operators, room(5)),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, architecture)),
    h('p', {class: 'actions'}, copyButton(architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawings, download: `${view.id}.svg`}, 'SVG'),
      weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${weights}`, download: true}, 'Trained weights'))];
}
