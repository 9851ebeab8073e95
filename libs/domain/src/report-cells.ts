import { classOf } from './duration-histogram';
import type { TicketFact } from './ticket-fact';

export const REPORT_DIMENSIONS = ['all', 'region', 'channel', 'language', 'category', 'queue', 'agent'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

export const GRAINS = ['day', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** Numbers of tickets; of responses (`next_`) and of stretches in hand (`holding_`). */
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
  'answered_late',
  'next_kept',
  'next_late',
  'holding_kept',
  'holding_late',
] as const;
export type Count = (typeof COUNTS)[number];

/** Durations: each has a sum in seconds (`_s`) and a histogram (`_h`). */
export const DURATIONS = [
  'first_business',
  'first_calendar',
  'resolution_business',
  'resolution_calendar',
  'next_business',
  'next_calendar',
  'holding_business',
  'holding_calendar',
] as const;
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
  | 'hubId'
  | 'agentId'
  | 'firstBusinessS'
  | 'firstCalendarS'
  | 'firstKept'
  | 'resolutionBusinessS'
  | 'resolutionCalendarS'
  | 'resolutionKept'
  | 'reopened'
  | 'transfers'
  | 'escalations'
  | 'responses'
  | 'holdings'
>;

/**
 * A share of a fact: the ticket itself for its hub and who answered it first, each further response for who gave it, each stretch in hand
 * for the hub that had it.
 */
interface Contribution {
  hubId: string;
  agentId: string | null;
  counts: readonly Count[];
  durations: Partial<Record<Duration, number | null>>;
}

/** Which value of the facts a dimension groups by. */
function keyOf(fact: TicketFact, agentId: string | null, dimension: ReportDimension): string | null {
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
    case 'queue':
      return fact.queueId;
    case 'agent':
      return agentId;
  }
}

export function monthOf(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The cells of a set of facts, or of what changed between two: facts may be taken away as well as added. */
export class ReportCells {
  private readonly cells = new Map<string, ReportCell>();

  add(fact: TicketFact, by: 1 | -1): void {
    for (const one of contributionsOf(fact)) {
      for (const dimension of REPORT_DIMENSIONS) {
        const key = keyOf(fact, one.agentId, dimension);
        if (key === null) continue;
        for (const grain of GRAINS) {
          const day = grain === 'day' ? fact.day : monthOf(fact.day);
          addTo(this.cell(one.hubId, dimension, grain, day, key), one, by);
        }
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

/** Adds what of a fact belongs to some hubs, and to one agent where one is named; returns whether anything did. */
export function addFact(sums: CellSums, fact: SummedFact, hubIds: readonly string[], agentId: string | null): boolean {
  const own = contributionsOf(fact).filter(
    (one) => hubIds.includes(one.hubId) && (agentId === null || one.agentId === agentId),
  );
  for (const one of own) addTo(sums, one, 1);
  return own.length > 0;
}

function emptyCell(hubId: string, dimension: ReportDimension, grain: Grain, day: string, key: string): ReportCell {
  return { hub_id: hubId, dimension, grain, day, key, ...emptySums() };
}

function contributionsOf(fact: SummedFact): Contribution[] {
  const { hubId, agentId, responses, holdings } = fact;
  return [
    { hubId, agentId, counts: COUNTS.filter((count) => IS[count]?.(fact)), durations: durationsOf(fact) },
    ...responses.map((one) => ({
      hubId,
      agentId: one.agentId,
      counts: outcome(one.kept, 'next_kept', 'next_late'),
      durations: { next_business: one.businessS, next_calendar: one.calendarS },
    })),
    ...holdings.map((one) => ({
      hubId: one.hubId,
      agentId: null,
      counts: outcome(one.kept, 'holding_kept', 'holding_late'),
      durations: { holding_business: one.businessS, holding_calendar: one.calendarS },
    })),
  ];
}

const outcome = (kept: boolean | null, yes: Count, no: Count): Count[] => (kept === null ? [] : [kept ? yes : no]);

/** What of a ticket is counted. */
const IS: Partial<Record<Count, (fact: SummedFact) => boolean>> = {
  created: () => true,
  answered: (fact) => fact.firstCalendarS !== null,
  resolved: (fact) => fact.resolutionCalendarS !== null,
  first_kept: (fact) => fact.firstKept === true,
  first_late: (fact) => fact.firstKept === false,
  resolution_kept: (fact) => fact.resolutionKept === true,
  resolution_late: (fact) => fact.resolutionKept === false,
  reopened: (fact) => fact.reopened > 0,
  transferred: (fact) => fact.transfers > 0,
  escalated: (fact) => fact.escalations > 0,
  answered_late: (fact) => fact.firstKept === false && fact.firstCalendarS !== null,
};

function durationsOf(fact: SummedFact): Contribution['durations'] {
  return {
    first_business: fact.firstBusinessS,
    first_calendar: fact.firstCalendarS,
    resolution_business: fact.resolutionBusinessS,
    resolution_calendar: fact.resolutionCalendarS,
  };
}

function addTo(cell: CellSums, { counts, durations }: Contribution, by: 1 | -1): void {
  for (const count of counts) cell[count] += by;
  for (const [duration, seconds] of Object.entries(durations) as [Duration, number | null][]) {
    if (seconds === null) continue;
    cell[`${duration}_s`] += by * seconds;
    const histogram = cell[`${duration}_h`];
    const index = classOf(seconds);
    while (histogram.length <= index) histogram.push(0);
    histogram[index] += by;
  }
}
