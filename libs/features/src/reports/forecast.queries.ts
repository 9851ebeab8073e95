import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { forecast, historyWindow, tooLittleHistory, type Arrivals, type ForecastInterval } from '@app/domain/forecast';
import { Refusal } from '@app/domain/refusal';
import { localParts } from '@app/domain/zone';
import { ReferenceData } from '../directory/reference-data';
import { reportScope } from './report-scope';

export interface Forecast {
  hubId: string;
  /** What the history consists of. */
  source: 'tickets';
  from: string;
  to: string;
  intervals: ForecastInterval[];
}

const FIRST = 'select min(day)::text as day from ticket_fact where hub_id = $1';
const ARRIVALS = `
  select day::text, interval_no as interval, count(*)::int as count from ticket_fact
  where hub_id = $1 and day between $2 and $3 group by 1, 2`;

/** What to expect of a hub by half-hour of the week, from the opening of its tickets: calls are not counted yet. */
@Injectable()
export class ForecastQueries {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  /** @throws Refusal `validation_failed` with less than two weeks of history */
  async forecast(actor: Actor, hubId: string | undefined): Promise<Forecast> {
    const { hubIds } = reportScope(actor, { hubId }, this.reference);
    if (hubIds.length !== 1) throw Refusal.field('?hubId', 'required', 'Name the hub.');
    const [hub] = hubIds;
    // As system, because the programme may count tickets that it may not read.
    return this.db.system(async (tx) => {
      const [{ day }] = await tx.query<{ day: string | null }>('forecast-first', FIRST, [hub]);
      const window = historyWindow(localParts(tx.now).date, day);
      if (!window) throw tooLittleHistory();
      const { from, to } = window;
      const arrivals = await tx.query<Arrivals>('forecast-arrivals', ARRIVALS, [hub, from, to]);
      return { hubId: hub, source: 'tickets', from, to, intervals: forecast(arrivals, from, to) };
    });
  }
}
