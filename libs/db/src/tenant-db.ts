import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import type { PoolClient, QueryResult } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isGuest, type Actor } from '@app/domain/access';
import type { NewEvent } from '@app/domain/events';
import { eventCtes, eventShape, eventValues } from './event-log';
import type { TenantRole } from './migrate';
import { allowSilence, SILENCE_MS } from './silence';

/** The workers' actor: no account. */
export const SYSTEM_ACTOR: Actor = {
  accountId: '',
  name: 'Sanad',
  role: 'system',
  hubId: null,
  hubIsNational: false,
  associationId: null,
  association: null,
  cleared: true,
  locale: 'fr',
};

export interface RunOptions {
  /** Guest: read lent tickets. System: work that a rule allows beyond the actor's own rows, after `may()`. */
  as?: 'guest' | 'system';
  /** Instant of the work; the application's clock when absent. */
  now?: Date;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RETRIED = new Set(['40001', '40P01']);
const RETRIES = 3;
/** Those who met in a deadlock must not meet again at once. */
const LONGEST_PAUSE_MS = 100;

/** One transaction under one database role and scope. Functions take a `tx` (join) or an actor (open), never both. */
export class TenantTx {
  private readonly events: NewEvent[] = [];
  /** Whether the log grows with this transaction. */
  logged = false;
  /** Whether its connection is waited for longer than others. */
  long = false;
  /** COMMIT, once it is on its way. */
  ended: Promise<QueryResult> | null = null;

  constructor(
    readonly em: EntityManager,
    readonly actor: Actor,
    public now: Date,
    private readonly client: PoolClient,
    private readonly role: TenantRole,
  ) {}

  /** Account id of the actor, null for the system and for people without an account. */
  get actorId(): string | null {
    const { role, accountId } = this.actor;
    return role === 'follower' || role === 'visitor' ? null : accountId || null;
  }

  /** Time never runs backwards on a row: a transaction that began later may have held its lock first. */
  notBefore(instant: Date): void {
    if (instant > this.now) this.now = instant;
  }

  /** A prepared statement; the plan is kept by role, because row-level security is part of it. */
  async query<Row>(name: string, text: string, values: unknown[] = []): Promise<Row[]> {
    const result = await this.client.query({ name: statementName(this.role, name), text, values });
    return result.rows as Row[];
  }

  /**
   * The last statement of the transaction, sent together with COMMIT, which saves a round trip. Only its own error undoes the work;
   * events must have been handed to it.
   */
  last<Row>(name: string, text: string, values: unknown[] = []): Promise<Row[]> {
    if (this.events.length > 0) throw new Error('Events would be lost.');
    const rows = this.query<Row>(name, text, values);
    this.commit().catch(() => undefined);
    return rows;
  }

  /** Once, however often it is asked. */
  commit(): Promise<QueryResult> {
    this.ended ??= this.client.query('commit');
    return this.ended;
  }

  /** A statement built from parts, not worth preparing; returns rows. */
  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(text, values)).rows as Row[];
  }

  /** Rows changed by a statement built from parts. */
  async affected(text: string, values: unknown[] = []): Promise<number> {
    return (await this.client.query(text, values)).rowCount ?? 0;
  }

  /** For a transaction whose statements may take longer than those of a request. */
  async allowLong(ms: number): Promise<void> {
    this.long = true;
    allowSilence(this.client, ms + SILENCE_MS);
    await this.client.query(`set local statement_timeout = ${ms}`);
  }

  /** Appends to the one log, before commit. */
  emit(event: NewEvent): void {
    this.logged = true;
    this.events.push(event);
  }

  /** Pins a member's writes to the hub that the server resolved. Sent ahead of the next statement: should it fail, that one fails too. */
  useHub(hubId: string): void {
    if (hubId === this.actor.hubId) return;
    this.client.query(setting('app.hub_id', hubId)).catch(() => undefined);
  }

  /** Hands the pending events to a statement that writes them itself. */
  takeEvents(): NewEvent[] {
    return this.events.splice(0);
  }

  /**
   * Work that may be refused without undoing what came before it; its events go with it. A deadlock or a lost connection is no refusal:
   * those end the transaction.
   */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    await this.flush();
    await this.client.query('savepoint attempt');
    try {
      const result = await work();
      await this.flush();
      await this.client.query('release savepoint attempt');
      return result;
    } catch (error) {
      this.takeEvents();
      await this.client.query('rollback to savepoint attempt');
      throw error;
    }
  }

  /** Writes what was emitted; called by TenantDb before commit. */
  async flush(): Promise<boolean> {
    const events = this.takeEvents();
    if (events.length === 0) return false;
    const { length } = events;
    const text = `with ${eventCtes(1, length)} select 1`;
    await this.query(`flush-events:${eventShape(length)}`, text, eventValues(events, this.actorId, this.now));
    return true;
  }
}

