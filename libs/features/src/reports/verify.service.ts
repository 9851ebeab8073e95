import { Inject, Injectable } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { compileCalendar, type BusinessCalendar } from '@app/domain/business-hours';
import type { CalendarDefinition } from '@app/domain/calendar';
import { type Ask, checkSeals, LOG_START, type LogPlace } from '../audit/seal-log';
import { compare, type Finding } from './finding';
import { LiveFiguresProjector } from './live-figures.projector';
import { inSnapshot } from './snapshot';
import { FACTS_PROJECTION, TicketFactsProjector } from './ticket-facts.projector';
import { checkCalls } from './verify-calls';
import { checkFacts, checkSums } from './verify-facts';
import { checkTickets, counterKey } from './verify-tickets';

/** Enough to see what is wrong; the rest is only counted. */
const FINDINGS_KEPT = 1_000;

export interface VerifyReport {
  events: number;
  tickets: number;
  counters: number;
  clocks: number;
  seals: number;
  /** Calls whose record was worked out again from what was told of them. */
  calls: number;
  /** Tickets whose facts, and cells of report_day whose sums were worked out again. */
  facts: number;
  sums: number;
  /** All findings; `findings` keeps the first thousand. */
  differences: number;
  findings: Finding[];
}

/** Works everything out again from the log and compares: live figures, tickets, calls, clocks, and the seals of the log itself. */
@Injectable()
export class VerifyService {
  constructor(
    @Inject(getDataSourceToken()) private readonly source: DataSource,
    private readonly projector: LiveFiguresProjector,
    private readonly factsProjector: TicketFactsProjector,
  ) {}

  async verify(): Promise<Finding[]> {
    return (await this.report()).findings;
  }

  async report(): Promise<VerifyReport> {
    await this.projector.catchUp();
    await this.factsProjector.catchUp();
    return inSnapshot(this.source, verifySnapshot);
  }
}

async function verifySnapshot(ask: Ask): Promise<VerifyReport> {
  const findings: Finding[] = [];
  let differences = 0;
  const report = (found: readonly Finding[]): void => {
    differences += found.length;
    findings.push(...found.slice(0, Math.max(0, FINDINGS_KEPT - findings.length)));
  };
  const calendars = await readCalendars(ask);
  const totals = await checkTickets(ask, await cursorOf(ask, 'live'), calendars, report);
  report(await checkCounters(ask, totals.counters));
  report(await checkStrays(ask));
  const facts = await checkFacts(ask, await cursorOf(ask, FACTS_PROJECTION), calendars, report);
  const sums = await checkSums(ask, report);
  const calls = await checkCalls(ask, report);
  const chain = await checkSeals(ask);
  report(chain.broken.map(({ sealId, expected, found }) => ({ what: 'seal', id: sealId, expected, found })));
  const [{ events }] = await ask<{ events: number }>('select count(*)::int as events from event');
  const { tickets, clocks, counters } = totals;
  return {
    events,
    tickets,
    counters: counters.size,
    clocks,
    seals: chain.seals,
    calls,
    facts,
    sums,
    differences,
    findings,
  };
}

async function cursorOf(ask: Ask, projection: string): Promise<LogPlace> {
  const [cursor = LOG_START] = await ask<LogPlace>('select xid::text, id from projection where name = $1', [
    projection,
  ]);
  return cursor;
}

async function readCalendars(ask: Ask): Promise<Map<string, BusinessCalendar>> {
  const rows = await ask<{ id: string; definition: CalendarDefinition }>('select id, definition from calendar_version');
  return new Map(rows.map((row) => [row.id, compileCalendar(row.definition)]));
}

/** A counter that stands at nothing and one that is not there are the same. */
async function checkCounters(ask: Ask, expected: ReadonlyMap<string, number>): Promise<Finding[]> {
  const rows = await ask<{ hubId: string; metric: string; accountId: string | null; value: number }>(`
    select hub_id as "hubId", metric, nullif(account_id, '00000000-0000-0000-0000-000000000000') as "accountId", value
    from live_counter`);
  const stored = new Map(rows.map((row) => [counterKey(row.hubId, row.metric, row.accountId), row.value]));
  const keys = new Set([...expected.keys(), ...stored.keys()]);
  return [...keys].flatMap((key) => compare('counter', key, expected.get(key) ?? 0, stored.get(key) ?? 0));
}

/** What belongs to no ticket is found from its own side. */
async function checkStrays(ask: Ask): Promise<Finding[]> {
  const rows = await ask<{ what: string; id: string }>(`
    select 'live ticket' as what, ticket_id as id from live_ticket l where not exists (select from ticket t where t.id = l.ticket_id)
    union all select 'ticket fact', ticket_id from ticket_fact f where not exists (select from ticket t where t.id = f.ticket_id)
    order by what, id limit ${FINDINGS_KEPT}`);
  return rows.map(({ what, id }) => ({ what, id, expected: 'a ticket', found: 'nothing' }));
}
