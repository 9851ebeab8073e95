import { randomUUID } from 'node:crypto';
import type { MessageView } from '@app/features/tickets/message-view.dto';
import type { TicketSummary, TicketView } from '@app/features/tickets/ticket-view.dto';
import type { Role } from '@app/domain/ticket';

/** What crosses JSON: instants arrive as text. */
type Json<T> = T extends Date
  ? string
  : T extends (infer One)[]
    ? Json<One>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;
export type Ticket = Json<TicketView>;
export type TicketLine = Json<TicketSummary>;
export type Message = Json<MessageView>;

export interface Session {
  token: string;
  name: string;
  membership: { role: Role };
}

/** An answer of the API that is not the one hoped for. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** The guarded API, as any program uses it. */
export class LiveApi {
  private session: Session | null = null;

  constructor(private readonly url: string) {}

  async signIn(email: string, password: string): Promise<Session> {
    this.session = await this.send<Session>('POST', '/sessions', { email, password });
    return this.session;
  }

  get token(): string {
    return this.session!.token;
  }

  async list(): Promise<TicketLine[]> {
    const query = this.isRequester() ? 'limit=25' : 'open=true&sort=due&limit=25';
    return (await this.send<{ items: TicketLine[] }>('GET', `/tickets?${query}`)).items;
  }

  ticket(idOrReference: string): Promise<Ticket> {
    return this.send('GET', `/tickets/${encodeURIComponent(idOrReference)}`);
  }

  async messages(ticketId: string): Promise<Message[]> {
    return (await this.send<{ items: Message[] }>('GET', `/tickets/${ticketId}/messages`)).items;
  }

  async claim(reference: string): Promise<Ticket> {
    const { id, version } = await this.ticket(reference);
    return this.send('PUT', `/tickets/${id}/assignment`, { assigneeId: 'me' }, { 'if-match': `"v${version}"` });
  }

  /** The key stays the same when the connection breaks and the request is sent again: it has one effect. */
  async say(reference: string, kind: 'reply' | 'note', body: string): Promise<Ticket> {
    const { id, lastMessageId } = await this.ticket(reference);
    const reply = this.isRequester()
      ? {}
      : { outcome: 'answered', ...(lastMessageId && { seenMessageId: lastMessageId }) };
    const message = { kind, body, ...(kind === 'reply' ? reply : {}) };
    const headers = { 'idempotency-key': randomUUID() };
    const send = () => this.send('POST', `/tickets/${id}/messages`, message, headers);
    await send().catch((error) => {
      if (error instanceof ApiProblem) throw error;
      return send();
    });
    return this.ticket(id);
  }

  private isRequester(): boolean {
    const role = this.session?.membership.role;
    return role === 'member' || role === 'manager';
  }

  private async send<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(this.session ? { authorization: `Bearer ${this.session.token}` } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok) {
      throw new ApiProblem(response.status, String(answer.code ?? ''), String(answer.detail ?? response.statusText));
    }
    return answer as T;
  }
}
