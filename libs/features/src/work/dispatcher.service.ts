import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { isReady } from '@app/domain/work/candidates';
import { dispatch } from '@app/domain/work/dispatch';
import { assignmentMode } from '@app/domain/work/assignment-mode';
import { localParts } from '@app/domain/zone';
import { IntakeService } from './intake.service';
import { makeOffers, type OfferRow } from './offer-writes';
import { OffersService } from './offers.service';
import { OverflowService } from './overflow.service';
import { agentOf } from './presence.service';
import { databaseTime, lockAgent, readAgents, readWaiting, type AgentKey } from './work-rows';
import { noteWaits } from './waiting-reasons';
import { endWrapUps, expireOffers, loseAgents, orphans, settleTickets, signOffLost } from './work-sweep';

/** First half of the two-number advisory locks: the second is the hub. */
const DISPATCH_LOCK = 4_202;
const SWEEP_EVERY_MS = 1_000;

/** Agents who could take something, held until the offers are committed; whoever is being changed just now is left for the next tick. */
const FREE = `
  select account_id as "accountId", hub_id as "hubId" from agent_state
  where hub_id = any ($1) and presence = 'available' and pending_presence is null and heartbeat_at >= clock_timestamp() - interval '30 s'
  order by account_id, hub_id for update skip locked`;

const PEOPLE = `select account_id as "accountId", hub_id as "hubId" from agent_state where hub_id = any ($1) and presence = 'available'`;

const HUBS = `
  select h.id, h.code, (select s.value from setting s where s.key = 'assignment_mode') as mode,
    exists (select from work_item i where i.hub_id = h.id and i.state in ('new', 'queued', 'offered', 'accepted', 'active', 'held', 'wrap_up')) as work,
    exists (select from agent_state a where a.hub_id = h.id and a.presence not in ('offline', 'disconnected')) as people,
    exists (select from queue q where q.hub_id = h.id and q.overflow_code is not null) as chains,
    exists (select from hub_agreement a where a.from_hub_id = h.id and a.what @> '{overflow}') as neighbours,
    exists (select from agent_state a where a.hub_id = h.id and a.presence = 'disconnected') as lost
  from hub h order by h.id`;

interface HubState {
  id: string;
  code: string;
  mode: unknown;
  work: boolean;
  people: boolean;
  /** Queues that overflow into others. */
  chains: boolean;
  neighbours: boolean;
  /** Somebody is disconnected. */
  lost: boolean;
}

/**
 * Brings waiting work and free agents together. Every process runs it; a lock of the transaction lets one at a time serve a hub, and
 * nothing is held between transactions, so that what a killed process had begun is free at once.
 */
@Injectable()
export class DispatcherService {
  private sweptAt = 0;

  constructor(
    private readonly db: TenantDb,
    private readonly intake: IntakeService,
    private readonly offers: OffersService,
    private readonly overflow: OverflowService,
  ) {}

  /** One tick over all hubs; returns how many offers were made. */
  async tick(): Promise<number> {
    const hubs = await this.db.system((tx) => tx.query<HubState>('work-hubs', HUBS));
    const sweeps = performance.now() - this.sweptAt >= SWEEP_EVERY_MS;
    if (sweeps) this.sweptAt = performance.now();
    let made = 0;
    const offer = async (id: string): Promise<void> => void (made += (await this.dispatch(id)) ?? 0);
    const parts: (() => Promise<unknown>)[] = hubs.flatMap((hub) => [
      ...(hub.work || hub.people ? [() => this.expire(hub.id)] : []),
      ...(sweeps && hub.work ? [() => this.alone(hub.id, (tx) => settleTickets(tx, hub.id))] : []),
      ...(hub.work ? [() => offer(hub.id)] : []),
    ]);
    // Nobody waits for an offer because another hub is being looked through.
    if (sweeps) parts.push(...hubs.flatMap((hub) => this.sweeps(hub)));
    await eachOnItsOwn(parts);
    return made;
  }

  /** Tickets of hubs without offers that nobody there can take; beside the tick, which must not wait for it. */
  async overflowAll(): Promise<void> {
    const hubs = await this.db.system((tx) => tx.query<HubState>('work-hubs', HUBS));
    const giving = hubs.filter((hub) => hub.neighbours && assignmentMode(hub.mode, hub) !== 'offers');
    await eachOnItsOwn(giving.map((hub) => () => this.overflow.toNeighbours(hub.id)));
  }