export class TenantDb {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: () => Date,
    /** Told after each commit that made the log grow, so that its readers are poked outside the transaction. */
    private readonly committed: () => void = () => undefined,
  ) {}

  /** Opens a transaction as the actor and does the whole work, again when the database asks for it (deadlock, serialization). */
  async run<T>(actor: Actor, work: (tx: TenantTx) => Promise<T>, options: RunOptions = {}): Promise<T> {
    for (let retry = 1; ; retry += 1) {
      try {
        return await this.once(actor, work, options);
      } catch (error) {
        if (retry > RETRIES || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
        await sleep(Math.random() * LONGEST_PAUSE_MS * 2 ** retry);
      }
    }
  }

  /** As the workers. */
  system<T>(work: (tx: TenantTx) => Promise<T>, now?: Date): Promise<T> {
    return this.run(SYSTEM_ACTOR, work, { now });
  }

  private async once<T>(actor: Actor, work: (tx: TenantTx) => Promise<T>, options: RunOptions): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const role = databaseRole(actor, options.as);
    sendTogether(client);
    // Sent ahead of the first statement on a pipelined connection: it costs no round trip of its own.
    const begun = client.query(openingMessage(actor, role));
    begun.catch(() => undefined);
    markOpen(runner, true);
    let broken: Error | undefined;
    const tx = new TenantTx(runner.manager, actor, options.now ?? this.clock(), client, role);
    try {
      const result = await work(tx);
      await begun;
      await tx.flush();
      const ended = await tx.commit();
      // COMMIT of a failed transaction is answered with ROLLBACK and no error: it must never be acknowledged.
      if (ended.command !== 'COMMIT') throw new Error('The transaction could not commit.');
      // A poke after mere reads would keep the readers of the log waking each other for ever.
      if (tx.logged) this.committed();
      return result;
    } catch (error) {
      await (tx.ended ?? client.query('rollback')).catch((reason: Error) => (broken = reason));
      throw error;
    } finally {
      markOpen(runner, false);
      if (tx.long) allowSilence(client);
      await release(runner, broken);
    }
  }
}

/** What is written before the process next waits leaves in one packet. */
function sendTogether(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** TypeORM must know that a transaction is open, else a nested one would commit ours and drop the role. */
function markOpen(runner: QueryRunner, open: boolean): void {
  const state = runner as unknown as { isTransactionActive: boolean; transactionDepth: number };
  state.isTransactionActive = open;
  state.transactionDepth = open ? 1 : 0;
}

async function release(runner: QueryRunner, broken: Error | undefined): Promise<void> {
  if (!broken) return runner.release();
  // A connection that could not roll back must not go back to the pool.
  await (runner as unknown as { releasePostgresConnection(error?: Error): Promise<void> }).releasePostgresConnection(
    broken,
  );
}

/** The server cuts names at 63 bytes, and two that are cut alike would be taken for one statement. */
function statementName(role: TenantRole, name: string): string {
  const full = `${role}:${name}`;
  return full.length <= 63 ? full : `${role}:${createHash('sha256').update(name).digest('base64url').slice(0, 40)}`;
}

function databaseRole(actor: Actor, as: RunOptions['as']): TenantRole {
  if (as === 'system' || actor.role === 'system') return 'sanad_system';
  if (as === 'guest' || isGuest(actor)) return 'sanad_guest';
  if (actor.role === 'member' || actor.role === 'manager') return 'sanad_member';
  if (actor.role === 'coordinator') return 'sanad_national';
  return 'sanad_hub';
}

/**
 * One message for BEGIN, role and scope; SET LOCAL costs half of what `select set_config()` does, because nothing is planned. It takes no
 * bind parameters, so only validated ids become literals.
 */
function openingMessage(actor: Actor, role: TenantRole): string {
  return [
    'begin',
    `set local role ${role}`,
    // What is lent to a hub is not lent to its experts: they see what is shared with themselves.
    setting('app.hub_id', actor.role === 'expert' ? null : actor.hubId),
    setting('app.association_id', actor.associationId),
    setting('app.account_id', actor.accountId || null),
  ].join('; ');
}

function setting(name: string, id: string | null): string {
  if (id !== null && !UUID.test(id)) throw new Error(`Scope ${name} is not an id.`);
  return `set local ${name} = '${id ?? ''}'`;
}
