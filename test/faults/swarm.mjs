// Many clients in one process; asked by message. What counts as known is the newest place in the log, from the greeting or from a poke.
import { io } from 'socket.io-client';

const sockets = [];
let newest = 0n;

function open({ url, tokens, sockets: count }) {
  for (let index = 0; index < count; index++) {
    const socket = io(url, {
      transports: ['websocket'],
      auth: { token: tokens[index % tokens.length] },
      forceNew: true,
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 15_000,
      randomizationFactor: 1,
      timeout: 60_000,
    });
    const one = { socket, ready: false, known: 0n };
    const hear = ({ xid }) => {
      const place = BigInt(xid);
      if (place > one.known) one.known = place;
      if (place > newest) newest = place;
    };
    socket.on('ready', ({ cursor }) => ((one.ready = true), hear(cursor)));
    socket.on('event', ({ cursor }) => hear(cursor));
    socket.on('disconnect', () => (one.ready = false));
    sockets.push(one);
  }
}

process.on('message', (message) => {
  if (message.kind === 'open') open(message);
  if (message.kind === 'deaf')
    for (const { socket } of sockets) {
      socket.io.reconnection(false);
      socket.io.engine.transport.ws._socket?.pause();
    }
  process.send({
    ready: sockets.filter((one) => one.ready).length,
    behind: sockets.filter((one) => one.known < newest).length,
  });
});
process.on('disconnect', () => process.exit(0));
