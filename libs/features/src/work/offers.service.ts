import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { isFinalItem, type ItemState } from '@app/domain/work/work-item';
import { ReferenceData } from '../directory/reference-data';
import { AssignmentService } from '../routing/assignment.service';
import { takeOver } from './take-over';
import { endWaiting, endWork, wrapUp } from './hand-writes';
import { releaseOffers, tell, type OfferRow } from './offer-writes';
import { applyPending, changePresence } from './presence-writes';
import { agentOf } from './presence.service';
import { databaseTime, lockAgent, type AgentKey } from './work-rows';

const closed = (): Refusal => new Refusal('offer_closed', 'This is not on offer any more.');

interface AcceptedRow extends OfferRow {
  state: ItemState;
}

/** Only what is pending, is one's own and has not run out by the clock of the database. */
const ACCEPT = `
  with taken as (
      update offer set state = 'accepted', decided_at = greatest(offered_at, date_trunc('milliseconds', clock_timestamp()))
      where id = $1 and account_id = $2 and hub_id = $3 and state = 'pending' and expires_at > clock_timestamp()
      returning id, item_id, hub_id, account_id, decided_at),
    item as (
      update work_item i set account_id = o.account_id, state_at = greatest(i.state_at, o.decided_at), version = i.version + 1,
        state = case when i.kind in ('call', 'callback', 'chat') then 'accepted' else 'active' end
      from taken o where i.id = o.item_id and i.state = 'offered' returning i.id, i.state, i.hub_id, i.ticket_id)
  select o.id, o.item_id as "itemId", o.account_id as "accountId", o.hub_id as "hubId", i.hub_id as "itemHubId", i.ticket_id as "ticketId", i.state
  from taken o join item i on i.id = o.item_id`;

/** What agents do with their offers and their work. Every step is conditional: the second of two has no effect and is told so. */
@Injectable()
export class OffersService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
    private readonly assignment: AssignmentService,
  ) {}

  /** Takes an offer: the work is in hand, a ticket is assigned. @throws Refusal `offer_closed`, `not_found` */
  async accept(actor: Actor, offerId: string): Promise<void> {
    const taken = await this.asAgent(actor, async (tx, agent) => {
      await this.own(tx, agent, offerId);
      return this.take(tx, actor, agent, offerId);
    });
    if (!taken) throw closed();
  }

  /** Declines: the item is back in its place, and does not come here again for a while. */
  decline(actor: Actor, offerId: string): Promise<void> {
    return this.asAgent(actor, async (tx, agent) => {
      await this.own(tx, agent, offerId);
      const now = await databaseTime(tx);
      const live = await tx.sql<{ id: string }>(
        `select id from offer where id = $1 and state = 'pending' and expires_at > $2`,
        [offerId, now],
      );
      const released = await releaseOffers(
        tx,
        live.map((row) => row.id),
        'rejected',
        now,
      );
      if (released.length === 0) throw closed();
    });
  }

  /** Finishes work in hand: into wrap-up when its queue has one, else it is complete; from wrap-up it is complete. */
  complete(actor: Actor, itemId: string): Promise<ItemState> {
    return this.asAgent(actor, async (tx, agent) => {
      const state = await this.inHand(tx, agent, itemId);
      const now = await databaseTime(tx);
      if (state !== 'wrap_up' && (await wrapUp(tx, itemId, now))) return 'wrap_up';
      await endWork(tx, [itemId], 'completed', now);
      await applyPending(tx, agent, now);
      return 'completed';
    });
  }

  /** Accepts within a transaction that holds the agent; false when the offer is closed. A ticket that somebody took meanwhile ends its work. */
  async take(tx: TenantTx, actor: Actor, agent: AgentKey, offerId: string): Promise<boolean> {
    const [row] = await tx.query<AcceptedRow>('work-accept', ACCEPT, [offerId, agent.accountId, agent.hubId]);
    if (!row) return false;
    if (row.ticketId && !(await this.giveTicket(tx, actor, row))) {
      await endWork(tx, [row.itemId], 'cancelled', await databaseTime(tx));
      return false;
    }
    tell(tx, 'offer.accepted', row, { to: row.state });
    return true;
  }

  /** A ticket of another hub comes over first. */
  private async giveTicket(tx: TenantTx, actor: Actor, row: AcceptedRow): Promise<boolean> {
    if (row.itemHubId !== row.hubId) {
      if (!(await takeOver(tx, row, this.reference))) return false;
      row.itemHubId = row.hubId;
    }
    const [ticket] = await tx.query<{ associationId: string | null }>(
      'work-ticket',
      'select association_id as "associationId" from ticket where id = $1 and hub_id = $2 for no key update',
      [row.ticketId, row.hubId],
    );
    const given = { ticketId: row.ticketId!, hubId: row.hubId, associationId: ticket?.associationId ?? null };
    return this.assignment.give(tx, given, { id: actor.accountId, name: actor.name }, 'accepted');
  }

  /** Somebody else's offer does not exist. */
  private async own(tx: TenantTx, { accountId, hubId }: AgentKey, offerId: string): Promise<void> {
    const rows = await tx.query(
      'work-own-offer',
      'select 1 from offer where id = $1 and account_id = $2 and hub_id = $3',
      [offerId, accountId, hubId],
    );
    if (rows.length === 0) throw new Refusal('not_found', 'Not found.');
  }

  private async inHand(tx: TenantTx, { accountId, hubId }: AgentKey, itemId: string): Promise<ItemState> {
    const [item] = await tx.query<{ state: ItemState }>(
      'work-in-hand',
      `select i.state from work_item i join offer o on o.item_id = i.id and o.state = 'accepted' and o.account_id = $2 and o.hub_id = $3
       where i.id = $1 order by o.id desc limit 1 for update of i`,
      [itemId, accountId, hubId],
    );
    if (!item) throw new Refusal('not_found', 'Not found.');
    if (isFinalItem(item.state) || item.state === 'queued' || item.state === 'offered') {
      throw new Refusal('status_not_allowed', 'This work is not in your hands any more.');
    }
    return item.state;
  }

  /**
   * Holds the agent's row first, as everybody does. Runs as the system, because work may come over from a helping hub;
   * every statement names the agent.
   */
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

/** Ends offers that nobody answered: the agent is not responding until it says otherwise, the items are back in their places. */
export async function timeOut(tx: TenantTx, agent: AgentKey, offerIds: readonly string[], now: Date): Promise<number> {
  const held = await lockAgent(tx, agent);
  const missed = await releaseOffers(tx, offerIds, 'timed_out', now);
  if (!held || missed.length === 0) return 0;
  if (held.presence === 'available') {
    await changePresence(tx, held, { presence: 'not_responding', reasonId: null }, now);
  }
  return missed.length;
}

/** Ends what waits about tickets that somebody took by hand; what is on offer is taken back. */
export async function forget(
  tx: TenantTx,
  itemIds: readonly string[],
  offerIds: readonly string[],
  now: Date,
): Promise<void> {
  await releaseOffers(tx, offerIds, 'rescinded', now, 'taken');
  await endWaiting(tx, itemIds, 'cancelled', now);
}
