import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  ms: number;
  /** The server closed the connection. */
  closed: boolean;
  /** How many answers came. */
  answers: number;
}

export interface Request {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer | 'endless' | null;
}

const PATIENCE_MS = 10_000;

/** One request on a connection of its own, its target sent as it is written. */
export function send(port: number, { method, target, headers, body }: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const call = request({ host: '127.0.0.1', port, method, path: target, headers, agent: false });
    let feeding = body === 'endless';
    call.setTimeout(PATIENCE_MS, () => call.destroy(new Error('no answer')));
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (!feeding || error.code === undefined) reject(error);
    });
    call.on('response', (response) => {
      feeding = true; // what is still being written may fail now
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        call.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
          ms: performance.now() - began,
          closed: response.headers.connection === 'close',
          answers: 1,
        });
      });
    });
    if (body === 'endless') feed();
    else call.end(body ?? undefined);

    function feed(): void {
      if (call.destroyed) return;
      call.write(Buffer.alloc(64 * 1024, ' '), () => setImmediate(feed));
    }
  });
}

/** Bytes on a bare socket; what comes back until the server closes, or falls silent. */
export function sendRaw(port: number, bytes: string): Promise<Answer> {
  return new Promise((resolve) => {
    const began = performance.now();
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    let closed = false;
    socket.setTimeout(700, () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => (closed = true));
    socket.on('error', () => (closed = true));
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      const [head, ...rest] = text.split('\r\n\r\n');
      const lines = head.split('\r\n').slice(1);
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        headers: Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ') as [string, string])),
        text: rest.join('\r\n\r\n'),
        ms: performance.now() - began,
        closed,
        answers: text.split(/^HTTP\/1\.1 /m).length - 1,
      });
    });
  });
}
