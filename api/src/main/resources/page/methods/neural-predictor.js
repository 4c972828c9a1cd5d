// Neural Predictor: the cells learned from, the cascade, the ranking, and how the evaluations came to the chosen.

import {h, put, panel} from '../dom.js';
import {copyButton, room, scrolling} from '../parts.js';
import {trained, trainedKey} from '../charts/trained.js';
import {agreement} from '../charts/agreement.js';
import {curves, curveKey} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: 172 cells of a NAS-Bench-201 table if one is imported, else 16 small networks trained.',
  published: '172 cells, a predictor of 300 epochs, the best 100 evaluated. With a table minutes, without it weeks on a CPU.',
};

/** Settings that one may want to change. */
export const overrides = 'split.train=100\nsearch.top=20';

export function findings() {
  const ranking = panel('span-7', 'The best ranked', 'By predicted accuracy, and what they came to.', h('div'));
  const chosen = panel('span-5', 'The chosen', 'By accuracy on the validation images.', h('div'));
  const agreed = panel('span-5', 'Predicted and true', 'Cells that the predictor has not seen.', h('div'));
  const grown = panel('span-7', 'Evaluations', 'How the best grew with them.', h('div'));
  const validated = panel('span-7', 'Cross validation', 'Settings, judged on held-out folds of the training cells.', h('div'));
  const cascade = panel('span-5', 'The classifier', 'Who is good enough to be ranked.', h('div'));
  const learning = panel('span-5', 'The predictor learns', 'Error in points on the cells that it is fitted to.', h('div'));
  const sample = panel('span-7', 'All that was evaluated', 'Accuracy against cost.', h('div'));
  const filters = panel('span-12', 'Filters side by side', 'What each would have chosen with as many evaluations.', h('div'));
  const parts = [
    [ranking, (view, plots) => [plots.ranking, plots.top.architectures], drawRanking],
    [chosen, (view, plots) => [plots.result?.architecture, plots.result?.weights], drawChosen],
    [agreed, (view, plots) => [plots.cells?.judged, plots.predictor?.heldOut], drawAgreement],
    [grown, (view, plots) => plots.result?.steps, drawGrown],
    [validated, (view, plots) => [plots.predictor, plots.indicators], drawValidation],
    [cascade, (view, plots) => [plots.classifier, plots.ranking?.classifier], drawClassifier],
    [learning, (view, plots) => plots.predictor?.fitted, drawLearning],
    [sample, (view, plots) => [plots.sample, plots.top.architectures, plots.result?.architecture], drawSample],
    [filters, (view, plots) => plots.ranking?.filters, drawFilters],
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
const points = ratio => `${(100 * ratio).toFixed(2)} points`;
/** Points without their unit, for the marks of an axis. */
const bare = ratio => (100 * ratio).toFixed(1);
const figure = tau => tau === null || tau === undefined ? '–' : tau.toFixed(3);
const right = text => h('td', {class: 'right num'}, text);

function table(heads, rows) {
  return h('table', {class: 'plain'},
    h('thead', {}, h('tr', {}, heads.map(([name, side]) => h('th', {scope: 'col', class: side}, name)))),
    h('tbody', {}, rows));
}

function tiles(view, {sample, top, predictor, ranking, result}) {
  const best = predictor?.points[predictor.chosen];
  return [
    result?.accuracy && ['Test accuracy', words.percent(result.accuracy.test), result.rank ? `of no. ${result.rank} of the ranking` : 'of a training cell'],
    result && ['Validation accuracy', words.percent(result.validation), 'which chose'],
    result?.regret && ['Regret', points(result.regret.validation), `below the best of the table, ${words.percent(result.regret.best, 2)}`],
    ranking?.judged && ["Kendall's tau", figure(ranking.judged.tau), `on ${ranking.judged.cells.toLocaleString('en')} held-out cells`],
    best && ['Tau by folds', figure(best.tau), best.low === null ? words.count(best.fits, 'fit') : `95 %: ${figure(best.low)} to ${figure(best.high)}`],
    sample.evaluated > 0 && ['Evaluated', (sample.evaluated + top.evaluated).toLocaleString('en'), `${sample.evaluated.toLocaleString('en')} to learn from`],
  ].filter(Boolean);
}

function drawRanking(body, view, {ranking, cells, top}) {
  if (!ranking) {
    put(body, empty('When the predictor is fitted, it ranks all candidates. The best of them are evaluated and stand here.'));
    return;
  }
  const measured = new Map(top.architectures.map(each => [each.architecture, each]));
  put(body,
    h('p', {class: 'hint'}, `${ranking.ranked.toLocaleString('en')} ranked${ranking.rejected ? `, ${ranking.rejected.toLocaleString('en')} rejected by the filter` : ''}.`),
    scrolling('The best ranked', table([['No.', 'right'], ['Architecture', ''], ['Predicted', 'right'], ['Validation', 'right'], ['Test', 'right']],
      cells.top.slice(0, 12).map((each, i) => h('tr', {}, right(i + 1), h('td', {}, h('code', {}, each.architecture)), right(words.percent(each.predicted, 2)),
        right(words.percent(measured.get(each.architecture)?.validationAccuracy, 2)), right(words.percent(measured.get(each.architecture)?.testAccuracy, 2)))))));
}

function drawChosen(body, view, {result}) {
  if (!result) {
    put(body, empty('The best of all that was evaluated is drawn here.'));
    return;
  }
  const drawing = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(result.architecture)}`;
  put(body, h('img', {class: 'drawn', src: drawing, alt: `Drawing of ${result.architecture}`}),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, result.architecture)),
    h('p', {class: 'actions'}, copyButton(result.architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawing, download: `${view.id}.svg`}, 'SVG'),
      result.weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${result.weights}`, download: true}, 'Trained weights')));
}

