// Asking the server, and listening to it.

/** What the server refused, in its own words (application/problem+json). */
export class Problem extends Error {
  constructor(problem) {
    super(problem.detail);
    this.status = problem.status;
    this.problems = problem.problems?.length ? problem.problems : [problem.detail];
  }
}

export const get = path => ask(path, {headers: {Accept: 'application/json'}});

export const post = (path, body) => ask(path, {
  method: 'POST',
  headers: {Accept: 'application/json', 'Content-Type': 'application/json'},
  body: JSON.stringify(body ?? {}),
});

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem({status: 0, detail: 'The server does not answer. Is it running? Start it with: ./espalier up'});
  }
  const text = await response.text();
  const body = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Problem(body ?? {status: response.status, detail: response.statusText});
  return body;
}

/**
 * Follows a stream of events until the returned function is called. A lost connection is told at once and taken up
 * again by the browser; where the browser gives up, it is taken up here.
 *
 * @param handlers by event name, each given the event's data
 * @param onState told 'live' or 'lost'
 */
export function follow(path, handlers, onState) {
  let source;
  let timer;
  let last = '';
  let closed = false;
  const open = () => {
    source = new EventSource(last ? `${path}?after=${encodeURIComponent(last)}` : path);
    source.onopen = () => onState('live');
    source.onerror = () => {
      if (closed) return;
      onState('lost');
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, 3000);
    };
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, event => {
        if (event.lastEventId) last = event.lastEventId;
        handle(JSON.parse(event.data));
      });
    }
  };
  const leave = () => {
    clearTimeout(timer);
    source.close();
  };
  // A page that the browser keeps for the way back would hold one of its six connections to this server.
  const comeBack = event => event.persisted && open();
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  open();
  return () => {
    closed = true;
    leave();
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', comeBack);
  };
}
