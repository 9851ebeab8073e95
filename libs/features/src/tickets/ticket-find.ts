import type { RunOptions, TenantTx } from '@app/db/tenant-db';
import { isGuest, type TicketSubject } from '@app/domain/access';
import { parseReference } from '@app/domain/reference';
import { Refusal } from '@app/domain/refusal';
import type { Pause } from '@app/domain/sla-clock';
import { subjectOf, TICKET_COLUMNS, type TicketRow } from './ticket-row';
import type { ClockRow } from './ticket-view.dto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface FoundTicket {
  row: TicketRow;
  subject: TicketSubject;
  clocks: ClockRow[];
  /** The open one last. */
  pauses: Pause[];
  /** Of the association, where a new promise may begin: read for an act on what was answered or has ended. Guests do not read it. */
  legalForm: string | null;
  /** Role under which it was found, for what follows. */
  as: RunOptions['as'];
}

export interface TicketKey {
  column: 'id' | 'reference';
  value: string;
}

/** @throws Refusal `validation_failed` when it is neither an id nor a reference in any spelling. */
export function ticketKey(text: string): TicketKey {
  if (UUID.test(text)) return { column: 'id', value: text.toLowerCase() };
  const reference = parseReference(text);
  if (!reference) throw Refusal.field('?id', 'id_or_reference_expected', 'This is neither an id nor a reference.');
  return { column: 'reference', value: reference.reference };
}

const PAUSES = `coalesce((select jsonb_agg(jsonb_build_object('from', p.from_at, 'to', p.to_at) order by p.from_at)
      from sla_pause p where p.ticket_id = t.id), '[]')`;

const LEGAL_FORM = (guest: boolean): string =>
  guest
    ? 'null::text'
    : `case when t.status in ('answered', 'resolved', 'closed')
      then (select a.legal_form from association a where a.id = t.association_id) end`;

/** A ticket with its clocks; a guest also learns whether the loan may be written. */
const findSql = (guest: boolean, act: boolean): string => `
  select ${TICKET_COLUMNS},
    ${guest ? '(select bool_or(g.can_write) from ticket_grant g where g.ticket_id = t.id)' : 'null::boolean'} as "canWrite",
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'metric', c.metric, 'cycle', c.cycle, 'targetMinutes', c.target_minutes, 'time', c.time,
      'state', c.state, 'policyVersionId', c.policy_version_id, 'calendarVersionId', c.calendar_version_id, 'startedAt', c.started_at,
      'dueAt', c.due_at, 'metAt', c.met_at, 'warnedAt', c.warned_at, 'breachedAt', c.breached_at))
      from sla_clock c where c.ticket_id = t.id), '[]') as clocks,
    ${PAUSES} as pauses${act ? `, ${LEGAL_FORM(guest)} as "legalForm"` : ''}
  from ticket t`;

type RawTicket = TicketRow & {
  canWrite: boolean | null;
  clocks: Record<string, unknown>[];
  pauses: { from: string; to: string | null }[];
  legalForm?: string | null;
};

/** Reads a ticket with its clocks under the transaction's role, whatever `may` then says; `last`: nothing else is read. */
export async function findTicket(
  tx: TenantTx,
  key: TicketKey,
  as: RunOptions['as'],
  how: 'read' | 'lock' | 'last' = 'read',
): Promise<FoundTicket | null> {
  const guest = as === 'guest' || isGuest(tx.actor);
  const act = how === 'lock';
  const name = `ticket-find:${key.column}:${act ? 'act' : 'read'}:${guest ? 'guest' : 'own'}`;
  const text = `${findSql(guest, act)} where t.${key.column} = $1`;
  const locked = act ? lock(tx, key) : undefined;
  const found =
    how === 'last' ? tx.last<RawTicket>(name, text, [key.value]) : tx.query<RawTicket>(name, text, [key.value]);
  const [[raw]] = await Promise.all([found, locked]);
  if (!raw) return null;
  return foundTicket(raw, guest, as);
}

function foundTicket(raw: RawTicket, guest: boolean, as: RunOptions['as']): FoundTicket {
  const { clocks, canWrite, pauses, legalForm = null, ...row } = raw;
  return {
    row,
    subject: subjectOf(row, grantOf(guest, canWrite)),
    clocks: clocks.map(readClock),
    pauses: pauses.map((one) => ({ from: new Date(one.from), to: instant(one.to) })),
    legalForm,
    as: guest ? 'guest' : as,
  };
}

/** A statement that waited for a lock still sees the clocks of before: the lock is one of its own, sent ahead in the same packet. */
function lock(tx: TenantTx, key: TicketKey): Promise<unknown> {
  return tx.query(`ticket-lock:${key.column}`, `select 1 from ticket where ${key.column} = $1 for no key update`, [
    key.value,
  ]);
}

/** Many tickets, locked, for work that a rule does on all of them; in the order of their ids, so that two such works cannot deadlock. */
export async function lockTickets(tx: TenantTx, ids: readonly string[]): Promise<FoundTicket[]> {
  await tx.query('tickets-lock', 'select 1 from ticket where id = any ($1::uuid[]) order by id for no key update', [
    ids,
  ]);
  const rows = await tx.query<RawTicket>('tickets-find', `${findSql(false, true)} where t.id = any ($1::uuid[])`, [
    ids,
  ]);
  return rows.map((raw) => foundTicket(raw, false, undefined));
}

function grantOf(guest: boolean, canWrite: boolean | null): TicketSubject['grant'] {
  if (!guest) return 'none';
  return canWrite ? 'write' : 'read';
}

const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);

function readClock(raw: Record<string, unknown>): ClockRow {
  return {
    ...(raw as unknown as ClockRow),
    startedAt: instant(raw.startedAt)!,
    dueAt: instant(raw.dueAt),
    metAt: instant(raw.metAt),
    warnedAt: instant(raw.warnedAt),
    breachedAt: instant(raw.breachedAt),
  };
}
