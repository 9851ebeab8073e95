import type { Pause } from '@app/domain/sla-clock';
import { ticketFact, type TicketFact } from '@app/domain/ticket-fact';
import { FACT_EVENTS, type FactClock, type FactEvent, type FactTicket } from '@app/domain/ticket-fact-source';
import type { Calendars } from '@app/domain/ticket-fact-source';
import type { Ask } from '../audit/seal-log';

/** Columns of ticket_fact with their types, by the names of the facts. */
const COLUMNS: Record<keyof TicketFact, [column: string, type: string]> = {
  ticketId: ['ticket_id', 'uuid'],
  hubId: ['hub_id', 'uuid'],
  queueId: ['queue_id', 'uuid'],
  day: ['day', 'date'],
  intervalNo: ['interval_no', 'int'],
  openedAt: ['opened_at', 'timestamptz'],
  placeCode: ['place_code', 'text'],
  regionCode: ['region_code', 'text'],
  channel: ['channel', 'text'],
  language: ['language', 'text'],
  categoryCode: ['category_code', 'text'],
  kind: ['kind', 'text'],
  priority: ['priority', 'text'],
  level: ['level', 'text'],
  agentId: ['agent_id', 'uuid'],
  open: ['open', 'boolean'],
  waiting: ['waiting', 'boolean'],
  firstBusinessS: ['first_business_s', 'int'],
  firstCalendarS: ['first_calendar_s', 'int'],
  firstKept: ['first_kept', 'boolean'],
  firstDecidedOn: ['first_decided_on', 'date'],
  resolutionBusinessS: ['resolution_business_s', 'int'],
  resolutionCalendarS: ['resolution_calendar_s', 'int'],
  resolutionKept: ['resolution_kept', 'boolean'],
  resolutionDecidedOn: ['resolution_decided_on', 'date'],
  reopened: ['reopened', 'int'],
  transfers: ['transfers', 'int'],
  escalations: ['escalations', 'int'],
  responses: ['responses', 'jsonb'],
  holdings: ['holdings', 'jsonb'],
  otherHolders: ['other_holders', 'uuid[]'],
};
const LIST = Object.entries(COLUMNS);

/** A driver would read a day as an instant of the server's own zone. */
export const FACT_COLUMNS = LIST.map(
  ([name, [column, type]]) => `${column}${type === 'date' ? '::text' : ''} as "${name}"`,
).join(', ');

/** Writes facts given as one JSON list, $1. */
export const STORE_FACTS = `
  insert into ticket_fact (${LIST.map(([, [column]]) => column).join(', ')})
  select ${LIST.map(([name]) => `"${name}"`).join(', ')}
  from jsonb_to_recordset($1::jsonb) as x(${LIST.map(([name, [, type]]) => `"${name}" ${type}`).join(', ')})
  on conflict (ticket_id) do update set ${LIST.slice(1)
    .map(([, [column]]) => `${column} = excluded.${column}`)
    .join(', ')}`;

const TICKETS = `
  select t.id as "ticketId", t.hub_id as "hubId", t.queue_id as "queueId", t.opened_at as "openedAt", t.place_code as "placeCode",
    coalesce(p.parent_code, p.code) as "regionCode", t.channel, t.language, t.category_code as "categoryCode", t.kind, t.priority, t.level,
    t.status, t.assignee_id as "assigneeId"
  from ticket t join place p on p.code = t.place_code where t.id = any ($1::uuid[])`;
const CLOCKS = `
  select ticket_id as "ticketId", metric, cycle, holder_id as "holderId", state, calendar_version_id as "calendarVersionId", started_at as "startedAt", met_at as "metAt",
    breached_at as "breachedAt"
  from sla_clock where ticket_id = any ($1::uuid[]) order by started_at, metric, cycle, id`;
const PAUSES = `select ticket_id as "ticketId", from_at as "from", to_at as "to" from sla_pause where ticket_id = any ($1::uuid[])`;
const EVENTS = `
  select ticket_id as "ticketId", type, at, actor_id as "actorId", data from event
  where ticket_id = any ($1::uuid[]) and type = any ($2) order by id`;

type Of<Row> = Row & { ticketId: string };

/** The facts of some tickets, worked out from the log and from what the log is checked against. */
export async function workOutFacts(ask: Ask, ids: readonly string[], calendars: Calendars): Promise<TicketFact[]> {
  const tickets = await ask<FactTicket>(TICKETS, [ids]);
  const clocks = groupByTicket(await ask<Of<FactClock>>(CLOCKS, [ids]));
  const pauses = groupByTicket(await ask<Of<Pause>>(PAUSES, [ids]));
  const events = groupByTicket(await ask<Of<FactEvent>>(EVENTS, [ids, FACT_EVENTS]));
  const [national] = await ask<{ id: string }>('select id from hub where is_national', []);
  const nationalHubId = national?.id ?? null;
  return tickets.map((ticket) => {
    const id = ticket.ticketId;
    const own = { clocks: clocks.get(id) ?? [], pauses: pauses.get(id) ?? [], events: events.get(id) ?? [] };
    return ticketFact({ ticket, ...own, nationalHubId }, calendars);
  });
}

/** Facts as stored. */
export function readFacts(ask: Ask, ids: readonly string[]): Promise<TicketFact[]> {
  return ask<TicketFact>(`select ${FACT_COLUMNS} from ticket_fact where ticket_id = any ($1::uuid[])`, [ids]);
}

export function groupByTicket<Row extends { ticketId: string | null }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.ticketId!);
    if (known) known.push(row);
    else groups.set(row.ticketId!, [row]);
  }
  return groups;
}
