// The one worker that all tabs of a browser share: it holds their only connection to the server's events.

import {Hub} from './hub.js';

const SILENT = 70_000;
const hub = new Hub();

self.onconnect = ({ports: [port]}) => {
  port.onmessage = ({data}) => {
    if (data.join) hub.join(port, data.join, message => port.postMessage(message));
    else if (data.leave) hub.leave(port);
    else hub.here(port);
  };
};

setInterval(() => hub.forget(SILENT), SILENT / 3);
