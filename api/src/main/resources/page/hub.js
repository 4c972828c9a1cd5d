// One stream of the server's events for all who listen: the tabs of a browser, or one page where tabs cannot share.
// Browsers allow six connections to a server in all, so that a stream for each tab would hang the seventh.

const AGAIN = 2000;
/** Several tabs that come at once make one stream. */
const TOGETHER = 40;

export class Hub {
  #clients = new Map();
  #source = null;
  #opened = '';
  #state = null;
  #timer = null;
  #experiments = new Map();

  /**
   * @param client any object
   * @param wish {list: true} for the list, or {experiment: id, after: sequence of the last event that is known}
   * @param tell is given {name, data}; name 'state' with 'live' or 'lost' besides the names of the server
   */
  join(client, wish, tell) {
    this.#clients.set(client, {...wish, tell, seen: Date.now()});
    const known = this.#experiments.get(wish.experiment);
    if (this.#state) tell({name: 'state', data: this.#state});
    if (known?.snapshot) tell({name: 'snapshot', data: known.snapshot});
    if (known?.plots) tell({name: 'plots', data: known.plots});
    if (wish.experiment && wish.after < (known?.last ?? 0)) this.#opened = ''; // what it has missed is told again
    this.#soon();
  }

  leave(client) {
    if (this.#clients.delete(client)) this.#soon();
  }

  /** A client says that it is still there. */
  here(client) {
    const found = this.#clients.get(client);
    if (found) found.seen = Date.now();
  }

  /** Forgets clients that ended without a word. */
  forget(silentFor) {
    for (const [client, {seen}] of this.#clients) if (Date.now() - seen > silentFor) this.leave(client);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), TOGETHER);
  }

  #wanted() {
    const after = new Map();
    let list = false;
    for (const client of this.#clients.values()) {
      if (client.list) list = true;
      else after.set(client.experiment, Math.min(after.get(client.experiment) ?? Infinity, client.after));
    }
    return {list, after};
  }

  #open() {
    const {list, after} = this.#wanted();
    const subject = JSON.stringify([list, [...after.keys()].sort()]);
    if (subject === this.#opened && this.#source) return;
    this.#source?.close();
    this.#source = null;
    for (const id of this.#experiments.keys()) if (!after.has(id)) this.#experiments.delete(id);
    if (!this.#clients.size) return;
    this.#opened = subject;
    const query = new URLSearchParams();
    if (list) query.set('list', 'true');
    for (const [id, sequence] of after) query.append('experiment', `${id}:${sequence}`);
    const source = new EventSource(`/api/live?${query}`);
    this.#source = source;
    source.onopen = () => this.#is('live');
    source.onerror = () => {
      if (source !== this.#source) return;
      source.close();
      this.#source = null;
      this.#is('lost');
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#open(), AGAIN);
    };
    source.addEventListener('experiments', event => this.#tell(client => client.list, {name: 'experiments', data: JSON.parse(event.data)}));
    for (const name of ['event', 'snapshot', 'plots']) source.addEventListener(name, event => this.#hear(name, JSON.parse(event.data)));
  }

  #is(state) {
    this.#state = state;
    this.#tell(() => true, {name: 'state', data: state});
  }

  #tell(wants, message) {
    for (const client of this.#clients.values()) if (wants(client)) client.tell(message);
  }

  /** What a stream that was opened again says once more is told to nobody twice. */
  #hear(name, {experiment, data}) {
    const known = this.#experiments.get(experiment) ?? {last: 0};
    this.#experiments.set(experiment, known);
    if (name === 'event') {
      known.last = Math.max(known.last, data.sequence);
      for (const client of this.#clients.values()) {
        if (client.experiment !== experiment || data.sequence <= client.after) continue;
        client.after = data.sequence;
        client.tell({name, data});
      }
      return;
    }
    if (JSON.stringify(known[name]) === JSON.stringify(data)) return;
    known[name] = data;
    this.#tell(client => client.experiment === experiment, {name, data});
  }
}
