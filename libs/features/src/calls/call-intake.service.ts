import { Inject, Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { adapterOf } from '@app/domain/calls/adapters';
import type { CanonicalEvent } from '@app/domain/calls/canonical-event';
import { LOG, type Log } from '@app/platform/log';
import { CallApply } from './call-apply.service';
import { followParts, joinParts } from './call-parts';
import { rootKey, type Root } from './call-root';
import { CLAIM, keyOfBody, settle, type NewRaw, type Settled } from './call-rows';
import { applyMirror } from './mirror-writes';
import { readFields } from './webhook-body';

const BATCH = 400;

/** Understands what telephone systems have said: bodies become events, the events of a call its record. Any number of workers share it. */
@Injectable()
export class CallIntake {
  constructor(
    private readonly db: TenantDb,
    private readonly apply: CallApply,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Until nothing is new; returns how many bodies were read. */
  async drain(): Promise<number> {
    for (let total = 0; ;) {
      const done = await this.batch();
      if (done === 0) return total;
      total += done;
    }
  }

  /** One transaction: what fails as a whole is tried body by body, so that one cannot hold up the others. */
  private async batch(): Promise<number> {
    let claimed: NewRaw[] = [];
    try {
      return await this.db.system(async (tx) => {
        claimed = await tx.query<NewRaw>('pbx-claim', CLAIM, [BATCH]);
        await this.work(tx, claimed);
        return claimed.length;
      });
    } catch (error) {
      if (claimed.length === 0) throw error;
      this.log.warn({ err: (error as Error).message, bodies: claimed.length }, 'calls are read one by one');
      for (const one of claimed) await this.single(one);
      return claimed.length;
    }
  }

  private async single(one: NewRaw): Promise<void> {
    try {
      await this.db.system((tx) => this.work(tx, [one]));
    } catch (error) {
      this.log.error({ err: (error as Error).message, eventId: one.id }, 'a telephone event cannot be applied');
      await this.db.system((tx) => settle(tx, [{ ...failed(one, 'internal'), rootId: null }]));
    }
  }

  private async work(tx: TenantTx, claimed: readonly NewRaw[]): Promise<void> {
    if (claimed.length === 0) return;
    const read = await Promise.all(claimed.map(understand));
    const chained = new Set(claimed.filter((one) => one.provider === 'sipgate').map((one) => one.integrationId));
    if (chained.size > 0)
      await followParts(
        tx,
        read.filter((one) => chained.has(one.integrationId)),
      );
    await settle(tx, read);
    const roots = rootsOf(claimed, read);
    await this.apply.derive(tx, roots);
    const grown = await joinParts(
      tx,
      roots.filter((one) => chained.has(one.integrationId)),
    );
    await this.apply.derive(tx, grown, true);
    for (const [at, one] of read.entries()) {
      const states = one.canonical?.filter((event) => event.type === 'agent.state') ?? [];
      if (states.length > 0) await applyMirror(tx, claimed[at], states);
    }
  }
}

/** What the bodies are about, each once and in one order, so that two workers cannot wait for each other. */
function rootsOf(claimed: readonly NewRaw[], read: readonly Settled[]): Root[] {
  const roots = new Map<string, Root>();
  read.forEach((one, at) => {
    const { integrationId, hubId } = claimed[at];
    if (one.rootId === null) return;
    const root = { integrationId, hubId, rootId: one.rootId };
    roots.set(rootKey(root), root);
  });
  return [...roots].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, root]) => root);
}

async function understand(raw: NewRaw): Promise<Settled> {
  const adapter = adapterOf(raw.provider);
  const receivedAt = raw.receivedAt.toISOString();
  if (!adapter) return fromConnector(raw);
  const fields = await readFields(raw.body, raw.contentType);
  const understood = fields ? adapter.read(fields, { receivedAt }) : ({ problem: 'unreadable' } as const);
  if ('problem' in understood) return failed(raw, understood.problem);
  if ('ignored' in understood) return { ...failed(raw, understood.ignored), state: 'ignored' };
  return done(raw, understood.events);
}

/** A connector of ours hands in canonical events. */
function fromConnector(raw: NewRaw): Settled {
  const { events } = JSON.parse(raw.body.toString('utf8')) as { events: CanonicalEvent[] };
  const receivedAt = raw.receivedAt.toISOString();
  return done(
    raw,
    events.map((event) => ({ ...event, receivedAt })),
  );
}

function done({ id, integrationId, body }: NewRaw, events: CanonicalEvent[]): Settled {
  const ofCall = events.find((event) => event.type !== 'agent.state');
  const rootId = ofCall?.rootId.slice(0, 250) ?? null;
  const dedupKey = keyOfBody(events, body);
  return { id, integrationId, state: 'done', problem: null, dedupKey, rootId, canonical: events };
}

function failed({ id, integrationId }: NewRaw, problem: string): Settled {
  return { id, integrationId, state: 'failed', problem, dedupKey: null, rootId: null, canonical: null };
}
