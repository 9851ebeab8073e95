import type { TenantTx } from '@app/db/tenant-db';
import type { OpenClock, OpenTicket } from '@app/domain/promise-renewal';
import type { Pause } from '@app/domain/sla-clock';

export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** An open ticket with what a change of policies or calendars needs of it. */
export interface OpenTicketRow extends OpenTicket {
  reference: string;
  associationId: string | null;
  version: number;
}

interface RawClock extends Omit<OpenClock, 'startedAt' | 'dueAt' | 'breachedAt'> {
  startedAt: string;
  dueAt: string | null;
  breachedAt: string | null;
}

interface RawTicket extends Omit<OpenTicketRow, 'clocks' | 'pauses'> {
  clocks: RawClock[] | null;
  pauses: { from: string; to: string | null }[] | null;
}

const FACTS = `jsonb_build_object('category', t.category_code, 'kind', t.kind, 'channel', t.channel, 'priority', t.priority,
  'confidentiality', t.confidentiality, 'needsValidation', t.needs_validation, 'associationType', a.legal_form, 'hub', h.code,
  'language', t.language, 'tags', t.tags)`;

const WHERE = `t.status in ('new', 'open', 'pending', 'on_hold', 'answered') and t.id > $1 and ($2::uuid is null or t.hub_id = $2)
  order by t.id limit $3`;

const select = (where: string): string => `
  select t.id, t.reference, t.hub_id as "hubId", t.association_id as "associationId", t.version, ${FACTS} as facts,
    (select jsonb_agg(jsonb_build_object('id', c.id, 'metric', c.metric, 'state', c.state, 'time', c.time, 'targetMinutes', c.target_minutes,
        'startedAt', c.started_at, 'dueAt', c.due_at, 'breachedAt', c.breached_at, 'policyVersionId', c.policy_version_id,
        'policyId', pv.policy_id, 'calendarVersionId', c.calendar_version_id, 'calendarId', cv.calendar_id) order by c.id)
      from sla_clock c join sla_policy_version pv on pv.id = c.policy_version_id join calendar_version cv on cv.id = c.calendar_version_id
      where c.ticket_id = t.id and c.state in ('running', 'paused')) as clocks,
    (select jsonb_agg(jsonb_build_object('from', p.from_at, 'to', p.to_at) order by p.from_at) from sla_pause p where p.ticket_id = t.id) as pauses
  from ticket t join hub h on h.id = t.hub_id left join association a on a.id = t.association_id
  where ${where}`;

interface Scope {
  hubId: string | null;
  limit: number;
}

/** Open tickets of one hub (of all, when null) behind an id, in order of their ids. */
export async function openTickets(tx: TenantTx, after: string, { hubId, limit }: Scope): Promise<OpenTicketRow[]> {
  return read(await tx.query<RawTicket>('open-tickets', select(WHERE), [after, hubId, limit]));
}

/**
 * The same, held against people at work until the transaction ends. Clocks are read behind the lock: a statement that waited for it would
 * still see them as they were before.
 */
export async function lockOpenTickets(tx: TenantTx, after: string, { hubId, limit }: Scope): Promise<OpenTicketRow[]> {
  const locked = await tx.query<{ id: string }>(
    'open-tickets:lock',
    `select t.id from ticket t where ${WHERE} for no key update`,
    [after, hubId, limit],
  );
  const ids = locked.map((row) => row.id);
  return read(await tx.query<RawTicket>('open-tickets:ids', select('t.id = any ($1::uuid[]) order by t.id'), [ids]));
}

/** One ticket, whatever its state: its clocks are those that are open. */
export async function openTicket(tx: TenantTx, id: string): Promise<OpenTicketRow | null> {
  const rows = await tx.query<RawTicket>('open-tickets:ids', select('t.id = any ($1::uuid[]) order by t.id'), [[id]]);
  return read(rows)[0] ?? null;
}

function read(rows: RawTicket[]): OpenTicketRow[] {
  return rows.map((row) => ({
    ...row,
    clocks: (row.clocks ?? []).map(readClock),
    pauses: (row.pauses ?? []).map(readPause),
  }));
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

function readClock(raw: RawClock): OpenClock {
  return {
    ...raw,
    startedAt: new Date(raw.startedAt),
    dueAt: instant(raw.dueAt),
    breachedAt: instant(raw.breachedAt),
  };
}

const readPause = ({ from, to }: { from: string; to: string | null }): Pause => ({
  from: new Date(from),
  to: instant(to),
});
