// Numbers, times and names as people read them.

import {get} from './server.js';

export const STATES = {
  QUEUED: 'Queued', RUNNING: 'Running', PAUSED: 'Paused', NEEDS_ATTENTION: 'Needs attention', COMPLETED: 'Completed',
  CANCELLED: 'Cancelled', PENDING: 'To do', REUSED: 'Reused', FAILED: 'Failed', SKIPPED: 'Skipped',
};
/** The states of a stage that needs nothing more. */
export const DONE = ['COMPLETED', 'REUSED', 'SKIPPED'];
const PREDICTORS = {gnn: 'GNN', mlp: 'MLP', forest: 'Random forest', ensemble: 'Ensemble', 'neural-predictor': 'Graph convolutions', 'neural-classifier': 'Graph convolutions', 'gaussian-process': 'Gaussian process', blend: 'Gaussian processes'};
const STRATEGIES = {genetic: 'Genetic', regularized: 'Regularised', local: 'Local search', random: 'Random search'};

/** An operator where there is little room: beside its symbol that will do. */
export const operatorShort = name => operator(name).replace(/^(conv|avg pool|max pool) /, (_, kind) => kind === 'conv' ? '' : 'pool ');

let methods = null;
let spaces = null;
let operators = new Map();

/** Asks the server once what its methods, their stages and its spaces are called. */
export async function learn() {
  if (methods) return;
  const [allMethods, allSpaces] = await Promise.all([get('/api/methods'), get('/api/spaces')]);
  spaces = new Map(allSpaces.map(each => [each.name, each]));
  operators = new Map(allSpaces.flatMap(space => space.operators.map(each => [each.name, each])));
  const colours = new CSSStyleSheet();
  colours.replaceSync([...operators.values()].map(each => `[data-operator="${CSS.escape(each.name)}"] { --operator: ${each.color}; }`).join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, colours];
  methods = new Map(allMethods.map(each => [each.name, each]));
}

/** Whether the server has a method of that name. */
export const knows = name => methods.has(name);
export const method = name => methods.get(name)?.title ?? name;
export const space = name => capital(spaces.get(name)?.title ?? name);
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
/** A stage, as its method calls it; one that another method's experiment begins with names its own. */
export const stage = (name, method) => {
  const [own, first] = name.split(':').reverse();
  return methods.get(first ?? method)?.stageTitles[own] ?? methods.get(name)?.title ?? name;
};
/** The stages of an experiment, those of each method that it begins with as one, which goes by the method. */
export function stagesInShort(stages) {
  const short = [];
  for (const [name, group] of Map.groupBy(stages, each => each.name.includes(':') ? each.name.split(':')[0] : each.name)) {
    short.push(group[0].name === name ? group[0] : together(name, group));
  }
  return short;
}

function together(name, group) {
  const inHand = group.find(each => !DONE.includes(each.state)) ?? group.at(-1);
  const sum = what => group.reduce((all, each) => all + each[what], 0);
  const own = stage(inHand.name);
  const shared = group.filter(each => !each.name.endsWith(':prepare-data'));
  const state = DONE.includes(inHand.state) ? (shared.every(each => each.state === 'REUSED') ? 'REUSED' : 'COMPLETED')
    : inHand.state === 'PENDING' && group[0].state !== 'PENDING' ? 'RUNNING' : inHand.state;
  return {
    name, first: true, key: '', state, started: null, attempts: sum('attempts'), recoveries: sum('recoveries'),
    seconds: sum('seconds') + (inHand.state === 'RUNNING' && inHand.started ? since(inHand.started) - inHand.seconds : 0),
    progress: inHand.progress && {...inHand.progress, note: [own.toLowerCase(), inHand.progress.note].filter(Boolean).join(', ')},
  };
}
export const predictor = name => PREDICTORS[name] ?? name;
export const strategy = name => STRATEGIES[name] ?? name;
export const operator = name => operators.get(name)?.title ?? name;
/** The shape that stands for an operator everywhere, beside its colour: the attributes of an SVG path around the origin. */
export const symbol = name => {
  const {symbol: d, turned} = operators.get(name) ?? {symbol: 'M0-5.2A5.2 5.2 0 1 1 0 5.2A5.2 5.2 0 1 1 0-5.2z', turned: 0};
  return {d, transform: turned ? `rotate(${turned})` : null};
};
/** All spaces, and those that a method can search. */
export const spacesOf = method => (methods.get(method)?.schema.properties?.space?.enum ?? [...spaces.keys()]).map(name => spaces.get(name)).filter(Boolean);
/** The methods that are given one architecture, such as a training. */
export const ofOneArchitecture = () => [...methods.values()].filter(each => each.schema.properties?.architecture).map(each => each.name);
/** An edge, after its type of cell where there are several. */
export const edge = ({cell, target, source}) => `${cell ? `${cell} ` : ''}${target} ← ${source}`;

