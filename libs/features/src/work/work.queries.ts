import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { relaxationOf } from '@app/domain/work/candidates';
import { decisionWords } from '@app/domain/work/reason-words';
import { localParts } from '@app/domain/zone';
import { SAID_TIMES, withTimes, type SaidTimes } from './relaxation-rows';
import { agentKey, databaseTime, loadsOf, type AgentRow } from './work-rows';
import { agentOf } from './presence.service';
import { presenceView } from './presence-view.dto';
import type { AgentView, OfferView, WaitingView, WorkView } from './work-view.dto';

/** No names and no ids of a ticket before it is taken over from another hub: the least that lets one decide. */
const MINE = `
  select o.id, i.id as "itemId", i.kind, case when i.hub_id = o.hub_id then i.subject_id end as "subjectId", q.code as "queueCode", i.priority, i.language, i.queued_at as "queuedAt", o.offered_at as "offeredAt",
    o.expires_at as "expiresAt", case when i.hub_id = o.hub_id then i.ticket_id end as "ticketId",
    case when i.hub_id = o.hub_id then t.reference end as reference
  from offer o join work_item i on i.id = o.item_id join queue q on q.id = i.queue_id left join ticket t on t.id = i.ticket_id
  where o.account_id = $1 and o.hub_id = $2 and o.state = 'pending' and o.expires_at > clock_timestamp() order by o.offered_at, o.id`;

const HANDS = `
  select i.id, i.kind, i.subject_id as "subjectId", i.state, i.ticket_id as "ticketId", t.reference, i.queued_at as "queuedAt", i.state_at as "stateSince", i.wrap_up_until as "wrapUpUntil"
  from offer o join work_item i on i.id = o.item_id left join ticket t on t.id = i.ticket_id
  where o.account_id = $1 and o.hub_id = $2 and o.state = 'accepted' and o.ended_at is null order by o.decided_at, o.id`;

const AGENTS = `
  select a.id as "accountId", $1::uuid as "hubId", a.name, coalesce(s.presence, 'offline') as presence, s.reason_id as "reasonId", s.since,
    s.pending_presence as "pendingPresence", s.pending_reason_id as "pendingReasonId", s.heartbeat_at as "heartbeatAt", s.idle_since as "idleSince", r.code as reason
  from membership m join account a on a.id = m.account_id and a.status = 'active'
  left join agent_state s on s.account_id = a.id and s.hub_id = $1
  left join presence_reason r on r.id = s.reason_id
  where m.hub_id = $1 and m.kind = 'hub' and m.role in ('agent', 'supervisor') and m.valid @> $2::date
  group by a.id, s.account_id, s.hub_id, r.id order by a.name, a.id`;

const WAITING = `
  select i.id, i.kind, i.ticket_id as "ticketId", t.reference, q.code as "queueCode", i.priority, i.language, i.queued_at as "queuedAt",
    i.max_wait_seconds as "maxWaitSeconds", i.why_waiting as why, i.missing_skills as "missingSkills",
    ${SAID_TIMES}
  from work_item i join queue q on q.id = i.queue_id left join ticket t on t.id = i.ticket_id
  where i.hub_id = $1 and i.state = 'queued' order by t.legal_urgency_at is null, i.queued_at, i.id limit 200`;
type WaitingRow = Omit<WaitingView, 'relaxation' | 'text'> & SaidTimes & { maxWaitSeconds: number };

@Injectable()
export class WorkQueries {
  constructor(private readonly db: TenantDb) {}

  /** One's own offers that still stand. */
  offers(actor: Actor): Promise<OfferView[]> {
    const { accountId, hubId } = agentOf(actor);
    return this.db.run(actor, (tx) => tx.query<OfferView>('work-my-offers', MINE, [accountId, hubId]), {
      as: 'system',
    });
  }

  /** What one has in hand. */
  hands(actor: Actor): Promise<WorkView[]> {
    const { accountId, hubId } = agentOf(actor);
    return this.db.run(actor, (tx) => tx.query<WorkView>('work-my-hands', HANDS, [accountId, hubId]));
  }

  /** What waits in the actor's hub, and why. Supervisors only: they see every ticket of the hub. */
  waiting(actor: Actor): Promise<WaitingView[]> {
    const { hubId } = agentOf(actor);
    return this.db.run(actor, async (tx) => {
      const rows = await tx.query<WaitingRow>('work-waiting-list', WAITING, [hubId]);
      const now = await databaseTime(tx);
      return rows.map(withTimes).map(({ maxWaitSeconds, times, ...row }) => {
        const relaxation = relaxationOf({ queuedAt: row.queuedAt, maxWaitSeconds, times }, now);
        return { ...row, relaxation, text: decisionWords({ why: row.why, relaxation }) };
      });
    });
  }

  /** Everybody who takes work in the actor's hub, with what they do now. */
  agents(actor: Actor): Promise<AgentView[]> {
    const { hubId } = agentOf(actor);
    return this.db.run(actor, (tx) => agentsOf(tx, hubId), { as: 'system' });
  }
}

async function agentsOf(tx: TenantTx, hubId: string): Promise<AgentView[]> {
  const now = await databaseTime(tx);
  const today = localParts(now).date;
  const rows = await tx.query<AgentRow & { name: string; reason: string | null }>('work-hub-agents', AGENTS, [
    hubId,
    today,
  ]);
  const accountIds = rows.map((row) => row.accountId);
  const loads = await loadsOf(tx, accountIds, [hubId]);
  return rows.map((row) => {
    const load = loads.get(agentKey(row)) ?? [];
    const { accountId, name, reason } = row;
    return { accountId, name, reason, ...presenceView(row, load, now), items: load.length };
  });
}
