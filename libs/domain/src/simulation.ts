import { checkHorizon } from './business-hours';
import { type CalendarDefinition, intervalsOn, minuteOfDay, seasonOn } from './calendar';
import { Refusal } from './refusal';
import { mergedPauses, type SlaClock } from './sla-clock';
import { DAY_MS, dateOfDay, dayNumber, localParts, localSpans, MINUTE_MS, offsetMinutes } from './zone';

export const STEP_KINDS = [
  'start',
  'open',
  'elapsed',
  'closed',
  'season',
  'zone',
  'paused',
  'left_out',
  'due',
  'standing',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Why a day is closed, or where its hours come from. */
export const HOURS_FROM = ['week', 'season', 'override', 'closure'] as const;
export type HoursFrom = (typeof HOURS_FROM)[number];

/** One step of an explanation: a stretch that counts or does not, with what has counted so far. */
export interface SimulationStep {
  kind: StepKind;
  from: Date;
  to: Date | null;
  /** Milliseconds that count in this step, and in all steps up to it. */
  counted: number;
  total: number;
  hoursFrom: HoursFrom | null;
  /** Of the closure, season or dated hours; and whether its date may still move. */
  nameFr: string | null;
  nameAr: string | null;
  provisional: boolean;
  /** Days of a stretch that is not shown one by one. */
  days: number;
}

/** What an explanation shows at most; the middle of a longer one is left out, and counted all the same. */
const MAX_STEPS = 200;
/** A calendar that stays closed longer than this is never open again. */
const MAX_DAYS = 5 * 366;

const NOTHING = { to: null, counted: 0, hoursFrom: null, nameFr: null, nameAr: null, provisional: false, days: 0 };

/**
 * Why a clock is due when it is: every opening used with the running total, days that are closed and why, seasons, changes of the clock,
 * pauses, and at the end the due instant, or the time left while it stands still. It counts on its own, day by day, so that it can be
 * compared with `dueAt`. Refuses what falls beyond five years.
 */
export function explainClock(clock: SlaClock): SimulationStep[] {
  const walk = new Walk(clock);
  let cursor = clock.startedAt.getTime();
  for (const pause of mergedPauses(clock)) {
    if (pause.from > cursor && walk.count(cursor, pause.from)) return walk.done();
    walk.pause(pause.from, pause.to);
    if (pause.to === Infinity) return walk.stand(pause.from);
    cursor = pause.to;
  }
  walk.count(cursor, Infinity);
  return walk.done();
}

class Walk {
  private readonly steps: SimulationStep[] = [];
  private readonly budget: number;
  private readonly definition: CalendarDefinition;
  private total = 0;
  private season: string | null = null;
  private offset: number;
  private closed: { from: number; to: number; day: DayHours; days: number } | null = null;

  constructor(private readonly clock: SlaClock) {
    this.budget = clock.minutes * MINUTE_MS;
    this.definition = clock.calendar.definition;
    this.offset = offsetMinutes(clock.startedAt, this.definition.zone);
    this.add({ ...NOTHING, kind: 'start', from: clock.startedAt });
  }

  /** Counts in [from, to); true when the budget is used up in it. */
  count(from: number, to: number): boolean {
    return this.clock.time === 'calendar' ? this.elapse(from, to) : this.open(from, to);
  }

  pause(from: number, to: number): void {
    this.flush();
    this.add({ ...NOTHING, kind: 'paused', from: new Date(from), to: to === Infinity ? null : new Date(to) });
  }

  stand(from: number): SimulationStep[] {
    this.add({ ...NOTHING, kind: 'standing', from: new Date(from), counted: this.budget - this.total });
    return this.shortened();
  }

  done(): SimulationStep[] {
    return this.shortened();
  }

  private elapse(from: number, to: number): boolean {
    const end = Math.min(to, from + this.budget - this.total);
    this.use('elapsed', from, checkHorizon(this.clock.startedAt, end).getTime());
    return this.isUsed(end);
  }

  private open(from: number, to: number): boolean {
    const { zone } = this.definition;
    let day = dayNumber(localParts(new Date(from), zone).date);
    for (const last = day + MAX_DAYS; day <= last; day++) {
      const date = dateOfDay(day);
      if (startOf(date, zone) >= to) return this.flush();
      const hours = hoursOn(this.definition, date);
      const spans = hours.intervals
        .flatMap(([opens, closes]) => localSpans(date, minuteOfDay(opens), minuteOfDay(closes), zone))
        .map(([opens, closes]): [number, number] => [Math.max(opens, from), Math.min(closes, to)])
        .filter(([opens, closes]) => opens < closes)
        .sort(([a], [b]) => a - b); // an hour that comes twice brings two intervals' instants into each other's way
      if (this.day(date, hours, spans)) return true;
    }
    throw new Refusal('validation_failed', 'The due time is more than five years ahead.');
  }

  /** One local day; true when the budget is used up on it. */
  private day(date: string, hours: DayHours, spans: readonly [number, number][]): boolean {
    if (hours.intervals.length === 0) {
      this.close(date, hours);
      return false;
    }
    if (spans.length > 0) this.turn(hours, spans[0][0]);
    for (const [opens, closes] of spans) {
      const end = Math.min(closes, opens + this.budget - this.total);
      this.use('open', opens, end, hours);
      if (this.isUsed(end)) return true;
    }
    return false;
  }

  /** Days that are closed for the same reason are one step. */
  private close(date: string, day: DayHours): void {
    const [from, to] = [
      startOf(date, this.definition.zone),
      startOf(dateOfDay(dayNumber(date) + 1), this.definition.zone),
    ];
    const last = this.closed;
    if (last && last.day.hoursFrom === day.hoursFrom && last.day.nameFr === day.nameFr && last.to === from) {
      this.closed = { ...last, to, days: last.days + 1 };
      return;
    }
    this.flush();
    this.closed = { from, to, day, days: 1 };
  }

  private flush(): false {
    if (this.closed) {
      const { from, to, day, days } = this.closed;
      const { intervals: _, ...why } = day;
      this.closed = null;
      this.add({ ...NOTHING, ...why, kind: 'closed', from: new Date(from), to: new Date(to), days });
    }
    return false;
  }

  /** Before the first opening used under other hours, or another offset. */
  private turn(hours: DayHours, at: number): void {
    this.flush();
    const { intervals: _, ...why } = hours;
    const season = hours.hoursFrom === 'season' ? hours.nameFr : null;
    if (hours.hoursFrom !== 'override' && season !== this.season) {
      if (season) this.add({ ...NOTHING, ...why, kind: 'season', from: new Date(at) });
      this.season = season;
    }
    const offset = offsetMinutes(new Date(at), this.definition.zone);
    if (offset !== this.offset) this.add({ ...NOTHING, kind: 'zone', from: new Date(at), days: offset });
    this.offset = offset;
  }

  private use(kind: 'open' | 'elapsed', from: number, to: number, hours?: DayHours): void {
    this.flush();
    const { intervals: _, ...why } = hours ?? { intervals: [], ...NOTHING };
    this.total += to - from;
    this.add({ ...NOTHING, ...why, kind, from: new Date(from), to: new Date(to), counted: to - from });
  }

  private isUsed(at: number): boolean {
    if (this.total < this.budget) return false;
    this.add({ ...NOTHING, kind: 'due', from: checkHorizon(this.clock.startedAt, at) });
    return true;
  }

  private add(step: Omit<SimulationStep, 'total'>): void {
    this.steps.push({ ...step, total: this.total });
  }

  private shortened(): SimulationStep[] {
    if (this.steps.length <= MAX_STEPS) return this.steps;
    const half = MAX_STEPS / 2;
    const [head, tail] = [this.steps.slice(0, half), this.steps.slice(1 - half)];
    const [from, to] = [head.at(-1)!.to ?? head.at(-1)!.from, tail[0].from];
    const total = this.steps[this.steps.length - half].total;
    const counted = total - head.at(-1)!.total;
    const days = Math.round((to.getTime() - from.getTime()) / DAY_MS);
    return [...head, { ...NOTHING, kind: 'left_out', from, to, counted, total, days }, ...tail];
  }
}

interface DayHours extends Pick<SimulationStep, 'hoursFrom' | 'nameFr' | 'nameAr' | 'provisional'> {
  intervals: [string, string][];
}

/** The intervals of a date and where they come from, in the order of precedence of `intervalsOn`. */
function hoursOn(definition: CalendarDefinition, date: string): DayHours {
  const intervals = intervalsOn(definition, date);
  const override = definition.overrides.find((one) => one.date === date);
  if (override) return named(intervals, 'override', override, false);
  const closure = definition.closures.find((one) => one.date === date);
  if (closure) return named(intervals, 'closure', closure, closure.status === 'provisional');
  const season = seasonOn(definition, date);
  if (season) return named(intervals, 'season', season, !season.confirmed);
  return { intervals, hoursFrom: 'week', nameFr: null, nameAr: null, provisional: false };
}

function named(
  intervals: [string, string][],
  hoursFrom: HoursFrom,
  { nameFr, nameAr }: { nameFr: string; nameAr: string },
  provisional: boolean,
): DayHours {
  return { intervals, hoursFrom, nameFr, nameAr, provisional };
}

/** The first instant of a local date; where midnight is skipped, the one after it. */
function startOf(date: string, zone: string): number {
  return localSpans(date, 0, 1440, zone)[0]?.[0] ?? dayNumber(date) * DAY_MS;
}
