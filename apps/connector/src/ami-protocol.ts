import { missedEnds, readAmi, snapshotOf, splitAmi, type AmiMessage } from '@app/domain/calls/ami';
import type { Protocol } from './connection';
import type { Credentials, Listener } from './listener';

/** What a value may not hold: a line break would be the next field. */
const field = (text: string): string => text.replace(/[\r\n]/g, ' ');
const action = (name: string, fields: Record<string, string> = {}): string =>
  [`Action: ${name}`, ...Object.entries(fields).map(([key, value]) => `${key}: ${field(value)}`), '', ''].join('\r\n');

/** Asterisk's manager: signs in, looks at everything once, then listens. It has no replay, so each connection begins with that look. */
export class AmiProtocol implements Protocol {
  private looked: AmiMessage[] | null = null;
  private complete = new Set<string>();

  constructor(
    private readonly credentials: Credentials,
    private readonly listener: Listener,
    private readonly now: () => number,
  ) {}

  begin(send: (text: string) => void): void {
    this.looked = null;
    this.complete = new Set();
    const { username, secret } = this.credentials;
    send(action('Login', { Username: username, Secret: secret, Events: 'on', ActionID: 'login' }));
  }

  take(bytes: Buffer, send: (text: string) => void): Buffer {
    // The greeting is one line; it goes with the first message.
    const { messages, rest } = splitAmi(bytes.toString('latin1'));
    for (const message of messages) this.message(decoded(message), send);
    return Buffer.from(rest, 'latin1');
  }

  ping(send: (text: string) => void): void {
    send(action('Ping', { ActionID: 'ping' }));
  }

  private message(message: AmiMessage, send: (text: string) => void): void {
    if (message.Response === 'Error') this.listener.problem(message.ActionID === 'login' ? 'login' : 'refused');
    else if (message.ActionID === 'login' && message.Response === 'Success') this.look(send);
    else if (this.looked && message.ActionID?.startsWith('look-')) this.gather(message);
    else if (message.Event) this.listener.heard(readAmi(message, this.credentials.trunks));
  }

  private look(send: (text: string) => void): void {
    this.looked = [];
    send(action('QueueStatus', { ActionID: 'look-queues' }));
    send(action('CoreShowChannels', { ActionID: 'look-channels' }));
  }

  private gather(message: AmiMessage): void {
    this.looked!.push(message);
    if (message.Event?.endsWith('Complete')) this.complete.add(message.ActionID);
    if (this.complete.size < 2) return;
    const { events, living } = snapshotOf(this.looked!, this.now());
    this.looked = null;
    void this.listener
      .openRoots()
      .then((open) => {
        this.listener.heard([...missedEnds(open, living), ...events]);
        this.listener.ready();
      })
      .catch((error: Error) => this.listener.problem(error.message));
  }
}

/** Bytes were kept as they came, so that a name cut in the middle is whole again. */
function decoded(message: AmiMessage): AmiMessage {
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, Buffer.from(value, 'latin1').toString('utf8')]),
  );
}