/** A ratio as a percentage: 52.3 %. */
export const percent = (ratio, digits = 1) => ratio === null || ratio === undefined ? '–' : `${(100 * ratio).toFixed(digits)} %`;

/** The same for the marks of an axis, with as many digits as neighbours need to differ. */
export const percentOn = ([low, high]) => t => percent(t, high - low < .004 ? 2 : high - low < .04 ? 1 : 0);

/** A relative change with its sign: +12.3 %. */
export function change(ratio) {
  if (ratio === null || ratio === undefined) return 'singular';
  const size = Math.abs(100 * ratio);
  return `${ratio < 0 ? '−' : '+'}${size >= 1000 ? Math.round(size).toLocaleString('en') : size.toFixed(1)} %`;
}

/** A text with the beginnings of its digests. */
export const shortened = text => text.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');

/** A difference of ratios in percentage points: +1.42 points. */
export const points = ratio => `${signed(ratio)} points`;

/** The same without its unit. */
export const signed = (ratio, digits = 2) => `${ratio < 0 ? '−' : '+'}${Math.abs(100 * ratio).toFixed(digits)}`;

/** Multiply-accumulates in millions: 14.5 M. */
export const millions = macs => `${(macs / 1e6).toPrecision(3)} M`;

export const milliseconds = value => `${number(value)} ms`;

/** Three significant figures, thousands grouped. */
export function number(value) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** 0.4 s, 38 s, 3 min 12 s, 2 h 05 min, 3 d 4 h; no line ends between a number and its unit. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 10) return `${seconds.toFixed(1)}\u00a0s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}\u00a0s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${pad(whole % 60)}\u00a0s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}\u00a0h ${pad(minutes % 60)}\u00a0min` : `${Math.floor(hours / 24)}\u00a0d ${hours % 24}\u00a0h`;
}

const pad = n => String(n).padStart(2, '0');

/** Seconds between an instant and now, or another instant. */
export const since = (instant, until) => Math.max(0, ((until ? Date.parse(until) : Date.now()) - Date.parse(instant)) / 1000);

export function ago(instant) {
  const seconds = since(instant);
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86400) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} d ago`;
}

export const clock = instant => new Date(instant).toLocaleTimeString('en-GB');
export const moment = instant => new Date(instant).toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'short'});
export const count = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;

/** What a stage is doing, from its progress. */
export function progress({round, rounds, done, total, unit, note}) {
  const parts = [];
  if (rounds > 1) parts.push(`round ${Math.min(round + 1, rounds)} of ${rounds}`);
  if (total > 0) parts.push(`${done} of ${total} ${unit}`);
  if (note) parts.push(note);
  return parts.join(', ');
}

/** Bytes as disks are sold. */
export function bytes(value) {
  const [size, unit] = value >= 1e9 ? [value / 1e9, 'GB'] : value >= 1e6 ? [value / 1e6, 'MB'] : value >= 1e3 ? [value / 1e3, 'kB'] : [value, 'B'];
  return `${unit === 'B' ? size : size >= 100 ? Math.round(size) : size.toPrecision(3)} ${unit}`;
}

/** What people call an experiment: its name, and its tags each behind a sign. */
export const called = ({name = '', tags = []} = {}) => [name, ...tags.map(tag => `#${tag}`)].filter(Boolean).join(' ');
