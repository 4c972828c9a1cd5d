// One experiment, live: what all methods have in common.

import {h, put, panel} from '../dom.js';
import {get, post, remove} from '../server.js';
import {follow} from '../live.js';
import {badge, meter, copyButton, refusal} from '../parts.js';
import {moduleOf} from '../methods.js';
import * as words from '../words.js';

export async function show(stage, {argument: id, onState}) {
  const base = `/api/experiments/${encodeURIComponent(id)}`;
  let [view, plots] = await Promise.all([get(base), get(`${base}/plots`)]);
  const happened = [];

  const head = h('div', {class: 'page-head'});
  const attention = h('div', {'aria-live': 'polite'});
  const rail = h('ol', {class: 'rail', id: 'stages', 'aria-label': 'Stages'});
  const tiles = h('dl', {class: 'tiles', id: 'numbers'});
  const findings = (await moduleOf(view.method)).findings();
  const identity = panel('span-5', 'Identity', 'What makes two runs the same run.', h('div'));
  const log = panel('span-7', 'What happened', null, h('ol', {class: 'log scroll', id: 'events', tabindex: 0, 'aria-label': 'Events'}));
  const own = view.specification.evaluation?.command
    && panel('span-12', 'Own training program', view.specification.evaluation.command.join(' '), h('div', {id: 'programs'}));
  put(stage,
    h('a', {class: 'crumb', href: '#/'}, '← All experiments'),
    head, attention, rail, tiles,
    h('div', {class: 'grid'}, findings.panels, own, log, identity));

  const act = async (verb, query = '') => {
    try {
      await post(`${base}/${verb}${query}`);
    } catch (failure) {
      attention.append(refusal(failure));
    }
  };
  const erase = async () => {
    try {
      const plan = await get(`${base}/deletion`);
      if (!confirm(deletion(plan))) return;
      await remove(`${base}?plan=${plan.token}&by=${encodeURIComponent('the page')}`);
      location.hash = '#/';
    } catch (failure) {
      attention.append(refusal(failure));
    }
  };
  const label = async change => {
    try {
      view = await post(`${base}/labels`, {...change, by: 'the page'});
      draw();
    } catch (failure) {
      attention.append(refusal(failure));
    }
  };
  const once = redrawer();
  const draw = () => {
    const far = view.ended || view.state === 'QUEUED' ? words.STATES[view.state] : `${Math.floor(100 * view.progress)} %`;
    document.title = `${far} · ${words.method(view.method)} on ${view.data}`;
    once(head, [view.state, view.desired, view.stages.map(each => each.state), view.artifacts, view.labels], () => header(head, view, act, erase, label));
    once(attention, [view.state, view.reason, view.desired], () => attend(attention, view, act));
    const entries = [...findings.tiles(view, plots), ['Recoveries', view.recoveries, view.recoveries ? 'taken up again after a death' : 'nothing died so far']];
    once(tiles, entries, () => numbers(tiles, entries));
    once(rail, null, () => stages(rail, view));
    const replayed = happened.filter(each => each.kind.startsWith('replayed')).at(-1);
    once(identity, [view.digest, view.dataDigest, view.numericClass, view.artifacts, replayed], () => identify(identity, view, replayed));
    findings.draw(view, plots, once);
  };
  draw();
  const refreshPrograms = async () => own && programs(own, base, await get(`${base}/programs`));
  await refreshPrograms();
  events(log, happened, findings.inWords);
  let width = innerWidth;
  const resized = () => {
    if (innerWidth === width) return;
    width = innerWidth;
    findings.redraw(view, plots);
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
      await refreshPrograms();
    } finally {
      asking = false;
      if (again) {
        again = false;
        refreshPlots();
      }
    }
  };
  const clock = setInterval(() => view.started && !view.ended && stages(rail, view), 1000);
  const close = follow({experiment: id}, {
    snapshot: news => {
      view = news;
      draw();
    },
    plots: refreshPlots,
    event: one => {
      if (happened.some(each => each.sequence === one.sequence)) return;
      happened.push(one);
      if (one.kind.startsWith('replayed')) draw();
      events(log, happened, findings.inWords);
    },
  }, onState);
  return () => {
    clearInterval(clock);
    removeEventListener('resize', resized);
    close();
  };
}

