import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPerson } from './world';

/** What somebody was told is done. */
export interface Entry {
  what: 'ticket' | 'message' | 'claim';
  id: string;
  key: string;
  by: string;
}

/** Outside of the program and of the database: one line for each acknowledgement, on disk before the next request. */
export class Ledger {
  private readonly fd: number;

  constructor(private readonly file: string) {
    this.fd = openSync(file, 'a');
  }

  add(entry: Entry): void {
    writeSync(this.fd, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.fd);
  }

  close(): Entry[] {
    closeSync(this.fd);
    const lines = readFileSync(this.file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Entry);
  }
}

export interface Answer {
  status: number;
  body: { id: string; version: number; code?: string };
}

/** A request on a connection of its own; rejects when no whole answer came. */
export function send(
  url: string,
  method: string,
  token: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method,
      agent: false,
      timeout: 15_000,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('aborted', () => reject(new Error('cut off')));
      response.on('end', () => resolve({ status: response.statusCode!, body: bodyOf(text) }));
    });
    call.end(JSON.stringify(body));
  });
}

/** What a proxy says by itself is no JSON. */
function bodyOf(text: string): Answer['body'] {
  return (/^[{]/.test(text) ? JSON.parse(text) : {}) as Answer['body'];
}

export interface Refused {
  key: string;
  error: string;
}

/** The key in letters: digits beside letters would be taken for an identity number, and masked. */
export function wordOf(key: string): string {
  return key.replace(/[0-9-]/g, (sign) => 'ghijklmnopq'['0123456789-'.indexOf(sign)]);
}

/** People who ask, reply and claim without rest, and send again with the same key what was not answered. */
export class Load {
  url: string | null = null;
  readonly unanswered: Refused[] = [];
  readonly statuses = new Map<number, number>();
  readonly keys: string[] = [];
  /** How long each answer took, and when it came. */
  readonly times: { at: number; ms: number; status: number }[] = [];
  private readonly open: { id: string; version: number }[] = [];
  private stopping = false;
  private readonly running: Promise<void>[];

  constructor(
    private readonly ledger: Ledger,
    private readonly members: TestPerson[],
    private readonly agents: TestPerson[],
    users: number,
    private readonly insistent: boolean,
  ) {
    this.running = Array.from({ length: users }, (_, index) => this.live(index));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private async live(index: number): Promise<void> {
    for (let turn = 0; !this.stopping; turn += 1) {
      await (turn % 3 === 0 || this.open.length === 0
        ? this.ask(index)
        : turn % 3 === 1
          ? this.reply(index)
          : this.claim(index));
      await sleep(20 + Math.random() * 60);
    }
  }

  private async ask(index: number): Promise<void> {
    const who = this.members[index % this.members.length];
    const key = randomUUID();
    const question = {
      subject: `Question ${wordOf(key)}`,
      body: 'Notre récépissé tarde. Que faire ?',
      categoryCode: 'CRE.04',
    };
    const answer = await this.until(key, 'POST', '/tickets', who, { 'idempotency-key': key }, question);
    if (answer?.status !== 201) return;
    this.ledger.add({ what: 'ticket', id: answer.body.id, key, by: who.accountId });
    this.open.push({ id: answer.body.id, version: 1 });
  }

  private async reply(index: number): Promise<void> {
    const ticket = this.any();
    const who = this.agents[index % this.agents.length];
    const key = randomUUID();
    const body = { kind: index % 4 === 0 ? 'note' : 'reply', body: `Réponse ${wordOf(key)}` };
    const answer = await this.until(
      key,
      'POST',
      `/tickets/${ticket.id}/messages`,
      who,
      { 'idempotency-key': key },
      body,
    );
    if (answer?.status === 201) this.ledger.add({ what: 'message', id: answer.body.id, key, by: who.accountId });
  }

  private async claim(index: number): Promise<void> {
    const ticket = this.any();
    const who = this.agents[index % this.agents.length];
    const headers = { 'if-match': `"v${ticket.version}"` };
    const answer = await this.once('', 'PUT', `/tickets/${ticket.id}/assignment`, who, headers, { assigneeId: 'me' });
    if (answer?.status === 200)
      this.ledger.add({ what: 'claim', id: ticket.id, key: String(answer.body.version), by: who.accountId });
  }

  private any(): { id: string; version: number } {
    return this.open[Math.floor(Math.random() * this.open.length)];
  }

  /** As a client that keeps its question until it has an answer. */
  private async until(
    key: string,
    ...call: [string, string, TestPerson, Record<string, string>, unknown]
  ): Promise<Answer | null> {
    this.keys.push(key);
    for (;;) {
      const answer = await this.once(key, ...call);
      if (!this.insistent) return answer;
      if (answer && answer.status < 500 && answer.body.code !== 'in_progress') return answer;
      await sleep(100);
    }
  }

  private async once(
    key: string,
    method: string,
    route: string,
    who: TestPerson,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<Answer | null> {
    while (!this.url) await sleep(20);
    const from = performance.now();
    try {
      const answer = await send(`${this.url}/api/v1${route}`, method, who.token, headers, body);
      this.times.push({ at: Date.now(), ms: performance.now() - from, status: answer.status });
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      return answer;
    } catch (error) {
      this.unanswered.push({ key, error: (error as { code?: string }).code ?? (error as Error).message });
      return null;
    }
  }
}