function drawAgreement(body, view, {cells, predictor, ranking}) {
  const judged = cells?.judged.length ? cells.judged : predictor?.heldOut;
  if (!judged?.length) {
    put(body, empty('Predicted accuracy is drawn against the true one, for cells that the predictor has not seen.'));
    return;
  }
  const tau = cells?.judged.length ? ranking.judged?.tau : predictor.points[predictor.chosen].tau;
  const whom = cells?.judged.length ? `${judged.length.toLocaleString('en')} of ${ranking.judged?.cells.toLocaleString('en')} held-out cells of the table` : 'each training cell while its fold was held out';
  put(body, h('p', {class: 'hint'}, `Tau ${figure(tau)}: ${whom}. The line is where both are equal.`), agreement(judged, room(5)));
}

/** Regret where the best is known, else the best so far. */
function drawGrown(body, view, {result}) {
  if (!result) {
    put(body, empty('How the best accuracy grew, evaluation by evaluation: first of the cells that are learned from, then of the best ranked.'));
    return;
  }
  const {steps, regret} = result;
  const value = step => regret ? regret.best - step.validation : step.validation;
  const line = steps.flatMap((step, i) => i ? [[step.evaluations, value(steps[i - 1])], [step.evaluations, value(step)]] : [[step.evaluations, value(step)]]);
  put(body, curveKey([['found', regret ? 'points below the best of the table, by validation accuracy' : 'best validation accuracy so far']]),
    line.length > 1
      ? curves([{role: 'found', points: line}], {title: regret ? 'Regret by evaluations' : 'Best so far by evaluations', across: 'evaluations', format: regret ? bare : each => words.percent(each, 1), floor: 0, width: room(7), height: 270})
      : empty('There was one evaluation.'),
    h('details', {}, h('summary', {}, 'As a table'), table([['Evaluations', 'right'], ['Validation', 'right'], ['Test', 'right']],
      steps.map(step => h('tr', {}, right(step.evaluations), right(words.percent(step.validation, 2)), right(words.percent(step.test, 2)))))));
}

const setting = each => [each.epochs && `${each.epochs} epochs`, each.learningRate && `rate ${each.learningRate}`, each.batch && `batch ${each.batch}`, each.members && `${each.members} members`].filter(Boolean).join(', ') || 'as published';

/** What the predictor reads beside graphs, and what measuring it took. */
function read({names, architectures, cpuSeconds, settings}) {
  return h('p', {class: 'hint'}, `Beside graphs it reads ${names.join(', ')}: ${words.number(cpuSeconds / Math.max(1, architectures))} CPU seconds for each of ${architectures.toLocaleString('en')} architectures, `,
    `${words.duration(cpuSeconds)} of CPU time in all (C=${settings.channels}, N=${settings.cells}, ${settings.batch} images of ${settings.imageSize}x${settings.imageSize}).`);
}