/** The runs of a training program of one's own: how each ended, and what it wrote. */
function programs(own, base, runs) {
  const file = (sha, label) => sha && h('a', {class: 'button', href: `${base}/artifacts/${sha}`}, label);
  put(own.lastChild, runs.length === 0
    ? h('p', {class: 'soft'}, 'No run of it has ended yet.')
    : runs.toReversed().map(run => h('details', {open: !['completed', 'stopped'].includes(run.ended)},
      h('summary', {}, `${run.architecture}: ${run.ended}, after epoch ${run.epochs}`),
      run.tail && h('pre', {class: 'scroll', tabindex: 0}, h('code', {}, run.tail)),
      h('p', {class: 'actions'}, file(run.log, 'All that it wrote'), file(run.checkpoint, 'Its checkpoint folder')))));
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

function header(head, view, act, erase, label) {
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
        h('span', {class: 'mono'}, view.id), h('span', {}, `launched ${words.ago(view.created)} by ${view.launchedBy}`)),
      labels(view.labels ?? {}, label)),
    h('span', {class: 'grow'}),
    h('div', {class: 'actions'},
      ending && h('span', {class: 'soft', role: 'status'}, 'Cancelling…'),
      stopping && h('span', {class: 'soft', role: 'status'}, 'Pausing at the next checkpoint…'),
      (view.state === 'RUNNING' || view.state === 'QUEUED') && !stopping && !ending && button('Pause', 'pause'),
      (view.state === 'PAUSED' || stopping) && !ending && button('Resume', 'resume', 'primary'),
      !ended && !ending && h('button', {type: 'button', class: 'danger', id: 'do-cancel', onclick: () => confirmCancel(view) && act('cancel')}, 'Cancel'),
      ended && h('a', {class: 'button', id: 'again', href: `#/new?again=${encodeURIComponent(view.id)}`}, 'Run again'),
      view.stages.some(each => words.DONE.includes(each.state)) && h('button', {type: 'button', id: 'do-replay', title: 'Replays the workflow histories through today\u2019s code, and computes the stages again in a place of their own: it takes as long as they took.', onclick: () => confirmReplay(view) && act('replay')}, 'Replay'),
      h('a', {class: 'button', id: 'follow', href: `#/follow?of=${encodeURIComponent(view.id)}`}, 'Rerun or fork'),
      h('a', {class: 'button', id: 'compare', href: `#/compare?experiment=${encodeURIComponent(view.id)}`}, 'Compare'),
      view.state === 'COMPLETED' && view.result?.architecture && words.ofOneArchitecture().filter(method => method !== view.method).map(method => h('a', {class: 'button', id: `with-${method}`, href: `#/new?method=${method}&of=${encodeURIComponent(view.id)}`}, 'Train this')),
      report(view) && h('a', {class: 'button', id: 'report', href: report(view), target: '_blank', rel: 'noopener'}, 'Report'),
      ended && h('a', {class: 'button', href: `/api/experiments/${encodeURIComponent(view.id)}`, download: `${view.id}.json`}, 'Download JSON'),
      ended && h('button', {type: 'button', class: 'danger', id: 'do-delete', onclick: erase}, 'Delete')));
}

/** Where the report can be read; null while there is none. */
function report(view) {
  const found = view.artifacts.find(each => each.kind === 'report');
  return found && `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${found.digest}`;
}

