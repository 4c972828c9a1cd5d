// Small pieces that several views use.

import {h, s} from './dom.js';
import {STATES} from './words.js';

const GLYPHS = {
  COMPLETED: 'M2 6.5 5 9.5 10 3', REUSED: 'M2 6.5 5 9.5 10 3', PAUSED: 'M4 2.5v7M8 2.5v7', NEEDS_ATTENTION: 'M6 2v5M6 9.8v.2',
  FAILED: 'M6 2v5M6 9.8v.2', CANCELLED: 'M3 3l6 6M9 3l-6 6', SKIPPED: 'M3 6h6', QUEUED: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6M6 3.6V6l1.7 1.2', PENDING: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6M6 3.6V6l1.7 1.2',
};

/** A state as a word with a sign, never by colour alone. */
export function badge(state) {
  const path = GLYPHS[state];
  return h('span', {class: 'badge', 'data-state': state},
    s('svg', {viewBox: '0 0 12 12', 'aria-hidden': 'true', class: path ? null : 'spin', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linecap': 'round'},
      s('path', {d: path ?? 'M6 1.5a4.5 4.5 0 1 1-4.5 4.5'})),
    STATES[state] ?? state);
}

/** A bar that fills up; ratio 0 to 1. */
export function meter(ratio, state, label) {
  const fill = h('i');
  fill.style.transform = `scaleX(${ratio})`;
  return h('div', {class: 'meter', 'data-state': state, role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(100 * ratio)}, fill);
}

/** What may be wider than its panel: it scrolls by itself, by keyboard too. */
export function scrolling(label, content) {
  return h('div', {class: 'scroll table-wrap', tabindex: 0, role: 'group', 'aria-label': label}, content);
}

/** A text with a button that copies it. */
export function copyButton(text, label) {
  const button = h('button', {type: 'button', class: 'tiny', 'aria-label': label}, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return button;
}

/** What was refused, every problem of it. */
export function refusal(failure) {
  const problems = failure.problems ?? [failure.message];
  return h('div', {class: 'problem', role: 'alert'},
    h('b', {}, problems.length > 1 ? `${problems.length} things to mend` : 'This needs mending'),
    h('ul', {}, problems.map(problem => h('li', {}, problem))));
}

/**
 * The width in pixels that a drawing has in a panel of so many of the twelve columns. Drawings are made for it, so that
 * their letters are as large as those around them, on a phone too.
 */
export function room(span) {
  const page = Math.min(innerWidth, 1240) - (innerWidth > 720 ? 40 : 29);
  const panel = innerWidth > 980 ? (page - 11 * 17.6) / 12 * span + (span - 1) * 17.6 : page;
  return Math.round(panel - (innerWidth > 720 ? 43 : 35));
}

let tip;
let tipped_;

document.addEventListener('redrawn', () => tipped_?.isConnected === false && hideTip());

/** Shows a note beside the pointer, or beside an element that has the focus. */
export function showTip(target, point, ...children) {
  hideTip();
  tipped_ = target;
  tip = h('div', {class: 'tip', role: 'tooltip'}, children);
  document.body.append(tip);
  const box = target.getBoundingClientRect();
  const x = point?.x ?? box.x + box.width / 2;
  const y = point?.y ?? box.y + box.height / 2;
  const size = tip.getBoundingClientRect();
  const left = x + 16 + size.width > innerWidth ? x - 16 - size.width : x + 16;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.min(Math.max(8, y - size.height / 2), innerHeight - size.height - 8)}px`;
}

export function hideTip() {
  tip?.remove();
  tip = tipped_ = undefined;
}

/** Lets an element show a note under the pointer and on focus. */
export function tipped(element, content) {
  element.addEventListener('pointermove', event => showTip(element, {x: event.clientX, y: event.clientY}, content()));
  element.addEventListener('pointerleave', hideTip);
  element.addEventListener('focus', () => showTip(element, null, content()));
  element.addEventListener('blur', hideTip);
  return element;
}

/**
 * One stop for the Tab key on many points, each with a name of its own; the arrow keys go from point to point.
 */
export function roving(container, points) {
  points.forEach((point, i) => point.setAttribute('tabindex', i === 0 ? 0 : -1));
  container.addEventListener('focusin', event => {
    if (!points.includes(event.target)) return;
    for (const point of points) point.setAttribute('tabindex', point === event.target ? 0 : -1);
  });
  container.addEventListener('keydown', event => {
    const by = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    const at = points.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    const next = points[(at + by + points.length) % points.length];
    points[at].setAttribute('tabindex', -1);
    next.setAttribute('tabindex', 0);
    next.focus();
  });
  return points;
}
