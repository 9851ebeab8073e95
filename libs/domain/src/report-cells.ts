import { classOf } from './duration-histogram';
import type { TicketFact } from './ticket-fact';

export const REPORT_DIMENSIONS = ['all', 'region', 'channel', 'language', 'category', 'agent'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

export const GRAINS = ['day', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** Numbers of tickets. */
export const COUNTS = [
  'created',
  'answered',
  'resolved',
  'first_kept',
  'first_late',
  'resolution_kept',
  'resolution_late',
  'reopened',
  'transferred',
  'escalated',
] as const;
export type Count = (typeof COUNTS)[number];

/** Durations: each has a sum in seconds (`_s`) and a histogram (`_h`). */
export const DURATIONS = ['first_business', 'first_calendar', 'resolution_business', 'resolution_calendar'] as const;
export type Duration = (typeof DURATIONS)[number];

/** The sums of one hub, one day or month, and one value of one dimension. Names are those of the columns. */
export type ReportCell = {
  hub_id: string;
  dimension: ReportDimension;
  grain: Grain;
  day: string;
  key: string;
} & Record<Count, number> &
  Record<`${Duration}_s`, number> &
  Record<`${Duration}_h`, number[]>;

/** What is added up, wherever it is kept. */
export type CellSums = Record<Count, number> & Record<`${Duration}_s`, number> & Record<`${Duration}_h`, number[]>;

/** What of a fact is added up. */
export type SummedFact = Pick<
  TicketFact,
  | 'firstBusinessS'
  | 'firstCalendarS'
  | 'firstKept'
  | 'resolutionBusinessS'
  | 'resolutionCalendarS'
  | 'resolutionKept'
  | 'reopened'
  | 'transfers'
  | 'escalations'
>;

/** Which column of the facts a dimension groups by. */
export function keyOf(fact: TicketFact, dimension: ReportDimension): string | null {
  switch (dimension) {
    case 'all':
      return '';
    case 'region':
      return fact.regionCode;
    case 'channel':
      return fact.channel;
    case 'language':
      return fact.language;
    case 'category':
      return fact.categoryCode;
    case 'agent':
      return fact.agentId;
  }
}

export function monthOf(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The cells of a set of facts, or of what changed between two: facts may be taken away as well as added. */
export class ReportCells {
  private readonly cells = new Map<string, ReportCell>();

  add(fact: TicketFact, by: 1 | -1): void {
    const counts = countsOf(fact);
    const durations = durationsOf(fact);
    for (const dimension of REPORT_DIMENSIONS) {
      const key = keyOf(fact, dimension);
      if (key === null) continue;
      for (const grain of GRAINS) {
        const day = grain === 'day' ? fact.day : monthOf(fact.day);
        addTo(this.cell(fact.hubId, dimension, grain, day, key), counts, durations, by);
      }
    }
  }

  /** Cells that hold something; after a change, those that changed. */
  list(): ReportCell[] {
    return [...this.cells.values()].filter(
      (cell) =>
        COUNTS.some((count) => cell[count] !== 0) ||
        DURATIONS.some((one) => cell[`${one}_s`] !== 0 || cell[`${one}_h`].some((count) => count !== 0)),
    );
  }

  private cell(hubId: string, dimension: ReportDimension, grain: Grain, day: string, key: string): ReportCell {
    const place = `${hubId} ${dimension} ${grain} ${day} ${key}`;
    let cell = this.cells.get(place);
    if (!cell) this.cells.set(place, (cell = emptyCell(hubId, dimension, grain, day, key)));
    return cell;
  }
}

export function emptySums(): CellSums {
  const counts = Object.fromEntries(COUNTS.map((count) => [count, 0]));
  const durations = Object.fromEntries(
    DURATIONS.flatMap((one) => [[`${one}_s`, 0] as const, [`${one}_h`, []] as const]),
  );
  return { ...counts, ...durations } as CellSums;
}

/** Adds a fact to sums, or takes it away. */
export function addFact(sums: CellSums, fact: SummedFact, by: 1 | -1): void {
  addTo(sums, countsOf(fact), durationsOf(fact), by);
}

function emptyCell(hubId: string, dimension: ReportDimension, grain: Grain, day: string, key: string): ReportCell {
  return { hub_id: hubId, dimension, grain, day, key, ...emptySums() };
}

function countsOf(fact: SummedFact): Record<Count, boolean> {
  return {
    created: true,
    answered: fact.firstCalendarS !== null,
    resolved: fact.resolutionCalendarS !== null,
    first_kept: fact.firstKept === true,
    first_late: fact.firstKept === false,
    resolution_kept: fact.resolutionKept === true,
    resolution_late: fact.resolutionKept === false,
    reopened: fact.reopened > 0,
    transferred: fact.transfers > 0,
    escalated: fact.escalations > 0,
  };
}

function durationsOf(fact: SummedFact): Record<Duration, number | null> {
  return {
    first_business: fact.firstBusinessS,
    first_calendar: fact.firstCalendarS,
    resolution_business: fact.resolutionBusinessS,
    resolution_calendar: fact.resolutionCalendarS,
  };
}

function addTo(
  cell: CellSums,
  counts: Record<Count, boolean>,
  durations: Record<Duration, number | null>,
  by: 1 | -1,
): void {
  for (const count of COUNTS) if (counts[count]) cell[count] += by;
  for (const duration of DURATIONS) {
    const seconds = durations[duration];
    if (seconds === null) continue;
    cell[`${duration}_s`] += by * seconds;
    const histogram = cell[`${duration}_h`];
    const index = classOf(seconds);
    while (histogram.length <= index) histogram.push(0);
    histogram[index] += by;
  }
}