/** Name, tags and note, and where they are changed. */
function labels({name = '', tags = [], note = ''}, label) {
  const field = (id, title, value) => h('label', {}, title, ' ', h('input', {id, value, maxlength: 2000, autocomplete: 'off'}));
  const value = id => document.getElementById(id).value;
  const save = event => {
    event.preventDefault();
    const wanted = value('label-tags').split(/[\s,]+/).filter(Boolean);
    label({name: value('label-name'), note: value('label-note'), addTags: wanted, removeTags: tags.filter(tag => !wanted.includes(tag))});
  };
  return h('details', {id: 'labels'},
    h('summary', {}, words.called({name, tags}) || 'Name, tags, note', note && h('span', {class: 'soft'}, ` · ${note}`)),
    h('form', {class: 'actions', onsubmit: save}, field('label-name', 'Name', name), field('label-tags', 'Tags', tags.join(' ')), field('label-note', 'Note', note),
      h('button', {id: 'label-save'}, 'Save')));
}

/** What a deletion would do, as a question. */
function deletion({experiment, frees, stays, sharing}) {
  const part = each => `${each.stages} stages, ${each.evaluations} evaluations and ${each.artifacts} artifacts (${words.bytes(each.bytes)})`;
  return `Delete ${experiment} for good? This frees ${part(frees)}.`
    + (sharing ? ` What ${sharing} other experiment${sharing === 1 ? ' has' : 's have'} too stays: ${part(stays)}.` : '');
}
const confirmReplay = view => confirm(`Compute the stages of ${view.id} again, beside what is recorded? It takes about ${words.duration(view.stages.reduce((sum, each) => sum + (words.DONE.includes(each.state) ? each.seconds ?? 0 : 0), 0))}, and nothing of the experiment is touched.`);

const confirmCancel = view => confirm(`Cancel ${view.id}? What it has finished stays and is reused by later experiments, but this one ends here.`);

