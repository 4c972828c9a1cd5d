// A training: its network, its curves, and what it came to.

import {h, put, panel} from '../dom.js';
import {copyButton, room} from '../parts.js';
import {curves} from '../charts/curves.js';
import * as words from '../words.js';

/** What launching by a preset takes. */
export const presets = {
  quick: 'Minutes on two cores: a small network, 2,000 images, 5 epochs.',
  'nas-bench-201': 'As NAS-Bench-201 was made: 200 epochs on all images.',
  'darts-cifar': 'As DARTS trains on CIFAR: 600 epochs, cutout, drop-path, an auxiliary head.',
  'darts-imagenet': 'As PC-DARTS trains on ImageNet: 250 epochs, warm-up, smoothed labels.',
};

/** Settings that one may want to change. */
export const overrides = 'evaluation.epochs=30\nnetwork.cells=5';

export function findings() {
  const network = panel('span-5', 'The architecture', null, h('div'));
  const learning = panel('span-7', 'Learning', 'Loss on the training images; accuracy on images held out.', h('div'));
  const parts = [
    [network, (view, plots) => [plots.architecture, plots.training?.weights], drawNetwork],
    [learning, (view, plots) => [plots.training, plots.epochs], drawLearning],
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

function tiles(view, {training, parameters, macs, epochs}) {
  const last = training?.validation.at(-1);
  return [
    training?.testAccuracy != null && ['Test accuracy', words.percent(training.testAccuracy), 'on images never looked at before'],
    last && ['Validation accuracy', words.percent(last[1]), `after epoch ${last[0]} of ${epochs}`],
    training?.loss.length > 0 && ['Training loss', training.loss.at(-1)[1].toFixed(3), 'mean of the last epoch'],
    ['Parameters', words.number(parameters), `${words.number(macs)} multiply-adds`],
  ].filter(Boolean);
}

function drawNetwork(body, view, {architecture, training}) {
  const drawing = `/api/spaces/${encodeURIComponent(view.space)}/drawing?architecture=${encodeURIComponent(architecture)}`;
  put(body, h('img', {class: 'drawn', src: drawing, alt: `Drawing of ${architecture}`}),
    h('p', {class: 'hint'}, h('code', {id: 'architecture'}, architecture)),
    h('p', {class: 'actions'}, copyButton(architecture, 'Copy the architecture'), h('a', {class: 'button tiny', href: drawing, download: `${view.id}.svg`}, 'SVG'),
      training?.weights && h('a', {class: 'button tiny', href: `/api/experiments/${encodeURIComponent(view.id)}/artifacts/${training.weights}`, download: true}, 'Trained weights')));
}

function drawLearning(body, view, {training}) {
  const half = innerWidth > 700 ? Math.floor((room(7) - 23) / 2) : room(7);
  const drawn = [
    ['Validation accuracy', training?.validation ?? [], value => words.percent(value, 0)],
    ['Training loss', training?.loss ?? [], value => value.toFixed(1)],
  ].filter(([, points]) => points.length > 1);
  put(body, drawn.length
    ? h('div', {class: 'two-up'}, drawn.map(([title, points, format]) => h('div', {}, h('h3', {}, title),
      curves([{role: 'found', points}], {title, across: 'epoch', format, floor: 0, width: half}))))
    : h('p', {class: 'empty'}, 'The curves are drawn here, epoch by epoch.'));
}
