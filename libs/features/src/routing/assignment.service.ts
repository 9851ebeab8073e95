import { Injectable } from '@nestjs/common';
import type { TenantTx } from '@app/db/tenant-db';
import { isAssignable, leastLoaded, type AgentLoad, type LoadChoice } from '@app/domain/routing';
import type { Status } from '@app/domain/ticket';
import type { ChoiceReason, Wait } from '@app/domain/work/reasons';
import { localParts } from '@app/domain/zone';
import type { LoggedEvent } from '@app/platform/consumer';
import { conflicted } from './conflict-of-interest';

/** First half of the two-number advisory locks: the second is the hub. */
const ASSIGNMENT_LOCK = 4_201;

interface Waiting {
  hubId: string;
  associationId: string | null;
  status: Status;
  assigneeId: string | null;
  requesterAccountId: string | null;
  answerLanguage: string;
  restricted: boolean;
}

/** What a choice asks of a ticket, in the hub that would have it. */
type Choosing = Pick<Waiting, 'hubId' | 'associationId' | 'requesterAccountId' | 'answerLanguage' | 'restricted'>;

/** The place of a ticket in the log. */
export interface GivenTicket {
  ticketId: string;
  hubId: string;
  associationId: string | null;
}

interface Agent extends AgentLoad {
  name: string;
}

interface Assigned {
  version: number;
  before: Status;
}

/** Open tickets by agent; among equal loads the one whose tickets of the hub's last 200 have rested longest. */
const AGENTS = `
  with recent as (
    select assignee_id, updated_at from ticket where hub_id = $1 order by updated_at desc, id desc limit 200)
  select distinct on (a.id) a.id as "accountId", a.name, m.cleared,
    array(select s.skill_code from agent_skill s where s.account_id = a.id and s.hub_id = $1 and s.skill_code in ('fr', 'ar')) as languages,
    (select count(*)::int from ticket t where t.assignee_id = a.id and t.hub_id = $1 and t.status in ('new', 'open', 'pending', 'on_hold', 'answered')) as "openTickets",
    coalesce((select extract(epoch from max(r.updated_at)) from recent r where r.assignee_id = a.id), 0)::float8 as "lastAssignedAt"
  from membership m join account a on a.id = m.account_id and a.status = 'active'
  where m.hub_id = $1 and m.kind = 'hub' and m.role = 'agent' and m.valid @> $2::date
  order by a.id, m.cleared desc`;

const ASSIGN = `
  update ticket t set assignee_id = $3, assignee_name = $4, version = t.version + 1, updated_at = $5,
    status = case when t.status = 'new' then 'open' else t.status end
  from (select id, status from ticket where id = $1 for no key update) before
  where t.id = before.id and t.hub_id = $2 and t.assignee_id is null and t.status in ('new', 'open')
  returning t.version, before.status as before`;

/** The one from whom the event took a ticket away. */
export function formerOf({ data }: LoggedEvent): string[] {
  return typeof data.exceptId === 'string' ? [data.exceptId] : [];
}

/** Gives a new or re-routed ticket to the agent of its hub with the least work; without one it waits in its queue. */
@Injectable()
export class AssignmentService {
  async assign(tx: TenantTx, event: LoggedEvent): Promise<void> {
    const ticketId = event.ticketId;
    const ticket = ticketId && (await this.waiting(tx, ticketId));
    if (!ticket || ticket.assigneeId || !isAssignable(ticket.status)) return;
    // Whoever let a promise pass does not get the ticket back by itself.
    const choice = await this.choose(tx, ticket, formerOf(event));
    const given = { ...ticket, ticketId };
    if (choice.agent) {
      const { accountId: id, name } = choice.agent;
      await this.give(tx, given, { id, name }, choice.why);
    } else waits(tx, given, choice);
  }

  /** The agent of a hub who would have the ticket now. One choice at a time: a load counted beside another would already be wrong. */
  async choose(tx: TenantTx, ticket: Choosing, except: readonly string[] = []): Promise<LoadChoice<Agent>> {
    await tx.query('assign-lock', 'select pg_advisory_xact_lock($1, hashtext($2))', [ASSIGNMENT_LOCK, ticket.hubId]);
    const agents = await tx.query<Agent>('assign-agents', AGENTS, [ticket.hubId, localParts(tx.now).date]);
    return leastLoaded(agents, { ...ticket, excluded: [...(await conflicted(tx, ticket)), ...except] });
  }

  /** Gives a ticket that nobody has to an agent, and opens it; false when somebody has it, or it no longer waits. */
  async give(tx: TenantTx, ticket: GivenTicket, to: { id: string; name: string }, why: ChoiceReason): Promise<boolean> {
    const { ticketId, hubId } = ticket;
    const [assigned] = await tx.query<Assigned>('assign', ASSIGN, [ticketId, hubId, to.id, to.name, tx.now]);
    if (assigned) tell(tx, ticket, to.id, why, assigned);
    return assigned !== undefined;
  }

  private async waiting(tx: TenantTx, ticketId: string): Promise<Waiting | undefined> {
    const [ticket] = await tx.query<Waiting>(
      'assign-ticket',
      `select hub_id as "hubId", association_id as "associationId", status, assignee_id as "assigneeId",
         requester_account_id as "requesterAccountId", answer_language as "answerLanguage", restricted
       from ticket where id = $1`,
      [ticketId],
    );
    return ticket;
  }
}

/** Nobody of the hub can take it: why is said once, when that was found out. */
export function waits(tx: TenantTx, ticket: GivenTicket, { why, missingSkills }: Wait): void {
  const { ticketId, hubId, associationId } = ticket;
  tx.emit({ type: 'work.waits', hubId, associationId, ticketId, data: { why, missingSkills } });
}

function tell(tx: TenantTx, ticket: GivenTicket, to: string, why: ChoiceReason, { version, before }: Assigned): void {
  const about = {
    hubId: ticket.hubId,
    associationId: ticket.associationId,
    ticketId: ticket.ticketId,
    entityVersion: version,
  };
  tx.emit({ ...about, type: 'ticket.assigned', data: { from: null, to, by: 'system', why } });
  if (before !== 'new') return;
  tx.emit({ ...about, type: 'ticket.status-changed', data: { from: before, to: 'open', assigneeId: to } });
}
