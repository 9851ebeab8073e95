import { Inject, Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { applyLiveEvent, countsOf, type LiveCount, type LiveTicket } from '@app/domain/live-figures';
import { LOG, type Log } from '@app/platform/log';
import { FiguresSignal } from './figures-signal';
import { moveCursor, nextEvents, type LogRow } from '@app/platform/log-cursor';

const BATCH = 1_000;
/** How much of a full batch is only looked at, to find a place to cut it. */
const LOOKAHEAD = 100;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const STORE = `
  with next as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(ticket_id uuid, hub_id uuid, state jsonb)),
    gone as (
      delete from live_ticket l using next n where l.ticket_id = n.ticket_id and n.hub_id is null)
  insert into live_ticket (ticket_id, hub_id, state) select ticket_id, hub_id, state from next where hub_id is not null
  on conflict (ticket_id) do update set hub_id = excluded.hub_id, state = excluded.state`;
const COUNT = `
  insert into live_counter (hub_id, metric, account_id, value)
  select * from jsonb_to_recordset($1::jsonb) as x(hub_id uuid, metric text, account_id uuid, value int)
  on conflict (hub_id, metric, account_id) do update set value = live_counter.value + excluded.value`;

/** Keeps the live figures: a fold of the log, one batch and one process at a time. */
@Injectable()
export class LiveFiguresProjector {
  constructor(
    private readonly db: TenantDb,
    private readonly signal: FiguresSignal,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Folds the next batch; returns how many events that were, 0 also when another process is at it. */
  async project(): Promise<number> {
    const { events, hubs } = await this.db.system((tx) => projectBatch(tx));
    // The figures stand already: a lost message must not undo them, and screens ask again by themselves.
    if (hubs.length > 0) {
      await this.signal
        .figuresChanged(hubs)
        .catch((error: Error) => this.log.warn({ err: error.message }, 'figures could not be announced'));
    }
    return events;
  }

  /** Folds until nothing is left. */
  async catchUp(): Promise<void> {
    while ((await this.project()) > 0);
  }
}

async function projectBatch(tx: TenantTx): Promise<{ events: number; hubs: string[] }> {
  const batch = cutBatch(await nextEvents(tx, 'live', BATCH));
  if (batch.length === 0) return { events: 0, hubs: [] };
  const before = await load(tx, batch);
  const after = foldAll(before, batch);
  const changes = differences(before, after);
  await tx.query('live-store', STORE, [JSON.stringify(rowsOf(after))]);
  if (changes.length > 0) await tx.query('live-count', COUNT, [JSON.stringify(changes)]);
  await moveCursor(tx, 'live', batch.at(-1)!);
  return { events: batch.length, hubs: [...new Set(changes.map((one) => one.hub_id))] };
}

/**
 * The log is read by transaction, but a ticket's own order is that of ids: who waits for its row may have the lower transaction number.
 * So a full batch ends where all that follows has higher ids.
 */
export function cutBatch<Row extends { id: string }>(rows: Row[]): Row[] {
  if (rows.length < BATCH) return rows;
  const leastFrom: number[] = [];
  for (let at = rows.length - 1; at >= 0; at--) {
    leastFrom[at] = Math.min(Number(rows[at].id), leastFrom[at + 1] ?? Infinity);
  }
  let end = rows.length;
  let highest = 0;
  for (let at = 0; at < BATCH - LOOKAHEAD; at++) {
    highest = Math.max(highest, Number(rows[at].id));
    if (highest < leastFrom[at + 1]) end = at + 1;
  }
  return rows.slice(0, end);
}

type States = Map<string, LiveTicket | null>;

async function load(tx: TenantTx, batch: readonly LogRow[]): Promise<States> {
  const ids = [...new Set(batch.flatMap((event) => event.ticketId ?? []))];
  const states: States = new Map(ids.map((id) => [id, null]));
  if (ids.length === 0) return states;
  const rows = await tx.query<{ ticketId: string; state: LiveTicket }>(
    'live-load',
    'select ticket_id as "ticketId", state from live_ticket where ticket_id = any ($1::uuid[])',
    [ids],
  );
  for (const row of rows) states.set(row.ticketId, row.state);
  return states;
}

function foldAll(before: States, batch: readonly LogRow[]): States {
  const after: States = new Map(before);
  const ordered = [...batch].sort((a, b) => Number(a.id) - Number(b.id));
  for (const event of ordered) {
    if (event.ticketId) after.set(event.ticketId, applyLiveEvent(after.get(event.ticketId) ?? null, event));
  }
  return after;
}

function rowsOf(states: States): { ticket_id: string; hub_id: string | null; state: LiveTicket | null }[] {
  return [...states].map(([ticketId, state]) => ({ ticket_id: ticketId, hub_id: state?.hubId ?? null, state }));
}

interface CounterRow {
  hub_id: string;
  metric: string;
  account_id: string;
  value: number;
}

function differences(before: States, after: States): CounterRow[] {
  const sums = new Map<string, CounterRow>();
  for (const [ticketId, state] of after) {
    for (const count of countsOf(before.get(ticketId) ?? null)) add(sums, count, -1);
    for (const count of countsOf(state)) add(sums, count, 1);
  }
  return [...sums.values()].filter((row) => row.value !== 0);
}

function add(sums: Map<string, CounterRow>, count: LiveCount, by: number): void {
  const row = { hub_id: count.hubId, metric: count.metric, account_id: count.accountId ?? NOBODY, value: by };
  const key = `${row.hub_id} ${row.metric} ${row.account_id}`;
  const known = sums.get(key);
  if (known) known.value += by;
  else sums.set(key, row);
}
