// One experiment, live.

import {h, put, panel} from '../dom.js';
import {get, post, follow} from '../server.js';
import {badge, meter, copyButton, refusal, room} from '../parts.js';
import {supernet, foundCell, operatorKey} from '../charts/supernet.js';
import {scatter, candidateTable, scatterKey} from '../charts/scatter.js';
import {accuracies} from '../charts/accuracy.js';
import {curves} from '../charts/curves.js';
import * as words from '../words.js';

const DONE = ['COMPLETED', 'REUSED', 'SKIPPED'];

export async function show(stage, {argument: id, onState}) {
  const base = `/api/experiments/${encodeURIComponent(id)}`;
  let [view, plots] = await Promise.all([get(base), get(`${base}/plots`)]);
  const happened = [];

  const head = h('div', {class: 'page-head'});
  const attention = h('div', {'aria-live': 'polite'});
  const rail = h('ol', {class: 'rail', id: 'stages', 'aria-label': 'Stages'});
  const tiles = h('dl', {class: 'tiles', id: 'numbers'});
  const rounds = roundsPanels();
  const training = trainingPanels();
  const identity = panel('span-5', 'Identity', 'What makes two runs the same run.', h('div'));
  const log = panel('span-7', 'What happened', null, h('ol', {class: 'log scroll', id: 'events', tabindex: 0, 'aria-label': 'Events'}));
  put(stage,
    h('a', {class: 'crumb', href: '#/'}, '← All experiments'),
    head, attention, rail, tiles,
    h('div', {class: 'grid'}, rounds.panels, training.panels, log, identity));

  const act = async (verb, query = '') => {
    try {
      await post(`${base}/${verb}${query}`);
    } catch (failure) {
      attention.append(refusal(failure));
    }
  };
  const once = redrawer();
  const draw = () => {
    const far = view.ended || view.state === 'QUEUED' ? words.STATES[view.state] : `${Math.floor(100 * view.progress)} %`;
    document.title = `${far} · ${words.method(view.method)} on ${view.data}`;
    once(head, [view.state, view.desired, view.stages.map(each => each.state)], () => header(head, view, act));
    once(attention, [view.state, view.reason, view.desired], () => attend(attention, view, act));
    once(tiles, [view.result, view.recoveries, plots.rounds.length, plots.trainings.map(each => each.testAccuracy), view.state], () => numbers(tiles, view, plots));
    once(rail, null, () => stages(rail, view));
    once(identity, [view.digest, view.dataDigest, view.numericClass], () => identify(identity, view));
    once(rounds.panels[0], plots.rounds.concat(plots.current ?? []), () => rounds.draw(view, plots));
    once(training.panels[0], [plots.trainings, view.state], () => training.draw(view, plots));
  };
  draw();
  events(log, happened);
  let width = innerWidth;
  const resized = () => {
    if (innerWidth === width) return;
    width = innerWidth;
    rounds.draw(view, plots);
    training.draw(view, plots);
  };
  addEventListener('resize', resized);

  let asking = false;
  let again = false;
  const refreshPlots = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      plots = await get(`${base}/plots`);
      draw();
    } finally {
      asking = false;
      if (again) {
        again = false;
        refreshPlots();
      }
    }
  };
  const clock = setInterval(() => view.started && !view.ended && stages(rail, view), 1000);
  const close = follow(`${base}/events`, {
    snapshot: news => {
      view = news;
      draw();
    },
    plots: refreshPlots,
    event: one => {
      if (happened.some(each => each.sequence === one.sequence)) return;
      happened.push(one);
      events(log, happened);
    },
  }, onState);
  return () => {
    clearInterval(clock);
    removeEventListener('resize', resized);
    close();
  };
}

/** Draws a part only when what it shows has changed, so that focus, hover and fades are left alone. */
function redrawer() {
  const shown = new Map();
  return (part, state, drawPart) => {
    const now = JSON.stringify(state);
    if (state !== null && shown.get(part) === now) return;
    shown.set(part, now);
    drawPart();
  };
}

function header(head, view, act) {
  const ended = view.state === 'COMPLETED' || view.state === 'CANCELLED';
  const button = (label, verb, kind) => h('button', {type: 'button', class: kind, id: `do-${verb}`, onclick: event => {
    event.currentTarget.disabled = true;
    const target = event.currentTarget;
    act(verb).finally(() => { target.disabled = false; });
  }}, label);
  const stopping = !ended && view.desired === 'PAUSED' && view.state === 'RUNNING';
  const ending = !ended && view.desired === 'CANCELLED';
  put(head,
    h('div', {},
      h('div', {class: 'title'}, h('h1', {}, `${words.method(view.method)} on ${view.data}`), badge(view.state)),
      h('p', {class: 'facts'},
        h('span', {}, words.space(view.space)), h('span', {}, `${view.preset} preset`), h('span', {}, `seed ${view.seed}`),
        h('span', {class: 'mono'}, view.id), h('span', {}, `launched ${words.ago(view.created)} by ${view.launchedBy}`))),
    h('span', {class: 'grow'}),
    h('div', {class: 'actions'},
      ending && h('span', {class: 'soft', role: 'status'}, 'Cancelling…'),
      stopping && h('span', {class: 'soft', role: 'status'}, 'Pausing at the next checkpoint…'),
      (view.state === 'RUNNING' || view.state === 'QUEUED') && !stopping && !ending && button('Pause', 'pause'),
      (view.state === 'PAUSED' || stopping) && !ending && button('Resume', 'resume', 'primary'),
      !ended && !ending && h('button', {type: 'button', class: 'danger', id: 'do-cancel', onclick: () => confirmCancel(view) && act('cancel')}, 'Cancel'),
      ended && h('a', {class: 'button', href: `/api/experiments/${encodeURIComponent(view.id)}`, download: `${view.id}.json`}, 'Download JSON')));
}

