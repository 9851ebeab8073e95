// The bare limit: Socket.IO alone, one room, the same event.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { answer } from './processes.mjs';

const http = createServer().listen(0, '127.0.0.1');
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => void socket.join('all'));

answer(async ({ kind, perSecond, seconds, poke }) => {
  if (kind === 'url') return { url: `http://127.0.0.1:${http.address().port}` };
  let sent = 0;
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      io.to('all').emit('event', { ...poke, at: new Date().toISOString() });
      if (++sent < perSecond * seconds) return;
      clearInterval(timer);
      resolve();
    }, 1000 / perSecond);
  });
  return { sent };
});
