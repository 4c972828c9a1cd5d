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
  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source.close();
  };
}
