// MetaD2A: the data set among the known ones, what was generated and ranked, and what the best came to beside baselines.

import {h, s, put, panel} from '../dom.js';
import {copyButton, room, roving, tipped} from '../parts.js';
import {agreement} from '../charts/agreement.js';
import {curves, curveKey} from '../charts/curves.js';
import {plane} from '../charts/plane.js';
import {extent} from '../charts/scale.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: 50 architectures generated and ranked, the best 4 trained beside 4 of each baseline.',
  published: '50 generated (500 for CIFAR), ranked by 10 draws of images, the best trained for 200 epochs. Days on a CPU, minutes with a table.',
};

/** Settings that one may want to change. */
export const overrides = 'search.candidates=100\nsearch.top=8\nbudget.macs=20000000';

const GROUPS = {top: 'generated, ranked', unranked: 'generated, not ranked', random: 'random', transfer: 'nearest known task'};

export function findings() {
  const beside = panel('span-7', 'Side by side', 'What each way of searching came to.', h('div'));
  const proposed = panel('span-5', 'The proposed', 'No. 1 of the ranking, before anything was evaluated.', h('div'));
  const space = panel('span-5', 'Latent space', 'Where the generator sees this data set among the known tasks.', h('div'));
  const made = panel('span-7', 'Generated', 'Which graphs became candidates.', h('div'));
  const agreed = panel('span-5', 'Predicted and true', 'All that was evaluated.', h('div'));
  const scores = panel('span-7', 'Ranking', 'The predicted accuracies of all candidates, and the best of them.', h('div'));
  const learning = panel('span-12', 'Learning', 'Validation accuracy of the trainings, epoch by epoch.', h('div'));
  const parts = [
    [beside, (view, plots) => [plots.result?.groups, plots.ranking?.groups, plots.prepared?.seen], drawBeside],
    [proposed, (view, plots) => [plots.result?.architecture, plots.result?.weights], drawProposed],
    [space, (view, plots) => plots.encoded, drawSpace],
    [made, (view, plots) => plots.generated, drawGenerated],
    [agreed, (view, plots) => [plots.ranking, plots.sample.architectures], drawAgreement],
    [scores, (view, plots) => [plots.ranking, plots.sample.architectures], drawRanking],
    [learning, (view, plots) => plots.sample.curves, drawLearning],
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
const right = text => h('td', {class: 'right num'}, text);
const share = (part, whole) => whole ? words.percent(part / whole) : '–';
const tested = judged => judged ? words.percent(judged.test ?? judged.validation, 2) : '–';

function table(heads, rows) {
  return h('table', {class: 'plain'},
    h('thead', {}, h('tr', {}, heads.map(([name, side]) => h('th', {scope: 'col', class: side}, name)))),
    h('tbody', {}, rows));
}

function tiles(view, {generated, sample, result}) {
  return [
    result?.accuracy && ['Test accuracy', words.percent(result.accuracy.test), 'of the best ranked'],
    result?.tau !== null && result && ["Kendall's tau", result.tau.toFixed(3), 'of predicted and true'],
    result?.latency && ['Latency', `${result.latency.millis.toPrecision(3)} ms`, result.latency.isMeasured ? 'measured' : 'estimated by the measured'],
    generated && ['Validity', share(generated.valid, generated.drawn), `of ${words.count(generated.drawn, 'graph')}`],
    generated && ['Uniqueness', share(generated.distinct, generated.valid), 'of the valid'],
    generated && generated.novel >= 0 && ['Novelty', share(generated.novel, generated.distinct), 'not among the known'],
    sample.evaluated > 0 && ['Evaluated', sample.evaluated.toLocaleString('en'), sample.failed ? `${sample.failed} failed` : `of ${sample.planned.toLocaleString('en')}`],
  ].filter(Boolean);
}

const SEEN = 'The models learned from tasks of these very images: this shows how a search goes, not what it finds for images that were never seen. Give images of your own with --data.';

function drawBeside(body, view, {prepared, ranking, result}) {
  const seen = prepared?.seen && h('p', {class: 'hint'}, SEEN);
  if (!result) {
    put(body, seen, empty(ranking
      ? `${words.count(ranking.count, 'architecture')} are evaluated: ${ranking.groups.filter(group => group.members.length).map(group => `${group.members.length} ${GROUPS[group.name] ?? group.name}`).join(', ')}.`
      : 'The best ranked are evaluated beside generated ones without ranking, random ones, and the best of the nearest known task.'));
    return;
  }
  put(body, table([['Architectures', ''], ['Of', 'right'], ['First', 'right'], ['Best', 'right'], ['Best by test', 'right'], ['Mean', 'right']],
    result.groups.map(group => h('tr', {'aria-current': group.name === 'top' ? 'true' : null}, h('td', {}, GROUPS[group.name] ?? group.name), right(group.evaluated), right(tested(group.first)), right(tested(group.best)),
      right(words.percent(group.bestTest, 2)), right(words.percent(group.meanTest ?? group.mean, 2))))),
  h('p', {class: 'hint'}, 'First is proposed before anything is evaluated. Best is chosen by validation accuracy. Best by test only an oracle can choose: it is what the paper reports for CIFAR.'),
  seen,
  result.groups.some(group => group.name === 'transfer' && !group.evaluated) && h('p', {class: 'hint'}, 'No known tasks are at hand, so nothing could be transferred.'));
}

function drawProposed(body, view, {result}) {
  if (!result) {
    put(body, empty('The best ranked architecture is drawn here.'));
    return;
  }
  const drawing = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(result.architecture)}`;
  put(body, h('img', {class: 'drawn', src: drawing, alt: `Drawing of ${result.architecture}`}),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, result.architecture)),
    h('p', {class: 'actions'}, copyButton(result.architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawing, download: `${view.id}.svg`}, 'SVG'),
      result.weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${result.weights}`, download: true}, 'Trained weights')));
}

