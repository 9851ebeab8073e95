// Many websockets in one process, as thin as can be: what is measured is the server.
import WebSocket from 'ws';
import { answer } from './processes.mjs';

let sockets = [];
let waits = [];
let count = 0;

function open(url, auth) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', reject);
    socket.on('message', (data) => {
      const text = data.toString();
      if (text === '2') return socket.send('3');
      if (text.startsWith('0')) return socket.send(`40${JSON.stringify(auth)}`);
      if (text.startsWith('40')) return resolve(socket);
      if (!text.startsWith('42["event"')) return;
      count += 1;
      // One in sixteen is timed: parsing all of them would be the bottleneck.
      if (count % 16 === 0) waits.push(Date.now() - Date.parse(/"at":"([^"]+)"/.exec(text)[1]));
    });
  });
}

const KINDS = {
  async open({ url, tokens, total }) {
    for (let at = 0; at < total; at += 50)
      sockets.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(50, total - at) }, (_, i) =>
            open(url, { token: tokens[(at + i) % tokens.length] }),
          ),
        )),
      );
    return { open: sockets.length };
  },
  async reset() {
    [waits, count] = [[], 0];
    return {};
  },
  async read() {
    waits.sort((a, b) => a - b);
    return { count, p50: waits[waits.length >> 1] ?? 0, p99: waits[Math.floor(waits.length * 0.99)] ?? 0 };
  },
  async close() {
    sockets.forEach((socket) => socket.terminate());
    sockets = [];
    return {};
  },
};

answer(({ kind, ...rest }) => KINDS[kind](rest));
