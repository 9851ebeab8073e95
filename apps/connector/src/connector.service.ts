import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import {
  claimListening,
  noteConnection,
  openRoots,
  releaseListening,
  type ListenedIntegration,
} from '@app/features/calls/listened-integrations';
import { RawEvents } from '@app/features/calls/raw-events';
import { Clock } from '@app/platform/clock';
import { LOG, type Log } from '@app/platform/log';
import { AmiProtocol } from './ami-protocol';
import { Connection } from './connection';
import { EslProtocol } from './esl-protocol';
import type { Listener } from './listener';

const LOOK_MS = 2_000;

/** Listens to every telephone system that has to be called on: one line for each, held by one process. */
@Injectable()
export class ConnectorService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly me = randomUUID();
  private readonly lines = new Map<string, { connection: Connection; version: number; writes: Promise<unknown> }>();
  private readonly raw: RawEvents;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  /** Shorter in tests. */
  firstRetryMs: number | undefined;

  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.raw = new RawEvents(db);
  }

  onApplicationBootstrap(): void {
    const again = (): void => {
      this.looking = this.look()
        .catch((error: Error) => this.log.warn({ err: error.message }, 'integrations could not be read'))
        .then(() => void (this.timer = setTimeout(again, LOOK_MS)));
    };
    again();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.looking;
    if (this.timer) clearTimeout(this.timer);
    for (const { connection } of this.lines.values()) connection.stop();
    await Promise.all([...this.lines.values()].map((line) => line.writes));
    await this.db.system((tx) => releaseListening(tx, this.me));
  }

  /** Takes what nobody listens to, lets go of what was taken from it or changed. */
  private async look(): Promise<void> {
    const mine = await this.db.system((tx) => claimListening(tx, this.me));
    for (const [id, line] of this.lines) {
      const still = mine.find((one) => one.id === id);
      if (still?.version === line.version) continue;
      line.connection.stop();
      this.lines.delete(id);
    }
    for (const one of mine) if (!this.lines.has(one.id)) this.open(one);
  }

  private open(integration: ListenedIntegration): void {
    const { id, provider, host, port, username, secret, trunkContexts: trunks } = integration;
    const credentials = { username, secret, trunks };
    const note = (problem: string | null): void =>
      void this.db
        .system((tx) => noteConnection(tx, id, problem))
        .catch((error: Error) => this.log.warn({ err: error.message }, 'state of a connector could not be kept'));
    const listener: Listener = {
      heard: (events) => this.keep(integration, events),
      // What was heard before is applied first.
      openRoots: async () => {
        await this.lines.get(id)?.writes;
        return this.db.system((tx) => openRoots(tx, id));
      },
      ready: () => {
        connection.settled();
        note(null);
      },
      problem: (what) => connection.fail(what),
    };
    const protocol =
      provider === 'asterisk'
        ? new AmiProtocol(credentials, listener, () => this.clock.now().getTime())
        : new EslProtocol(credentials, listener);
    const watcher = { connected: () => undefined, lost: (problem: string) => note(problem) };
    const connection = new Connection({ host, port }, protocol, watcher, this.firstRetryMs);
    this.lines.set(id, { connection, version: integration.version, writes: Promise.resolve() });
    connection.start();
  }

  /** Bodies of one system are kept in the order in which they were heard. */
  private keep({ id: integrationId, hubId }: ListenedIntegration, events: readonly CanonicalEvent[]): void {
    const line = this.lines.get(integrationId);
    if (!line || events.length === 0) return;
    const receivedAt = this.clock.now();
    for (const body of bodiesOf(events)) {
      const written = this.raw.store({ integrationId, hubId, receivedAt, contentType: 'application/json', body });
      line.writes = Promise.all([line.writes, written]).catch((error: Error) =>
        this.log.error({ err: error.message }, 'an event of a telephone system was lost'),
      );
    }
  }
}

/** Events of calls one by one, so that each has its key; a look at people and queues is one. */
function bodiesOf(events: readonly CanonicalEvent[]): Buffer[] {
  const states = events.filter((event) => event.type === 'agent.state');
  const calls = events.filter((event) => event.type !== 'agent.state').map((event) => [event]);
  return [...calls, ...(states.length > 0 ? [states] : [])].map((one) => Buffer.from(JSON.stringify({ events: one })));
}