  /** What need not be looked at four times a second. */
  private sweeps(hub: HubState): (() => Promise<unknown>)[] {
    const { id, chains, work, lost } = hub;
    const offers = assignmentMode(hub.mode, hub) === 'offers';
    return [
      ...(chains ? [() => this.alone(id, (tx) => this.overflow.byQueue(tx, id))] : []),
      ...(offers ? [() => this.adopt(id)] : []),
      ...(work ? [() => this.explain(id)] : []),
      ...(lost ? [() => this.alone(id, (tx) => signOffLost(tx, id))] : []),
    ];
  }

  /** Offers that ran out, agents that were lost, wrap-ups that are over. */
  async expire(hubId: string): Promise<void> {
    await this.alone(hubId, async (tx) => {
      await expireOffers(tx, hubId);
      await loseAgents(tx, hubId);
      await endWrapUps(tx, hubId);
    });
  }

  /** One round of offers in a hub; null when another process is at it. */
  dispatch(hubId: string): Promise<number | null> {
    return this.alone(hubId, async (tx) => {
      const helpers = await helpersOf(tx, hubId);
      const hubs = [hubId, ...new Set([...helpers.values()].flat())];
      const waiting = await tx.query(
        'work-any',
        `select 1 from work_item where hub_id = $1 and state = 'queued' limit 1`,
        [hubId],
      );
      if (waiting.length === 0) return 0;
      const free = await tx.query<AgentKey>('work-free', FREE, [hubs]);
      if (free.length === 0) return 0;
      const now = await databaseTime(tx);
      const agents = await readAgents(tx, free, localParts(now).date);
      const planned = dispatch(await readWaiting(tx, hubId, helpers, now), agents, now);
      return (await makeOffers(tx, planned, now)).length;
    });
  }

  /** The agent asks for the next piece of work, and has it at once; null when nothing waits that it may take. */
  takeNext(actor: Actor): Promise<OfferRow | null> {
    const key = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        const held = await lockAgent(tx, key);
        const now = await databaseTime(tx);
        const [agent] = held ? await readAgents(tx, [key], localParts(now).date) : [];
        if (!agent || !isReady(agent, now)) {
          throw new Refusal('not_available', 'Be available, and free of work that is still to be finished.');
        }
        const waiting = await readWaiting(tx, key.hubId, new Map(), now);
        // Someone else may be taking the same one: what it finds taken it leaves.
        const open = new Map(waiting.map((item) => [item.id, item]));
        for (let tries = 0; tries < 5; tries += 1) {
          const [planned] = dispatch([...open.values()], [agent], now);
          if (!planned) return null;
          const [offer] = await makeOffers(tx, [{ ...planned, why: 'asked_for' }], now);
          if (offer && (await this.offers.take(tx, actor, key, offer.id))) return offer;
          open.delete(planned.itemId);
        }
        return null;
      },
      { as: 'system' },
    );
  }

  /** Why what is left waits: asked of everybody of the hub and of its helpers, whoever is free or not. */
  explain(hubId: string): Promise<unknown> {
    return this.alone(hubId, async (tx) => {
      const helpers = await helpersOf(tx, hubId);
      const now = await databaseTime(tx);
      const waiting = await readWaiting(tx, hubId, helpers, now);
      if (waiting.length === 0) return;
      const hubs = [hubId, ...new Set([...helpers.values()].flat())];
      const people = await tx.query<AgentKey>('work-people', PEOPLE, [hubs]);
      await noteWaits(tx, hubId, waiting, await readAgents(tx, people, localParts(now).date), now);
    });
  }

  private async adopt(hubId: string): Promise<void> {
    await this.alone(hubId, async (tx) => {
      for (const id of await orphans(tx, hubId)) await this.intake.adopt(tx, id);
    });
  }

  private alone<T>(hubId: string, work: (tx: TenantTx) => Promise<T>): Promise<T | null> {
    return this.db.system(async (tx) => {
      const [{ free }] = await tx.query<{ free: boolean }>(
        'work-dispatch-lock',
        'select pg_try_advisory_xact_lock($1, hashtext($2)) as free',
        [DISPATCH_LOCK, hubId],
      );
      return free ? work(tx) : null;
    });
  }
}

/** What fails for one hub does not keep the others waiting; the first failure is told at the end. */
async function eachOnItsOwn(parts: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Hubs that help out, by queue. */
async function helpersOf(tx: TenantTx, hubId: string): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ hubId: string; queues: string[] }>(
    'work-helpers',
    `select to_hub_id as "hubId", queue_codes as queues from hub_agreement where from_hub_id = $1 and what @> '{overflow}' and valid @> $2::date`,
    [hubId, localParts(tx.now).date],
  );
  const helpers = new Map<string, string[]>();
  for (const { hubId: helper, queues } of rows) {
    for (const queue of queues) helpers.set(queue, [...(helpers.get(queue) ?? []), helper]);
  }
  return helpers;
}
