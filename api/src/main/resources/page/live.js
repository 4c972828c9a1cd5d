// What the server tells by itself: by a worker that all tabs share, or by a stream of this page's own where there is none.

import {Hub} from './hub.js';

const STILL_HERE = 20_000;
let line = null;
let hear = () => {};

/** Where wishes go: {join(wish), leave()}. */
function connected() {
  line ??= shared() ?? own();
  return line;
}

function shared() {
  if (!self.SharedWorker) return null;
  let wished = null;
  const worker = new SharedWorker(new URL('./shared.js', import.meta.url), {type: 'module', name: 'espalier'});
  worker.onerror = () => { // as in browsers whose shared workers cannot be modules
    line = own();
    if (wished) line.join(wished);
  };
  worker.port.onmessage = ({data}) => hear(data);
  setInterval(() => wished && worker.port.postMessage({here: true}), STILL_HERE);
  return {
    join(wish) {
      wished = wish;
      worker.port.postMessage({join: wish});
    },
    leave() {
      wished = null;
      worker.port.postMessage({leave: true});
    },
  };
}

function own() {
  const hub = new Hub();
  return {join: wish => hub.join(hub, wish, message => hear(message)), leave: () => hub.leave(hub)};
}

/**
 * Follows what is wished for until the returned function is called. A page that nobody sees listens to nothing; when it
 * is seen again it is told what it has missed.
 *
 * @param wish {list: true} or {experiment: id}
 * @param handlers by the name of the message, each given its data
 * @param onState told 'live' or 'lost'
 */
export function follow(wish, handlers, onState) {
  let after = 0;
  let joined = false;
  let ended = false;
  const listen = message => {
    if (ended || !joined) return;
    if (message.name === 'state') onState(message.data);
    else {
      if (message.name === 'event') after = Math.max(after, message.data.sequence);
      handlers[message.name]?.(message.data);
    }
  };
  const turn = () => {
    const wanted = !ended && document.visibilityState === 'visible';
    if (wanted === joined) return;
    joined = wanted;
    if (wanted) {
      hear = listen;
      connected().join({...wish, after});
    } else connected().leave();
  };
  const away = () => {
    if (!joined) return;
    joined = false;
    connected().leave();
  };
  document.addEventListener('visibilitychange', turn);
  addEventListener('pagehide', away);
  addEventListener('pageshow', turn);
  turn();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', turn);
    removeEventListener('pagehide', away);
    removeEventListener('pageshow', turn);
    away();
  };
}