function attend(attention, view, act) {
  if (view.state === 'NEEDS_ATTENTION') {
    const failed = view.stages.find(each => each.state === 'FAILED');
    put(attention, h('section', {class: 'attention', id: 'attention', 'aria-labelledby': 'attention-title'},
      h('h2', {id: 'attention-title'}, failed ? `${words.stage(failed.name, view.method)} stopped and needs you` : 'This experiment needs you'),
      h('blockquote', {}, view.reason ?? failed?.reason ?? 'No reason was recorded.'),
      h('p', {class: 'soft'}, 'Nothing that was done so far is lost. Mend the cause, then try the stage again: it goes on from its last checkpoint. From a terminal: ',
        h('code', {}, `./espalier retry ${view.id}${failed ? ` --stage ${failed.name}` : ''}`)),
      h('div', {class: 'actions'},
        h('button', {type: 'button', class: 'primary', id: 'do-retry', onclick: () => act('retry', failed ? `?stage=${encodeURIComponent(failed.name)}` : '')}, failed ? `Retry ${words.stage(failed.name, view.method).toLowerCase()}` : 'Retry'))));
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
  put(rail, words.stagesInShort(view.stages).map(each => {
    const running = each.state === 'RUNNING' && (view.state === 'RUNNING' || view.state === 'QUEUED');
    const seconds = running && each.started ? words.since(each.started) : each.seconds;
    const p = each.progress;
    const ratio = p && p.total ? Math.min(1, (p.round + p.done / p.total) / Math.max(1, p.rounds)) : 0;
    return h('li', {'data-state': each.state, 'data-stage': each.name, 'data-done': words.DONE.includes(each.state), title: each.key && `stage key ${each.key}`},
      h('div', {class: 'stage'}, words.stage(each.name, view.method)),
      each.first && h('div', {class: 'state'}, 'made first'),
      h('div', {class: 'state num'}, words.STATES[each.state] ?? each.state, seconds > 0 && took(each.state, words.duration(seconds))),
      (running || each.state === 'PAUSED') && p && [meter(ratio, each.state, `Progress of ${words.stage(each.name, view.method)}`), h('div', {class: 'state num'}, words.progress(p))],
      (each.attempts > 1 || each.recoveries > 0) && h('div', {class: 'state', title: 'Units of work that were begun; a recovery is one that went on from a checkpoint after a death.'}, words.count(each.attempts, 'unit of work', 'units of work'), each.recoveries > 0 && [', ', h('span', {class: 'recovered'}, words.count(each.recoveries, 'recovery', 'recoveries'))]));
  }));
}

/** Completed in 3 s; reused, which took 3 s when it was computed; running, 3 s. */
const took = (state, time) => state === 'COMPLETED' ? ` in ${time}` : state === 'REUSED' ? ` (took ${time})` : `, ${time}`;

function numbers(tiles, entries) {
  tiles.hidden = entries.length < 2;
  put(tiles, entries.map(([name, value, note]) => h('div', {}, h('dt', {}, name), h('dd', {}, value, h('small', {}, note)))));
}

function identify(identity, view, replayed) {
  const groups = view.digest?.match(/.{8}/g) ?? [];
  put(identity.lastChild,
    view.digest
      ? [h('div', {class: 'digest', id: 'digest', 'aria-label': `Result digest ${view.digest}`}, groups.map(each => h('span', {}, each))),
        h('p', {class: 'actions'}, copyButton(view.digest, 'Copy the digest')),
        h('p', {class: 'hint'}, 'The digest of the result: specification, data and every number of every stage. A run that was killed on the way ends with these very digits.')]
      : h('p', {class: 'soft'}, 'The result digest appears when all stages are done.'),
    replayed && h('p', {id: 'replayed', 'data-same': String(replayed.kind === 'replayed')}, replayed.text, h('span', {class: 'by'}, ` (${words.moment(replayed.at)}, ${replayed.by})`)),
    h('br'),
    h('dl', {class: 'pairs'},
      pair('Numeric class', view.numericClass), pair('Data digest', view.dataDigest), pair('Version', view.version), pair('Started', view.started && words.moment(view.started)), pair('Ended', view.ended && words.moment(view.ended))),
    h('br'),
    files(view),
    h('details', {}, h('summary', {}, 'Specification'), h('pre', {class: 'scroll', tabindex: 0}, h('code', {}, JSON.stringify(view.specification, null, 2)))));
}

/** What it has left: architecture, weights, report. */
function files(view) {
  if (!view.artifacts.length) return null;
  return h('dl', {class: 'pairs', id: 'files'}, view.artifacts.map(each => [
    h('dt', {}, h('a', {href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${each.digest}`, download: each.kind !== 'report', target: each.kind === 'report' && '_blank', title: `SHA-256 ${each.digest}`}, each.name)),
    h('dd', {class: 'mono'}, `${each.bytes.toLocaleString('en')} bytes, ${each.digest.slice(0, 12)}…`)]));
}

const pair = (name, value) => value && [h('dt', {}, name), h('dd', {class: 'mono'}, value)];

const TONES = {
  'replayed-different': 'bad', replayed: 'good', completed: 'good', finished: 'good', reused: 'good', recovered: 'care', recovery: 'care', paused: 'care', lost: 'care', corrupt: 'bad', failed: 'bad', attention: 'bad', nondeterminism: 'bad', different: 'bad',
  cancelled: 'bad', round: 'step', running: 'step', started: 'step', resumed: 'step', retried: 'step',
};

/** Who notes most of what happens: not worth a word. */
const MACHINERY = ['espalier', 'workflow', 'api'];

const tone = kind => Object.entries(TONES).find(([word]) => kind.toLowerCase().includes(word))?.[1];

function events(log, happened, inWords) {
  const list = log.lastChild;
  const newest = [...happened].sort((a, b) => b.sequence - a.sequence);
  put(list, newest.length
    ? newest.map(each => h('li', {'data-tone': tone(each.kind)}, h('time', {datetime: each.at, title: words.moment(each.at)}, words.clock(each.at)), h('i', {class: 'mark', 'aria-hidden': 'true'}), h('span', {}, inWords(words.shortened(each.text)), each.by && !MACHINERY.includes(each.by) && h('span', {class: 'by'}, ` (${each.by})`))))
    : h('li', {class: 'empty'}, 'Nothing has happened yet.'));
}
