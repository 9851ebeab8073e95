import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, Poke, ServerToClientEvents } from '@app/contract/realtime';

/** A socket that keeps what it was told. */
export type Listener = Socket<ServerToClientEvents, ClientToServerEvents> & { pokes: Poke[] };

export async function listen(url: string, token: string): Promise<Listener> {
  const socket = io(url, {
    transports: ['websocket'],
    auth: { token },
    forceNew: true,
    reconnection: false,
  }) as Listener;
  socket.pokes = [];
  socket.on('event', (poke) => socket.pokes.push(poke));
  await new Promise<void>((resolve, reject) => {
    socket.once('ready', () => resolve());
    socket.once('connect_error', reject);
  });
  return socket;
}

export async function watch(socket: Listener, ticketId: string): Promise<boolean> {
  return (await socket.timeout(20_000).emitWithAck('watch', { ticketId })).ok;
}
