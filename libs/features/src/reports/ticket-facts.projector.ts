import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { compileCalendar, type BusinessCalendar } from '@app/domain/business-hours';
import type { CalendarDefinition } from '@app/domain/calendar';
import { COUNTS, DURATIONS, ReportCells } from '@app/domain/report-cells';
import { type TicketFact } from '@app/domain/ticket-fact';
import { FACT_EVENTS } from '@app/domain/ticket-fact-source';
import type { Ask } from '../audit/seal-log';
import { readFacts, STORE_FACTS, workOutFacts } from './fact-rows';
import { moveCursor, nextEvents } from '@app/platform/log-cursor';

export const FACTS_PROJECTION = 'facts';
/** Many at once share the sums they change. */
const BATCH = 10_000;
const RELEVANT: ReadonlySet<string> = new Set(FACT_EVENTS);

const NUMBERS = [...COUNTS, ...DURATIONS.map((one) => `${one}_s`)];
const HISTOGRAMS = DURATIONS.map((one) => `${one}_h`);
const PLACE = ['hub_id uuid', 'dimension text', 'grain text', 'day date', 'key text'];
const ALL = [...PLACE.map((column) => column.split(' ')[0]), ...NUMBERS, ...HISTOGRAMS];
/** In place: a function would be called for every array, and costs ten times as much. */
const addedHistogram = (name: string): string => `case
  when excluded.${name} = '{}' then report_day.${name}
  when report_day.${name} = '{}' then excluded.${name}
  else (select array_agg(coalesce(x, 0) + coalesce(y, 0) order by i)
        from unnest(report_day.${name}, excluded.${name}) with ordinality as t(x, y, i)) end`;
export const ADD_CELLS = `
  insert into report_day (${ALL.join(', ')})
  select ${ALL.join(', ')} from jsonb_to_recordset($1::jsonb) as x(${[
    ...PLACE,
    ...NUMBERS.map((name) => `${name} bigint`),
    ...HISTOGRAMS.map((name) => `${name} int[]`),
  ].join(', ')})
  on conflict (hub_id, dimension, grain, day, key) do update set
    ${[
      ...NUMBERS.map((name) => `${name} = report_day.${name} + excluded.${name}`),
      ...HISTOGRAMS.map((name) => `${name} = ${addedHistogram(name)}`),
    ].join(', ')}`;

/**
 * Keeps facts and sums of the tickets that the log speaks of. A touched ticket is worked out anew and the difference goes to the sums;
 * what changes while it is read comes with an event that the cursor has not passed yet.
 */
@Injectable()
export class TicketFactsProjector {
  private readonly calendars = new Map<string, BusinessCalendar>();

  constructor(private readonly db: TenantDb) {}

  /** Follows the next batch; returns how many events that were, 0 also when another process is at it. */
  project(): Promise<number> {
    return this.db.system((tx) => this.batch(tx));
  }

  /** Follows until nothing is left. */
  async catchUp(): Promise<void> {
    while ((await this.project()) > 0);
  }

  private async batch(tx: TenantTx): Promise<number> {
    const events = await nextEvents(tx, FACTS_PROJECTION, BATCH);
    if (events.length === 0) return 0;
    const touched = events.flatMap((event) => (event.ticketId && RELEVANT.has(event.type) ? [event.ticketId] : []));
    if (touched.length > 0) await this.renew(tx, [...new Set(touched)]);
    await moveCursor(tx, FACTS_PROJECTION, events.at(-1)!);
    return events.length;
  }

  private async renew(tx: TenantTx, ids: string[]): Promise<void> {
    const ask: Ask = (text, values) => tx.sql(text, values);
    await this.learnCalendars(ask);
    const before = await readFacts(ask, ids);
    const after = await workOutFacts(ask, ids, this.calendars);
    await tx.query('facts-store', STORE_FACTS, [JSON.stringify(after)]);
    const changes = differences(before, after);
    if (changes.length > 0) await tx.query('facts-add', ADD_CELLS, [JSON.stringify(changes)]);
  }

  /** Versions never change, so that only new ones are read. */
  private async learnCalendars(ask: Ask): Promise<void> {
    const rows = await ask<{ id: string; definition: CalendarDefinition }>(
      'select id, definition from calendar_version where id <> all ($1::uuid[])',
      [[...this.calendars.keys()]],
    );
    for (const { id, definition } of rows) this.calendars.set(id, compileCalendar(definition));
  }
}

function differences(before: readonly TicketFact[], after: readonly TicketFact[]) {
  const cells = new ReportCells();
  for (const fact of before) cells.add(fact, -1);
  for (const fact of after) cells.add(fact, 1);
  return cells.list();
}