function drawSpace(body, view, {encoded}) {
  if (!encoded?.latent.length) {
    put(body, empty(encoded ? 'No known tasks are at hand to draw it among.' : 'The generator sees a data set as a vector: it is drawn here among those of the known tasks.'));
    return;
  }
  const width = room(5);
  const format = value => Number(value.toPrecision(2)).toLocaleString('en');
  const {drawing, x, y} = plane({
    across: {domain: extent(encoded.latent.map(each => each.x)), title: 'first direction', format},
    up: {domain: extent(encoded.latent.map(each => each.y)), title: 'second direction', format},
    width, height: Math.round(Math.min(360, Math.max(270, width * .75))), label: 'Latent vectors of the known tasks and of this data set, in their two main directions',
  });
  const points = encoded.latent.map(each => tipped(
    s('g', {class: 'point', 'data-winner': each.name ? null : true, transform: `translate(${x(each.x).toFixed(1)} ${y(each.y).toFixed(1)})`, role: 'img', 'aria-label': each.name || 'a draw of this data set'},
      s('circle', {r: 10, fill: 'transparent'}), s('circle', {class: 'mark', r: each.name ? 3.2 : 5})),
    () => [h('b', {}, each.name || 'a draw of this data set')]));
  drawing.append(...roving(drawing, points));
  put(body, drawing, h('p', {class: 'hint'}, `The nearest known task is ${encoded.nearest[0].name}, at a distance of ${encoded.nearest[0].distance.toPrecision(3)}. Features: ${words.shortened(encoded.encoder)}.`));
}

function drawGenerated(body, view, {generated}) {
  if (!generated) {
    put(body, empty('Each draw of images gives one graph: it is counted here how many are architectures, how many different, trainable and within the budget.'));
    return;
  }
  const rows = [['drawn', generated.drawn, null], ['valid', generated.valid, generated.drawn], ['different', generated.distinct, generated.valid],
    ...(generated.novel >= 0 ? [['not among the known', generated.novel, generated.distinct]] : []),
    ['trainable', generated.trainable, generated.distinct], ['within the budget', generated.affordable, generated.trainable], ['candidates', generated.count, null]];
  put(body, table([['Graphs', ''], ['Count', 'right'], ['Share', 'right']],
    rows.map(([name, count, whole]) => h('tr', {}, h('td', {}, name), right(count.toLocaleString('en')), right(whole === null ? '' : share(count, whole))))));
}

/** Each evaluated architecture once, with what was predicted of it. */
function evaluated(ranking, sample) {
  const rows = new Map(sample.architectures.map(each => [each.architecture, each]));
  const seen = new Set();
  return ranking.groups.flatMap(group => group.members).filter(member => {
    const isNew = !seen.has(member.architecture) && rows.get(member.architecture)?.validationAccuracy != null;
    seen.add(member.architecture);
    return isNew;
  }).map(member => ({architecture: member.architecture, predicted: member.score, measured: rows.get(member.architecture).validationAccuracy}));
}

function drawAgreement(body, view, {ranking, sample}) {
  const known = ranking ? evaluated(ranking, sample) : [];
  put(body, known.length > 1 && ranking.scaled
    ? agreement(known, room(5))
    : empty(ranking && !ranking.scaled ? 'This predictor does not say which accuracy its scores stand for: they only rank.' : 'Predicted accuracy is drawn against the true one, of each architecture that is evaluated.'));
}

function drawRanking(body, view, {ranking, sample}) {
  if (!ranking) {
    put(body, empty('The predictor ranks the candidates; the best of them stand here.'));
    return;
  }
  const rows = new Map(sample.architectures.map(each => [each.architecture, each]));
  const format = value => ranking.scaled ? words.percent(value, 1) : value.toPrecision(3);
  put(body,
    ranking.scores.length > 1 && curves([{role: 'found', points: ranking.scores.map((score, i) => [i + 1, score])}], {title: 'Scores by rank', across: 'rank', format, width: room(7), height: 190}),
    h('div', {class: 'scroll table-wrap'}, table([['No.', 'right'], ['Architecture', ''], ['Predicted', 'right'], ['Validation', 'right'], ['Test', 'right']],
      ranking.groups[0].members.slice(0, 12).map((each, i) => h('tr', {}, right(i + 1), h('td', {}, h('code', {}, each.architecture)), right(format(each.score)),
        right(words.percent(rows.get(each.architecture)?.validationAccuracy, 2)), right(words.percent(rows.get(each.architecture)?.testAccuracy, 2)))))));
}

function drawLearning(body, view, {ranking, sample}) {
  const best = new Set(ranking?.groups[0].members.map(each => each.architecture));
  const series = sample.curves.filter(each => each.validation.length > 1).map(each => ({points: each.validation, tone: best.has(each.architecture) ? 'found' : ''}));
  put(body, series.length
    ? [curveKey([['', 'baselines'], ['found', 'ranked']]), curves(series, {title: 'Validation accuracy', across: 'epoch', format: value => words.percent(value, 0), floor: 0, width: room(12), height: 270})]
    : empty(view.specification.evaluation.table ? 'Accuracies are looked up: nothing is trained.' : 'Every training draws its curve here, epoch by epoch.'));
}
