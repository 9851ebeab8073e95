import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { Load } from '@app/domain/work/capacity';
import { choosePresence, type ChosenPresence } from '@app/domain/work/presence';
import { changePresence, type Directed, ensureAgent, keepPending, pendingOffers } from './presence-writes';
import type { DirectedWhy } from '@app/domain/work/reason-words';
import { presenceView, type PresenceView } from './presence-view.dto';
import { releaseOffers } from './offer-writes';
import { agentKey, databaseTime, findAgent, loadsOf, type AgentKey, type AgentRow } from './work-rows';

/** What agents say of themselves, and their signs of life. */
@Injectable()
export class PresenceService {
  constructor(private readonly db: TenantDb) {}

  get(actor: Actor): Promise<PresenceView> {
    return this.asAgent(actor, async (tx, key) => {
      const now = await databaseTime(tx);
      return this.view(tx, (await findAgent(tx, key)) ?? absent(key, now), now);
    });
  }

  /**
   * Chooses a presence. Leaving takes back what is only on offer, at once; with work in hand the leave itself waits for its end,
   * and nothing new comes meanwhile.
   */
  set(actor: Actor, to: ChosenPresence, reasonCode: string | null): Promise<PresenceView> {
    return this.asAgent(actor, (tx, key) => this.choose(tx, key, to, reasonCode, null));
  }

  /** A supervisor chooses for somebody of the hub, and says why; it is no sign of life. @throws Refusal `not_found` */
  direct(
    actor: Actor,
    accountId: string,
    to: Exclude<ChosenPresence, 'available'>,
    reasonCode: string | null,
    why: DirectedWhy,
  ): Promise<PresenceView> {
    const key = { accountId, hubId: agentOf(actor).hubId };
    return this.db.run(
      actor,
      async (tx) => {
        if (!(await findAgent(tx, key))) throw new Refusal('not_found', 'Not found.');
        return this.choose(tx, key, to, reasonCode, { by: actor.accountId, why });
      },
      { as: 'system' },
    );
  }

  private async choose(
    tx: TenantTx,
    key: AgentKey,
    to: ChosenPresence,
    reasonCode: string | null,
    directed: Directed | null,
  ): Promise<PresenceView> {
    const agent = await ensureAgent(tx, key, await databaseTime(tx));
    // After the lock: what happened before it lies before this instant.
    const now = await databaseTime(tx);
    const reasonId = reasonCode === null ? null : await reasonOf(tx, key.hubId, reasonCode);
    if (!directed) await alive(tx, key);
    if (to !== 'available') await releaseOffers(tx, await pendingOffers(tx, key), 'rescinded', now, 'presence');
    const later = choosePresence(to, await loadOf(tx, key)) === 'later';
    const next = later
      ? await keepPending(tx, agent, { presence: to, reasonId }, directed)
      : await changePresence(tx, agent, { presence: to, reasonId }, now, directed);
    return this.view(tx, directed ? next : { ...next, heartbeatAt: now }, now);
  }

  /** A sign of life. Who was taken for lost comes back by choosing a presence. */
  heartbeat(actor: Actor): Promise<PresenceView> {
    return this.asAgent(actor, async (tx, key) => {
      await alive(tx, key);
      const now = await databaseTime(tx);
      return this.view(tx, (await findAgent(tx, key)) ?? absent(key, now), now);
    });
  }

  /** As the system, because an offer may be of work of a helping hub's neighbour; every statement names the agent. */
  private asAgent<T>(actor: Actor, work: (tx: TenantTx, key: AgentKey) => Promise<T>): Promise<T> {
    const key = agentOf(actor);
    return this.db.run(actor, (tx) => work(tx, key), { as: 'system' });
  }

  private async view(tx: TenantTx, agent: AgentRow, now: Date): Promise<PresenceView> {
    return presenceView(agent, await loadOf(tx, agent), now);
  }
}

/** The agent that acts: an account in its hub. */
export function agentOf(actor: Actor): AgentKey {
  if (!actor.hubId) throw new Refusal('forbidden', 'Only people of a hub take work.');
  return { accountId: actor.accountId, hubId: actor.hubId };
}

/** Somebody who has never been here. */
function absent(key: AgentKey, now: Date): AgentRow {
  const nothing = { reasonId: null, pendingPresence: null, pendingReasonId: null, heartbeatAt: null };
  return { ...key, ...nothing, presence: 'offline', since: now, idleSince: now };
}

async function alive(tx: TenantTx, { accountId, hubId }: AgentKey): Promise<void> {
  await tx.query(
    'work-alive',
    `update agent_state set heartbeat_at = greatest(heartbeat_at, date_trunc('milliseconds', clock_timestamp())) where account_id = $1 and hub_id = $2`,
    [accountId, hubId],
  );
}

async function loadOf(tx: TenantTx, key: AgentKey): Promise<Load[]> {
  return (await loadsOf(tx, [key.accountId], [key.hubId])).get(agentKey(key)) ?? [];
}

async function reasonOf(tx: TenantTx, hubId: string, code: string): Promise<string> {
  const [reason] = await tx.query<{ id: string }>(
    'work-reason',
    'select id from presence_reason where code = $1 and active and (hub_id = $2 or hub_id is null) order by hub_id nulls last limit 1',
    [code, hubId],
  );
  if (!reason) throw Refusal.field('/reason', 'unknown', 'This reason is not in the list.');
  return reason.id;
}
