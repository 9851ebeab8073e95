import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import type { ItemState } from '@app/domain/work/work-item';
import { localParts } from '@app/domain/zone';
import type { RoutedReason } from '@app/domain/work/reason-words';
import { ReferenceData } from '../directory/reference-data';
import { putBack } from './hand-writes';
import { tell, type OfferRow } from './offer-writes';
import { applyPending } from './presence-writes';
import { agentOf } from './presence.service';
import { databaseTime, lockAgent, type AgentKey } from './work-rows';

/** Where work in hand goes: back into a queue of the hub, first of all to one colleague when there is one. */
export interface Transfer {
  queueCode?: string;
  accountId?: string;
}

const PLACE = `o.id, i.id as "itemId", o.account_id as "accountId", o.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId"`;
const MOVE = `
  with item as (
    update work_item i set state = $3, state_at = greatest(i.state_at, $4), version = i.version + 1
    where i.id = $1 and i.state = $2 and i.interrupted_by is null returning i.id, i.hub_id, i.ticket_id)
  select ${PLACE} from item i join offer o on o.item_id = i.id and o.ended_at is null`;
const HELD = `
  select i.state, i.ticket_id as "ticketId", i.hub_id as "hubId", i.interrupted_by is not null as interrupted
  from work_item i join offer o on o.item_id = i.id and o.state = 'accepted' and o.ended_at is null and o.account_id = $2 and o.hub_id = $3
  where i.id = $1 for update of i`;
const COLLEAGUE = `
  select 1 from membership m join account a on a.id = m.account_id and a.status = 'active'
  where m.account_id = $1 and m.hub_id = $2 and m.kind = 'hub' and m.role in ('agent', 'supervisor') and m.valid @> $3::date limit 1`;
/** The colleague is known to the matter from now on, so that the choice waits for him a moment; who let go of it comes last. */
const POINT = `
  update work_item i set queue_id = $2, sticky_account_id = $3, version = version + 1 where i.id = $1 and i.state = 'queued'`;
const FREE_TICKET = `
  update ticket set assignee_id = null, assignee_name = null, queue_id = $2, version = version + 1, updated_at = greatest(updated_at, $3)
  where id = $1 returning version, association_id as "associationId", hub_id as "hubId"`;

interface InHand {
  state: ItemState;
  ticketId: string | null;
  hubId: string;
  interrupted: boolean;
}

/** What agents do with the work in their hands besides finishing it. */
@Injectable()
export class HandsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** Lays work aside: it keeps its points and its place with the agent. */
  hold(actor: Actor, itemId: string): Promise<void> {
    return this.move(actor, itemId, 'active', 'held');
  }

  resume(actor: Actor, itemId: string): Promise<void> {
    return this.move(actor, itemId, 'held', 'active');
  }

  /**
   * Gives work away: into a queue of the hub, and if so to one colleague, who is waited for a moment. The clocks go on, and its place is
   * the one that its first arrival gives it. @throws Refusal `validation_failed` with the field that does not exist
   */
  transfer(actor: Actor, itemId: string, to: Transfer): Promise<void> {
    return this.asAgent(actor, async (tx, agent) => {
      const item = await this.inHand(tx, agent, itemId);
      if (item.interrupted) throw new Refusal('status_not_allowed', 'This work waits for something more urgent.');
      const queueId = await this.queueOf(tx, item.hubId, itemId, to.queueCode);
      if (to.accountId !== undefined) await this.checkColleague(tx, item.hubId, actor, to.accountId);
      const now = await databaseTime(tx);
      if (item.ticketId) await freeTicket(tx, item.ticketId, queueId, actor.accountId);
      await putBack(tx, [itemId], now);
      await tx.query('work-point', POINT, [itemId, queueId, to.accountId ?? null]);
      await applyPending(tx, agent, now);
    });
  }

  private move(actor: Actor, itemId: string, from: ItemState, to: ItemState): Promise<void> {
    return this.asAgent(actor, async (tx, agent) => {
      const item = await this.inHand(tx, agent, itemId);
      const [moved] = await tx.query<OfferRow>('work-hold', MOVE, [itemId, from, to, await databaseTime(tx)]);
      if (!moved) throw new Refusal('status_not_allowed', `Work that is ${item.state} cannot become ${to}.`);
      tell(tx, 'work.moved', moved, { to });
    });
  }

  private async inHand(tx: TenantTx, { accountId, hubId }: AgentKey, itemId: string): Promise<InHand> {
    const [item] = await tx.query<InHand>('work-held', HELD, [itemId, accountId, hubId]);
    if (!item) throw new Refusal('not_found', 'Not found.');
    return item;
  }

  private async queueOf(tx: TenantTx, hubId: string, itemId: string, code: string | undefined): Promise<string> {
    if (code === undefined) {
      const [row] = await tx.sql<{ id: string }>('select queue_id as id from work_item where id = $1', [itemId]);
      return row.id;
    }
    const queue = this.reference.current.queues.find((one) => one.hubId === hubId && one.code === code);
    if (!queue) throw Refusal.field('/queueCode', 'unknown', 'The hub has no such queue.');
    return queue.id;
  }

  private async checkColleague(tx: TenantTx, hubId: string, actor: Actor, accountId: string): Promise<void> {
    const rows = await tx.query('work-colleague', COLLEAGUE, [accountId, hubId, localParts(tx.now).date]);
    if (rows.length === 0 || accountId === actor.accountId) {
      throw Refusal.field('/accountId', 'unknown', 'The hub has no such colleague.');
    }
  }

  private asAgent<T>(actor: Actor, work: (tx: TenantTx, agent: AgentKey) => Promise<T>): Promise<T> {
    const key = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        const agent = await lockAgent(tx, key);
        if (!agent) throw new Refusal('not_found', 'Not found.');
        return work(tx, agent);
      },
      { as: 'system' },
    );
  }
}

async function freeTicket(tx: TenantTx, ticketId: string, queueId: string, from: string): Promise<void> {
  const [ticket] = await tx.query<{ version: number; associationId: string | null; hubId: string }>(
    'work-free-ticket',
    FREE_TICKET,
    [ticketId, queueId, tx.now],
  );
  const { hubId, associationId, version: entityVersion } = ticket;
  const about = { hubId, associationId, ticketId, entityVersion };
  tx.emit({ ...about, type: 'ticket.assigned', data: { from, to: null, by: 'transfer' } });
  const why: RoutedReason = 'transferred';
  tx.emit({ ...about, type: 'ticket.routed', data: { hubId, queueId, why } });
}
