// Numbers, times and names as people read them.

export const STATES = {
  QUEUED: 'Queued', RUNNING: 'Running', PAUSED: 'Paused', NEEDS_ATTENTION: 'Needs attention', COMPLETED: 'Completed',
  CANCELLED: 'Cancelled', PENDING: 'To do', REUSED: 'Reused', FAILED: 'Failed', SKIPPED: 'Skipped',
};
const METHODS = {'te-nas': 'TE-NAS'};
const SPACES = {'nas-bench-201': 'NAS-Bench-201'};
const STAGES = {'prepare-data': 'Prepare data', prune: 'Prune', evaluate: 'Train and compare', report: 'Report'};
const OPERATORS = {none: 'none', skip_connect: 'skip', nor_conv_1x1: 'conv 1×1', nor_conv_3x3: 'conv 3×3', avg_pool_3x3: 'avg pool 3×3'};

const SHORT = {none: 'none', skip_connect: 'skip', nor_conv_1x1: '1×1', nor_conv_3x3: '3×3', avg_pool_3x3: 'pool'};

/** An operator where there is little room. */
export const operatorShort = name => SHORT[name] ?? name;
export const method = name => METHODS[name] ?? name;
export const space = name => SPACES[name] ?? name;
export const stage = name => STAGES[name] ?? name;
export const operator = name => OPERATORS[name] ?? name;
export const edge = ({target, source}) => `${target} ← ${source}`;

/** A ratio as a percentage: 52.3 %. */
export const percent = (ratio, digits = 1) => ratio === null || ratio === undefined ? '–' : `${(100 * ratio).toFixed(digits)} %`;

/** A relative change with its sign: +12.3 %. */
export function change(ratio) {
  if (ratio === null || ratio === undefined) return 'singular';
  const size = Math.abs(100 * ratio);
  return `${ratio < 0 ? '−' : '+'}${size >= 1000 ? Math.round(size).toLocaleString('en') : size.toFixed(1)} %`;
}

/** Three significant figures, thousands grouped. */
export function number(value) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** 0.4 s, 38 s, 3 min 12 s, 2 h 05 min, 3 d 4 h. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${pad(whole % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${pad(minutes % 60)} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
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
