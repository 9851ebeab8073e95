import { missedEnds } from '@app/domain/calls/ami';
import { agentsOfEsl, eslFields, readEsl, splitEsl, type EslMessage } from '@app/domain/calls/esl';
import type { Protocol } from './connection';
import type { Credentials, Listener } from './listener';

const EVENTS = 'CHANNEL_CREATE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE CUSTOM callcenter::info';

const LOOKS = ['show channels as json', 'callcenter_config agent list'];

/** FreeSWITCH's event socket: signs in, subscribes, asks which channels live and what its people do, then listens. */
export class EslProtocol implements Protocol {
  private step: 'login' | 'subscribe' | 'look' | 'listen' = 'login';
  private answers: string[] = [];

  constructor(
    private readonly credentials: Credentials,
    private readonly listener: Listener,
  ) {}

  /** It speaks first. */
  begin(): void {
    this.step = 'login';
  }

  take(bytes: Buffer, send: (text: string) => void): Buffer {
    const { messages, rest } = splitEsl(bytes);
    for (const message of messages) this.message(message, send);
    return Buffer.from(rest);
  }

  ping(send: (text: string) => void): void {
    if (this.step === 'listen') send('api status\n\n');
  }

  private message(message: EslMessage, send: (text: string) => void): void {
    const type = message.headers['Content-Type'];
    if (type === 'auth/request') send(`auth ${this.credentials.secret.replace(/[\r\n]/g, '')}\n\n`);
    else if (type === 'command/reply') this.replied(message, send);
    else if (type === 'api/response' && this.step === 'look') this.gather(message);
    else {
      const fields = eslFields(message);
      if (fields) this.listener.heard(readEsl(fields, this.credentials.trunks));
    }
  }

  private replied({ headers }: EslMessage, send: (text: string) => void): void {
    if (!(headers['Reply-Text'] ?? '').startsWith('+OK')) return this.listener.problem(this.step);
    if (this.step === 'login') {
      this.step = 'subscribe';
      send(`event plain ${EVENTS}\n\n`);
    } else if (this.step === 'subscribe') {
      this.step = 'look';
      this.answers = [];
      for (const look of LOOKS) send(`api ${look}\n\n`);
    }
  }

  /** Answers come in the order of the questions. */
  private gather({ body }: EslMessage): void {
    this.answers.push(body);
    if (this.answers.length < LOOKS.length) return;
    this.step = 'listen';
    const [channels, agents] = this.answers;
    const living = new Set(channelsIn(channels));
    void this.listener
      .openRoots()
      .then((open) => {
        this.listener.heard([...missedEnds(open, living), ...agentsOfEsl(agents)]);
        this.listener.ready();
      })
      .catch((error: Error) => this.listener.problem(error.message));
  }
}

function channelsIn(body: string): string[] {
  try {
    const { rows = [] } = JSON.parse(body) as { rows?: { uuid?: unknown }[] };
    return rows.flatMap(({ uuid }) => (typeof uuid === 'string' ? [uuid] : []));
  } catch {
    return [];
  }
}