const confirmCancel = view => confirm(`Cancel ${view.id}? What it has finished stays and is reused by later experiments, but this one ends here.`);

function attend(attention, view, act) {
  if (view.state === 'NEEDS_ATTENTION') {
    const failed = view.stages.find(each => each.state === 'FAILED');
    put(attention, h('section', {class: 'attention', id: 'attention', 'aria-labelledby': 'attention-title'},
      h('h2', {id: 'attention-title'}, failed ? `${words.stage(failed.name)} stopped and needs you` : 'This experiment needs you'),
      h('blockquote', {}, view.reason ?? failed?.reason ?? 'No reason was recorded.'),
      h('p', {class: 'soft'}, 'Nothing that was done so far is lost. Mend the cause, then try the stage again: it goes on from its last checkpoint. From a terminal: ',
        h('code', {}, `./espalier retry ${view.id}${failed ? ` --stage ${failed.name}` : ''}`)),
      h('div', {class: 'actions'},
        h('button', {type: 'button', class: 'primary', id: 'do-retry', onclick: () => act('retry', failed ? `?stage=${encodeURIComponent(failed.name)}` : '')}, failed ? `Retry ${words.stage(failed.name).toLowerCase()}` : 'Retry'))));
  } else if (view.state === 'PAUSED') {
    put(attention, h('section', {class: 'attention calm'}, h('h2', {}, 'Paused'),
      h('p', {}, 'Everything up to the last checkpoint is kept. It goes on when you resume it, here or with ', h('code', {}, `./espalier resume ${view.id}`), '.')));
  } else if (view.state === 'QUEUED') {
    put(attention, h('section', {class: 'attention calm'}, h('h2', {}, 'Waiting to start'),
      h('p', {}, 'It starts by itself when a worker is free. If nothing happens for a while, see ', h('code', {}, './espalier doctor'), '.')));
  } else {
    put(attention);
  }
}

function stages(rail, view) {
  put(rail, view.stages.map(each => {
    const running = each.state === 'RUNNING';
    const seconds = running && each.started ? words.since(each.started) : each.seconds;
    const p = each.progress;
    const ratio = p && p.total ? Math.min(1, (p.round + p.done / p.total) / Math.max(1, p.rounds)) : 0;
    return h('li', {'data-state': each.state, 'data-stage': each.name, 'data-done': DONE.includes(each.state), title: each.key && `stage key ${each.key}`},
      h('div', {class: 'stage'}, words.stage(each.name)),
      h('div', {class: 'state num'}, words.STATES[each.state] ?? each.state, seconds > 0 && took(each.state, words.duration(seconds))),
      (running || each.state === 'PAUSED') && p && [meter(ratio, each.state, `Progress of ${words.stage(each.name)}`), h('div', {class: 'state num'}, words.progress(p))],
      (each.attempts > 1 || each.recoveries > 0) && h('div', {class: 'state'}, words.count(each.attempts, 'attempt'), each.recoveries > 0 && [', ', h('span', {class: 'recovered'}, words.count(each.recoveries, 'recovery', 'recoveries'))]));
  }));
}

/** Completed in 3 s; reused, which took 3 s when it was computed; running, 3 s. */
const took = (state, time) => state === 'COMPLETED' ? ` in ${time}` : state === 'REUSED' ? ` (took ${time})` : `, ${time}`;

