import {
  COUNTS,
  DURATIONS,
  GRAINS,
  monthOf,
  REPORT_DIMENSIONS,
  ReportCells,
  type ReportCell,
} from '@app/domain/report-cells';
import { type TicketFact } from '@app/domain/ticket-fact';
import { FACT_EVENTS } from '@app/domain/ticket-fact-source';
import type { Calendars } from '@app/domain/ticket-fact-source';
import { dateOfDay, dayNumber } from '@app/domain/zone';
import type { Ask, LogPlace } from '../audit/seal-log';
import { FACT_COLUMNS, readFacts, workOutFacts } from './fact-rows';
import { compare, type Finding } from './finding';

const TICKETS_AT_ONCE = 1_000;
const NUMBERS = [...COUNTS, ...DURATIONS.map((one) => `${one}_s` as const)];
const HISTOGRAMS = DURATIONS.map((one) => `${one}_h` as const);

const UNREAD = `
  select distinct ticket_id as id from event
  where ticket_id = any ($1::uuid[]) and (xid, id) > ($2::xid8, $3::bigint) and type = any ($4)`;

/** Facts of every ticket against the log, some at a time; those about which the log says more than was read are left out. */
export async function checkFacts(
  ask: Ask,
  cursor: LogPlace,
  calendars: Calendars,
  report: (findings: Finding[]) => void,
): Promise<number> {
  let checked = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const ids = (
      await ask<{ id: string }>(`select id from ticket where id > $1 order by id limit ${TICKETS_AT_ONCE}`, [last])
    ).map((row) => row.id);
    if (ids.length === 0) return checked;
    const unread = new Set(
      (await ask<{ id: string }>(UNREAD, [ids, cursor.xid, cursor.id, FACT_EVENTS])).map((row) => row.id),
    );
    const known = ids.filter((id) => !unread.has(id));
    const stored = new Map((await readFacts(ask, known)).map((fact) => [fact.ticketId, fact]));
    for (const fact of await workOutFacts(ask, known, calendars)) {
      report(compare('ticket fact', fact.ticketId, written(fact), written(stored.get(fact.ticketId))));
    }
    checked += known.length;
    last = ids.at(-1)!;
  }
}

const written = (fact: TicketFact | undefined) => fact && { ...fact, openedAt: fact.openedAt.toISOString() };

interface HubMonth {
  hubId: string;
  month: string;
}

/** Sums against the facts, one month of one hub at a time. */
export async function checkSums(ask: Ask, report: (findings: Finding[]) => void): Promise<number> {
  const months = await ask<HubMonth>(`
    select hub_id as "hubId", date_trunc('month', day)::date::text as month from ticket_fact
    union select hub_id, date_trunc('month', day)::date::text from report_day`);
  let checked = 0;
  for (const { hubId, month } of months) {
    const until = monthOf(dateOfDay(dayNumber(month) + 31));
    const span = [hubId, month, until];
    const expected = new ReportCells();
    const facts = `select ${FACT_COLUMNS} from ticket_fact
      where (hub_id = $1 or (other_holders <> '{}' and $1 = any (other_holders))) and day >= $2 and day < $3`;
    for (const fact of await ask<TicketFact>(facts, span)) expected.add(fact, 1);
    const stored = await ask<ReportCell>(
      `select hub_id, dimension, grain, day::text, key, ${[...NUMBERS.map((name) => `${name}::float8`), ...HISTOGRAMS].join(', ')}
       from report_day where hub_id = $1 and dimension = any ($4) and grain = any ($5) and day >= $2 and day < $3`,
      [...span, REPORT_DIMENSIONS, GRAINS],
    );
    report(
      compareCells(
        expected.list().filter((cell) => cell.hub_id === hubId),
        stored,
      ),
    );
    checked += stored.length;
  }
  return checked;
}

function compareCells(expected: readonly ReportCell[], stored: readonly ReportCell[]): Finding[] {
  const [should, is] = [byPlace(expected), byPlace(stored)];
  return [...new Set([...should.keys(), ...is.keys()])].flatMap((place) =>
    compare('report', place, should.get(place) ?? 'nothing', is.get(place) ?? 'nothing'),
  );
}

/** A cell of nothing and no cell are the same, and so are histograms that differ in empty classes at their end. */
function byPlace(cells: readonly ReportCell[]): Map<string, string> {
  const found = cells.map((cell): [string, string] => {
    const numbers = NUMBERS.filter((name) => cell[name] !== 0).map((name) => `${name}=${cell[name]}`);
    const histograms = HISTOGRAMS.map((name) => [name, cell[name].join(',').replace(/(,0)+$/, '')]);
    const filled = histograms
      .filter(([, text]) => text !== '' && text !== '0')
      .map(([name, text]) => `${name}=${text}`);
    return [[cell.hub_id, cell.dimension, cell.grain, cell.day, cell.key].join(' '), [...numbers, ...filled].join(' ')];
  });
  return new Map(found.filter(([, text]) => text !== ''));
}