function drawValidation(body, view, {predictor, indicators}) {
  put(body, predictor
    ? [indicators && read(indicators), h('p', {class: 'hint'}, `${words.predictor(predictor.kind)}, fitted to ${words.count(predictor.fitted.cells, 'cell')} with the settings of the highest tau.`),
      table([['Settings', ''], ['Fits', 'right'], ['Tau', 'right'], ['95 %', 'right'], ['Error', 'right']],
        predictor.points.map((each, i) => h('tr', {'aria-current': i === predictor.chosen ? 'true' : null}, h('td', {}, i === predictor.chosen ? h('b', {}, setting(each.settings)) : setting(each.settings)), right(each.fits), right(figure(each.tau)),
          right(each.low === null ? '' : `${figure(each.low)} – ${figure(each.high)}`), right(points(each.error)))))]
    : empty('Settings of the predictor are tried on folds of the training cells: how well it ranks those that a fit has not seen tells which to take.'));
}

function drawClassifier(body, view, {classifier, ranking}) {
  if (!classifier) {
    put(body, empty('A classifier learns which cells are good enough; the predictor ranks only those that it lets pass.'));
    return;
  }
  if (!classifier.model) {
    put(body, empty('No classifier was asked for: all candidates are ranked.'));
    return;
  }
  const counted = [['Held-out folds', classifier.folds], ranking?.classifier && ['Held-out cells', ranking.classifier]].filter(Boolean);
  const share = (part, rest) => part + rest ? words.percent(part / (part + rest)) : '–';
  put(body, h('p', {class: 'hint'}, `${words.predictor(classifier.kind)}: ${classifier.passing} of ${classifier.cells} training cells reach ${words.percent(classifier.threshold, 2)}.`),
    table([['On', ''], ['Precision', 'right'], ['Recall', 'right'], ['Right', 'right'], ['Wrong', 'right']],
      counted.map(([name, of]) => h('tr', {}, h('td', {}, name), right(share(of.found, of.spurious)), right(share(of.found, of.missed)), right((of.found + of.rejected).toLocaleString('en')), right((of.spurious + of.missed).toLocaleString('en'))))));
}

// These learn in no epochs: what they tell is one error a member.
const fittedAtOnce = ['blend', 'forest', 'gaussian-process'];

function drawLearning(body, view, {predictor}) {
  const losses = fittedAtOnce.includes(predictor?.kind) ? [] : predictor?.fitted.losses ?? [];
  put(body, losses.length > 1
    ? curves([{role: 'found', points: losses.map((each, i) => [i + 1, Math.sqrt(each)])}], {title: 'Error by epoch', across: 'epoch', format: bare, floor: 0, width: room(5), height: 230})
    : empty(predictor ? `${words.predictor(predictor.kind)} is fitted at once: there is no curve.` : 'The last fit draws its curve here.'));
}

function drawSample(body, view, {sample, top, result}) {
  const all = {...sample, architectures: [...sample.architectures, ...top.architectures]};
  const chosen = all.architectures.find(each => each.architecture === result?.architecture);
  put(body, all.architectures.length
    ? [trainedKey({winner: Boolean(chosen), front: false, rungs: 1}), trained(all, chosen && {...chosen, accuracy: chosen.validationAccuracy}, [], room(7))]
    : empty(`${sample.planned.toLocaleString('en')} cells will be evaluated to learn from. Each becomes a point here.`));
}

function drawFilters(body, view, {ranking}) {
  const filters = ranking?.filters ?? [];
  body.parentElement.hidden = !filters.length;
  if (!filters.length) return;
  put(body, table([['Filter', ''], ['Ranked', 'right'], ['Judged on', 'right'], ['Tau', 'right'], ['Error', 'right'], ['Validation', 'right'], ['Test', 'right'], ['Regret', 'right']],
    filters.map(each => h('tr', {}, h('td', {}, each.filter), right(each.ranked.toLocaleString('en')), right(each.judged?.cells.toLocaleString('en') ?? '0'), right(figure(each.judged?.tau)), right(each.judged ? points(each.judged.error) : '–'),
      right(words.percent(each.validation, 2)), right(words.percent(each.test, 2)), right(points(each.regret))))),
  h('p', {class: 'hint'}, 'true-accuracy filters by what is to be predicted, as the published comparison did: no search can.'));
}