function numbers(tiles, view, plots) {
  const found = plots.found;
  const others = plots.trainings.filter(each => each.role !== 'found' && each.testAccuracy !== null).map(each => each.testAccuracy);
  const mean = others.length ? others.reduce((a, b) => a + b) / others.length : null;
  const mine = plots.trainings.find(each => each.role === 'found');
  const last = plots.rounds.at(-1);
  const entries = [
    mine?.testAccuracy != null && ['Test accuracy', words.percent(mine.testAccuracy), mean === null ? 'trained on the data for real' : `random cells ${words.percent(mean)}`],
    found?.table?.length && ['In the table', words.percent(found.table[0].accuracy), found.table[0].column],
    found?.parameters && ['Parameters', words.number(found.parameters), `${words.number(found.macs)} multiply-adds`],
    (found?.condition ?? last?.condition) != null && ['NTK condition', words.number(found?.condition ?? last.condition), found?.condition != null ? 'of the found cell, lower is better' : `of the supernet before round ${last.round + 1}`],
    (found?.regions ?? last?.regions) != null && ['Linear regions', words.number(found?.regions ?? last.regions), found?.regions != null ? 'of the found cell, more is better' : `of the supernet before round ${last.round + 1}`],
    ['Recoveries', view.recoveries, view.recoveries ? 'taken up again after a death' : 'nothing died so far'],
  ].filter(Boolean);
  tiles.hidden = entries.length < 2;
  put(tiles, entries.map(([name, value, note]) => h('div', {}, h('dt', {}, name), h('dd', {}, value, h('small', {}, note)))));
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
      put(dots, waiting ?? h('p', {class: 'empty'}, DONE.includes(view.state) ? 'No round was recorded.' : 'The first round is being measured: each candidate is taken out, and the network without it is scored three times.'));
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
        net = supernet(plots.edges, plots.operators, room(7));
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

const finished = plots => plots.rounds.length > 0 && plots.rounds.at(-1).after.every(each => each.length === 1);

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
  if (DONE.includes(evaluate?.state)) return 'diverged';
  return evaluate?.state === 'RUNNING' ? 'training…' : '–';
}

const series = (plots, name) => plots.trainings.filter(each => each[name].length > 1).map(each => ({role: each.role, points: each[name]}));

function found(view, plots) {
  if (!plots.found) return h('p', {class: 'empty'}, 'Every edge keeps one operator in the end. The cell that is left is drawn here.');
  const {architecture, edges, operators} = plots.found;
  const weights = plots.trainings.find(each => each.role === 'found')?.weights;
  const drawings = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(architecture)}`;
  return [foundCell(edges, operators, room(5)),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, architecture)),
    h('p', {class: 'actions'}, copyButton(architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawings, download: `${view.id}.svg`}, 'SVG'),
      weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${weights}`, download: true}, 'Trained weights'))];
}

function identify(identity, view) {
  const groups = view.digest?.match(/.{8}/g) ?? [];
  put(identity.lastChild,
    view.digest
      ? [h('div', {class: 'digest', id: 'digest', 'aria-label': `Result digest ${view.digest}`}, groups.map(each => h('span', {}, each))),
        h('p', {class: 'actions'}, copyButton(view.digest, 'Copy the digest')),
        h('p', {class: 'hint'}, 'The digest of the result: specification, data and every number of every stage. A run that was killed on the way ends with these very digits.')]
      : h('p', {class: 'soft'}, 'The result digest appears when all stages are done.'),
    h('br'),
    h('dl', {class: 'pairs'},
      pair('Numeric class', view.numericClass), pair('Data digest', view.dataDigest), pair('Version', view.version), pair('Started', view.started && words.moment(view.started)), pair('Ended', view.ended && words.moment(view.ended))),
    h('br'),
    h('details', {}, h('summary', {}, 'Specification'), h('pre', {class: 'scroll', tabindex: 0}, h('code', {}, JSON.stringify(view.specification, null, 2)))));
}

const pair = (name, value) => value && [h('dt', {}, name), h('dd', {class: 'mono'}, value)];

const TONES = {
  completed: 'good', finished: 'good', reused: 'good', recovered: 'care', recovery: 'care', paused: 'care', lost: 'care', corrupt: 'bad', failed: 'bad', attention: 'bad', nondeterminism: 'bad', different: 'bad',
  cancelled: 'bad', round: 'step', running: 'step', started: 'step', resumed: 'step', retried: 'step',
};

const EDGES = ['1 ← 0', '2 ← 0', '2 ← 1', '3 ← 0', '3 ← 1', '3 ← 2'];

/** Who notes most of what happens: not worth a word. */
const MACHINERY = ['espalier', 'workflow', 'api'];

/** Digests shortened, operators and edges as this page writes them: "4:skip_connect" is skip on 3 ← 1. */
const inWords = text => text.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…').replaceAll(/\b([0-5]):(none|skip_connect|nor_conv_1x1|nor_conv_3x3|avg_pool_3x3)\b/g, (_, edge, operator) => `${words.operator(operator)} on ${EDGES[edge]}`);

const tone = kind => Object.entries(TONES).find(([word]) => kind.toLowerCase().includes(word))?.[1];

function events(log, happened) {
  const list = log.lastChild;
  const newest = [...happened].sort((a, b) => b.sequence - a.sequence);
  put(list, newest.length
    ? newest.map(each => h('li', {'data-tone': tone(each.kind)}, h('time', {datetime: each.at, title: words.moment(each.at)}, words.clock(each.at)), h('i', {class: 'mark', 'aria-hidden': 'true'}), h('span', {}, inWords(each.text), each.by && !MACHINERY.includes(each.by) && h('span', {class: 'by'}, ` (${each.by})`))))
    : h('li', {class: 'empty'}, 'Nothing has happened yet.'));
}
