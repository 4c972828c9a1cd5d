// The page: one address bar, some views.

import {h, put, mark} from './dom.js';
import {Problem} from './server.js';
import {learn} from './words.js';
import * as experiments from './views/experiments.js';
import * as launch from './views/launch.js';
import * as experiment from './views/experiment.js';
import * as compare from './views/compare.js';
import * as follow from './views/follow.js';

const main = document.getElementById('main');
const connection = document.getElementById('connection');
const notice = document.getElementById('notice');
let leave = () => {};
let turn = 0;

const onState = state => {
  connection.dataset.state = state;
  put(connection, state === 'live' ? 'Live' : 'Reconnecting');
  notice.hidden = state === 'live';
  if (state === 'lost') {
    put(notice, 'The connection to the server is lost. This page keeps trying, and nothing is lost meanwhile: experiments go on, or wait for ',
      h('code', {}, './espalier up'), '.');
  }
};

function route() {
  const [path, parameters] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, argument] = path.split('/');
  const query = new URLSearchParams(parameters ?? '');
  if (name === 'new') return {view: launch, nav: 'new', query};
  if (name === 'compare') return {view: compare, query};
  if (name === 'follow') return {view: follow, query};
  if (name === 'experiments' && argument) return {view: experiment, argument: decodeURIComponent(argument), query};
  return {view: experiments, nav: 'list', query};
}

async function show() {
  const mine = ++turn;
  leave();
  leave = () => {};
  notice.hidden = true;
  put(connection);
  const {view, argument, nav, query} = route();
  for (const link of document.querySelectorAll('[data-nav]')) mark(link, 'aria-current', link.dataset.nav === nav && 'page');
  const stage = h('div');
  try {
    await learn();
    const end = await view.show(stage, {argument, query, onState: state => mine === turn && onState(state)});
    if (mine !== turn) {
      end?.();
      return;
    }
    leave = end ?? leave;
    put(main, stage);
  } catch (failure) {
    if (mine !== turn) return;
    if (!(failure instanceof Problem)) console.error(failure);
    if (failure.status === 0) setTimeout(() => mine === turn && show(), 3000);
    put(main, h('section', {class: 'panel'},
      h('h1', {}, failure.status === 404 ? 'Not here' : 'That did not work'),
      h('p', {class: 'soft', id: 'failure'}, failure.message),
      h('p', {}, h('a', {href: '#/'}, 'All experiments'))));
  }
}

function theme() {
  const root = document.documentElement;
  const stored = localStorage.getItem('theme');
  if (stored) root.dataset.theme = stored;
  document.getElementById('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', root.dataset.theme);
  });
}

theme();
addEventListener('hashchange', async () => {
  await show();
  scrollTo(0, 0);
  main.focus({preventScroll: true});
});
show();
