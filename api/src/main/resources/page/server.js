// Asking the server; live.js listens to it.

/** What the server refused, in its own words (application/problem+json). */
export class Problem extends Error {
  constructor(problem) {
    super(problem.detail);
    this.status = problem.status;
    this.problems = problem.problems?.length ? problem.problems : [problem.detail];
  }
}

export const get = async path => (await ask(path, {headers: {Accept: 'application/json'}})).body;

/** A part of a list: {list, total, states: how many in each}. */
export async function getPart(path) {
  const {body, headers} = await ask(path, {headers: {Accept: 'application/json'}});
  const states = {};
  for (const [name, value] of headers) if (name.startsWith('x-count-')) states[name.slice(8).replaceAll('-', '_').toUpperCase()] = Number(value);
  return {list: body, total: Number(headers.get('X-Total-Count') ?? body.length), states};
}

/** A key makes it the same wish when it is sent again: nothing is done twice. */
export const post = async (path, body, key = crypto.randomUUID()) => (await ask(path, {
  method: 'POST',
  headers: {Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key},
  body: JSON.stringify(body ?? {}),
})).body;

export const remove = async path => (await ask(path, {method: 'DELETE', headers: {Accept: 'application/json'}})).body;

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
  return {body, headers: response.headers};
}
